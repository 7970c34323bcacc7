import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readRecommendations } from "@/lib/services/read/read-recommendations";

export const GET = route("recommendations", getCtx, ({ ctx, query }) => readRecommendations({ ctx, input: query }));
