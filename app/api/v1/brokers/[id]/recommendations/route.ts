import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { readBrokerRecommendations } from "@/lib/services/read/read-recommendations";

export const GET = route("brokerRecommendations", getCtx, ({ ctx, params }) =>
  readBrokerRecommendations({ ctx, input: { id: params.id ?? "" } }),
);
