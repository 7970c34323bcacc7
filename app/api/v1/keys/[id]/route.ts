import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { revokeKey } from "@/lib/services/revoke-key";

export const DELETE = route("revokeKey", getCtx, ({ ctx, params }) =>
  revokeKey({ ctx, input: { id: params.id ?? "" } }),
);
