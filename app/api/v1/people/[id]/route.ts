import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { changePerson } from "@/lib/services/change-person";

export const PATCH = route("changePerson", getCtx, ({ ctx, body, params }) =>
  changePerson({ ctx, input: { ...body, id: params.id ?? "" } }),
);
