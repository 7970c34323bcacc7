import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { saveDrill } from "@/lib/services/save-drill";

export const POST = route("recordDrill", getCtx, ({ ctx, body }) =>
  saveDrill({ ctx, input: { id: null, drill: body } }),
);
