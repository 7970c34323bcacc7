import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { withdrawOverride } from "@/lib/services/withdraw-override";

export const POST = route("withdrawOverride", getCtx, ({ ctx, params, body }) =>
  withdrawOverride({ ctx, input: { ...body, id: params.id ?? "" } }),
);
