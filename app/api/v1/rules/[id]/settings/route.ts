import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { changeRule } from "@/lib/services/change-rule";

export const PUT = route("changeRule", getCtx, ({ ctx, params, body }) =>
  changeRule({ ctx, input: { ...body, id: params.id ?? "" } }),
);
