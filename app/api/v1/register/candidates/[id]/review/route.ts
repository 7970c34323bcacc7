import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { reviewCandidate } from "@/lib/services/review-candidate";

export const POST = route("reviewCandidate", getCtx, ({ ctx, params, body }) =>
  reviewCandidate({ ctx, input: { id: params.id ?? "", review: body } }),
);
