import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { exportRecommendations } from "@/lib/services/read/read-recommendations";

export const GET = route("recommendationsCsv", getCtx, ({ ctx, query }) =>
  exportRecommendations({ ctx, input: query }),
);
