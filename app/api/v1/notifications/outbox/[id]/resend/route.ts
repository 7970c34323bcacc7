import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { resendMessage } from "@/lib/services/resend-message";

export const POST = route("resendMessage", getCtx, ({ ctx, params }) =>
  resendMessage({ ctx, input: { id: params.id ?? "" } }),
);
