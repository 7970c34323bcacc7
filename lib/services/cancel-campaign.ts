import type { z } from "zod";
import type { CampaignDetail, campaignCancellation } from "@/lib/contracts/campaigns";
import { appendAuditEvents } from "@/lib/db/audit-store";
import { ownersOfCampaign } from "@/lib/db/campaign-queries";
import {
  campaignRow,
  cancelCampaignRow,
  cancelPlansOfCampaign,
  insertCampaignEvent,
  openFindingsOfPlans,
} from "@/lib/db/campaign-store";
import { bumpDataVersions } from "@/lib/db/data-version-store";
import { insertPlanEvents } from "@/lib/db/plan-store";
import { holdEvaluation } from "@/lib/db/sync-observation-store";
import { AppError } from "@/lib/domain/errors";
import { actingPerson } from "@/lib/services/acting-person";
import { auditedBy } from "@/lib/services/audited-by";
import { planId } from "@/lib/services/change-plan";
import type { Ctx } from "@/lib/services/ctx";
import { actOnFindings } from "@/lib/services/finding-acts";
import { assertMayActFor } from "@/lib/services/owner-scope";
import { readCampaign } from "@/lib/services/read/read-campaign";

const TIMEOUT_MS = 120_000;

/**
 * Cancels a campaign with a reason. Its open plans go on by themselves, or, where asked for, those made for it are cancelled as well and their findings return
 * to where they were; plans that were taken in always go on. Errors: not-found; forbidden where a plan is of somebody else's broker; conflict.
 */
export async function cancelCampaign({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { id: string; cancellation: z.output<typeof campaignCancellation> };
}): Promise<CampaignDetail> {
  const { reason, plans } = input.cancellation;
  const id = planId(input.id, "campaign");
  await ctx.db.transaction(
    async (tx) => {
      await holdEvaluation(tx);
      const campaign = await campaignRow(tx, id, true);
      if (!campaign) throw new AppError("not-found", `There is no campaign ${input.id}.`);
      for (const ownerId of await ownersOfCampaign(tx, id)) assertMayActFor(ctx, "campaigns:write", ownerId);
      if (campaign.cancelledAt) throw new AppError("conflict", "The campaign is cancelled.");
      const by = { at: ctx.clock.now(), actor: ctx.actor.name };
      await cancelCampaignRow(tx, id, { ...by, reason });
      const because = `Campaign "${campaign.name}" cancelled: ${reason}`;
      const cancelled = plans === "cancel" ? await cancelPlansOfCampaign(tx, id, { at: by.at, reason: because }) : [];
      const unlinked = await openFindingsOfPlans(tx, cancelled);
      await actOnFindings(tx, ctx, { ids: unlinked, act: { kind: "unlink-plan" } });
      const personId = actingPerson(ctx.actor).id;
      await insertPlanEvents(
        tx,
        cancelled.map((one) => ({
          planId: one,
          stepId: null,
          kind: "cancelled",
          ...by,
          personId,
          note: because,
          detail: {},
          runId: null,
        })),
      );
      await insertCampaignEvent(tx, {
        campaignId: id,
        kind: "cancelled",
        ...by,
        personId,
        note: `${reason} (${cancelled.length === 1 ? "1 plan" : `${cancelled.length} plans`} cancelled with it)`,
        detail: { plans: cancelled },
      });
      await appendAuditEvents(tx, [
        ...cancelled.map((one) => ({
          ...auditedBy(ctx),
          action: "plan.cancelled",
          permission: "campaigns:write",
          subjectType: "plan",
          subjectKey: String(one),
          before: { state: "active" },
          after: { state: "cancelled", reason: because },
        })),
        {
          ...auditedBy(ctx),
          action: "campaign.cancel",
          permission: "campaigns:write",
          subjectType: "campaign",
          subjectKey: String(id),
          before: { cancelledAt: null },
          after: { reason, plans, cancelled: cancelled.length, unlinked: unlinked.length },
        },
      ]);
      await bumpDataVersions(tx, "fleet");
    },
    { timeoutMs: TIMEOUT_MS },
  );
  return readCampaign({ ctx, input: { id: input.id } });
}
