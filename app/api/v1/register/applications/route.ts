import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { saveApplication } from "@/lib/services/save-application";

export const POST = route("recordApplication", getCtx, ({ ctx, body }) =>
  saveApplication({ ctx, input: { id: null, application: body } }),
);
