import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { exportCampaignCsv } from "@/lib/services/read/export-campaign";

export const GET = route("campaignCsv", getCtx, ({ ctx, params }) =>
  exportCampaignCsv({ ctx, input: { id: params.id ?? "" } }),
);
