import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { resetPassword } from "@/lib/services/reset-password";

export const POST = route("resetPassword", getCtx, ({ ctx, params }) =>
  resetPassword({ ctx, input: { id: params.id ?? "" } }),
);
