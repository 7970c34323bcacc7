import { getCtx } from "@/lib/context";
import { route } from "@/lib/http/route";
import { exportCampaignMarkdown } from "@/lib/services/read/export-campaign";

export const GET = route("campaignMarkdown", getCtx, ({ ctx, params }) =>
  exportCampaignMarkdown({ ctx, input: { id: params.id ?? "" } }),
);
