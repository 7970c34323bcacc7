import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { testChannel } from "@/lib/services/test-channel";

export const POST = route("testChannel", getCtx, ({ ctx, params, body }) =>
  testChannel({ ctx, input: { id: params.id ?? "", ...body } }),
);
