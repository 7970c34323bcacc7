import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { acknowledgeByLink } from "@/lib/services/acknowledge-by-link";
import { readAcknowledgement } from "@/lib/services/read/read-acknowledgement";

export const GET = route("acknowledgement", getCtx, ({ ctx, params }) =>
  readAcknowledgement({ ctx, input: { token: params.token ?? "" } }),
);
export const POST = route("acknowledgeByLink", getCtx, ({ ctx, params, body }) =>
  acknowledgeByLink({ ctx, input: { token: params.token ?? "", ...body } }),
);
