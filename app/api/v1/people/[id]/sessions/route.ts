import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { revokeSessions } from "@/lib/services/revoke-sessions";

export const DELETE = route("revokeSessions", getCtx, ({ ctx, params }) =>
  revokeSessions({ ctx, input: { id: params.id ?? "" } }),
);
