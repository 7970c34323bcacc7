import type { PlanItem } from "@/lib/contracts/plans";
import type { PlanListRow } from "@/lib/db/plan-queries";
import { CAMPAIGN_STAGE_IDS } from "@/lib/domain/campaign";
import { PLAN_STATES } from "@/lib/domain/plan";
import { ownerRefOf } from "@/lib/services/read/owner-ref";

/** A row of the list of plans as the API shows it. */
export function planItemOf(row: PlanListRow): PlanItem {
  return {
    id: row.id,
    title: row.title,
    state: PLAN_STATES.find((state) => state === row.state) ?? "cancelled",
    broker: { id: row.brokerId, name: row.brokerName },
    accountId: row.accountId,
    region: row.region,
    engine: row.engine,
    engineVersion: row.engineVersion,
    environment: row.environment,
    owner: ownerRefOf(row),
    doneSteps: row.doneSteps,
    steps: row.steps,
    overdueSteps: row.state === "active" ? row.overdueSteps : 0,
    openFindings: row.openFindings,
    endsOn: row.endsOn,
    assignees: row.assignees,
    campaign:
      row.campaignId === null
        ? null
        : {
            id: row.campaignId,
            name: row.campaignName ?? "",
            stage: CAMPAIGN_STAGE_IDS.find((id) => id === row.campaignStage) ?? "production",
          },
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
    updatedAt: row.updatedAt.toISOString(),
  };
}
