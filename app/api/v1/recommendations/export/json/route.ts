import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { exportRecommendationsJson } from "@/lib/services/read/read-recommendations";

export const GET = route("recommendationsJson", getCtx, ({ ctx, query }) =>
  exportRecommendationsJson({ ctx, input: query }),
);
