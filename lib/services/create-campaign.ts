import type { z } from "zod";
import type { campaignInput } from "@/lib/contracts/campaigns";
import type { ListQuery } from "@/lib/contracts/common";
import { appendAuditEvents } from "@/lib/db/audit-store";
import { insertCampaign, insertCampaignEvent, joinCampaign } from "@/lib/db/campaign-store";
import type { Database } from "@/lib/db/client";
import { bumpDataVersions } from "@/lib/db/data-version-store";
import { insertPlanEvents, insertPlans, insertSteps, planRow, stepRows, updatePlan } from "@/lib/db/plan-store";
import { holdEvaluation } from "@/lib/db/sync-observation-store";
import { AppError } from "@/lib/domain/errors";
import type { HumanAct } from "@/lib/findings/act";
import type { PlacedStage } from "@/lib/remediation/place-campaign";
import { actingPerson } from "@/lib/services/acting-person";
import { auditedBy } from "@/lib/services/audited-by";
import { type CampaignDraft, type DraftPlan, draftCampaign } from "@/lib/services/campaign-draft";
import type { Ctx } from "@/lib/services/ctx";
import { actOnEach } from "@/lib/services/finding-acts";
import { regenerateSteps } from "@/lib/services/regenerate-steps";

const TIMEOUT_MS = 120_000;
const MAX_TITLE = 200;

interface Placed {
  plan: DraftPlan;
  stage: PlacedStage<DraftPlan>;
  placements: PlacedStage<DraftPlan>["plans"][number]["placements"];
}

/**
 * Makes a campaign out of filtered findings: a plan for each broker that has none, and, where asked for, those that brokers have already, all linked to their
 * findings. `search` is the filter's text in an address. Errors: as draftCampaign; conflict where no plan comes of it, or another number than `expected`.
 */
export async function createCampaign({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { query: ListQuery; search: string; campaign: z.output<typeof campaignInput> };
}): Promise<{ id: number; plans: number }> {
  const { query, search, campaign } = input;
  return ctx.db.transaction(
    async (tx) => {
      await holdEvaluation(tx);
      const draft = await draftCampaign(tx, ctx, { ...campaign, query });
      const placed = draft.stages.flatMap((stage) => stage.plans.map((one): Placed => ({ ...one, stage })));
      const [first] = draft.stages;
      if (!first) {
        const [reason = "No finding matches."] = draft.refused.keys();
        throw new AppError("conflict", `No plan would come of it. ${reason}`);
      }
      if (campaign.expected !== undefined && campaign.expected !== placed.length)
        throw new AppError(
          "conflict",
          `${placed.length} plans would belong to it now, not ${campaign.expected}. Look again.`,
        );
      const { name, goal } = campaign;
      const stages = draft.stages.map(({ id, startOn }) => ({ id, startOn }));
      const by = { at: ctx.clock.now(), actor: ctx.actor.name };
      const id = await insertCampaign(
        tx,
        {
          name,
          goal,
          selection: { search, ids: campaign.ids ?? null },
          stages,
          deadline: draft.deadline,
          startedOn: first.startOn,
        },
        by,
      );
      const made = await makePlans(
        tx,
        ctx,
        { id, name },
        placed.filter(({ plan }) => plan.taken === null),
      );
      const taken = placed.filter(({ plan }) => plan.taken !== null);
      await takePlans(tx, ctx, { id, name, draft }, taken);
      await insertCampaignEvent(tx, {
        campaignId: id,
        kind: "created",
        ...by,
        personId: actingPerson(ctx.actor).id,
        note: `${plansText(made.length)} made${taken.length > 0 ? `, ${taken.length} taken in` : ""}`,
        detail: { plans: made, taken: taken.flatMap(({ plan }) => plan.taken?.id ?? []) },
      });
      await appendAuditEvents(tx, [
        {
          ...auditedBy(ctx),
          action: "campaign.create",
          permission: "campaigns:write",
          subjectType: "campaign",
          subjectKey: String(id),
          before: null,
          after: { name, goal, deadline: draft.deadline, stages, search, made: made.length, taken: taken.length },
        },
      ]);
      await bumpDataVersions(tx, "fleet");
      return { id, plans: placed.length };
    },
    { timeoutMs: TIMEOUT_MS },
  );
}

const plansText = (count: number): string => `${count} ${count === 1 ? "plan" : "plans"}`;

/** Makes plans with their steps, events and links by a handful of statements, however many there are; their ids. */
async function makePlans(
  tx: Database,
  ctx: Ctx,
  campaign: { id: number; name: string },
  placed: readonly Placed[],
): Promise<number[]> {
  const by = { at: ctx.clock.now(), actor: ctx.actor.name };
  const titleOf = ({ broker }: DraftPlan) => `${broker.name}: ${campaign.name}`.slice(0, MAX_TITLE);
  const ids = await insertPlans(
    tx,
    placed.map(({ plan, stage }) => ({
      brokerId: plan.broker.id,
      title: titleOf(plan),
      goal: {},
      notes: plan.notes,
      campaign: { id: campaign.id, stage: stage.id },
    })),
    by,
  );
  const idOf = (index: number) => ids[index] ?? 0;
  await insertSteps(
    tx,
    placed.flatMap(({ plan, placements }, index) =>
      plan.steps.map((spec, position) => ({
        planId: idOf(index),
        position,
        spec,
        plannedOn: placements.get(spec.key)?.plannedOn ?? null,
        windowAt: placements.get(spec.key)?.windowAt ?? null,
        assignee: null,
      })),
    ),
  );
  await link(
    tx,
    ctx,
    placed.map(({ plan }, index) => ({ planId: idOf(index), findings: plan.findings })),
  );
  await insertPlanEvents(
    tx,
    placed.map(({ plan }, index) => ({
      planId: idOf(index),
      stepId: null,
      kind: "created",
      ...by,
      personId: actingPerson(ctx.actor).id,
      note: `Campaign "${campaign.name}": ${plan.steps.length} ${plan.steps.length === 1 ? "step" : "steps"}`,
      detail: { findings: plan.findings.map(({ id }) => id), campaign: campaign.id },
      runId: null,
    })),
  );
  await appendAuditEvents(
    tx,
    placed.map(({ plan }, index) => ({
      ...auditedBy(ctx),
      action: "plan.create",
      permission: "campaigns:write",
      subjectType: "plan",
      subjectKey: String(idOf(index)),
      before: null,
      after: {
        broker: plan.broker.arn,
        title: titleOf(plan),
        steps: plan.steps.length,
        findings: plan.findings.map(({ id }) => id),
        campaign: campaign.id,
      },
    })),
  );
  return ids;
}

/** Takes active plans in: findings they lack are linked, the steps for those are added and dated from their stage on; all else stays as people left it. */
async function takePlans(
  tx: Database,
  ctx: Ctx,
  { id, name, draft }: { id: number; name: string; draft: CampaignDraft },
  placed: readonly Placed[],
): Promise<void> {
  const now = ctx.clock.now();
  const plans = placed.flatMap(({ plan, stage }) =>
    plan.taken ? [{ plan, stage, planId: plan.taken.id, lacking: lackingOf(plan) }] : [],
  );
  for (const { plan, stage, planId, lacking } of plans) {
    const row = await planRow(tx, planId, true);
    if (row?.state !== "active" || lacking.length === 0) continue;
    const { notes } = await regenerateSteps(tx, {
      plan: row,
      broker: plan.broker,
      steps: await stepRows(tx, planId),
      findings: [...plan.linked, ...lacking],
      unlinked: [],
      basis: draft.basis,
      from: stage.startOn,
    });
    await updatePlan(tx, { ...row, notes, updatedAt: now });
  }
  await link(
    tx,
    ctx,
    plans.map(({ planId, lacking }) => ({ planId, findings: lacking })),
  );
  await joinCampaign(
    tx,
    id,
    plans.map(({ planId, stage }) => ({ planId, stage: stage.id })),
  );
  await insertPlanEvents(
    tx,
    plans.map(({ planId, lacking }) => ({
      planId,
      stepId: null,
      kind: "campaign-joined",
      at: now,
      actor: ctx.actor.name,
      personId: actingPerson(ctx.actor).id,
      note: `Campaign "${name}"${lacking.length > 0 ? `; linked ${lacking.map((finding) => finding.id).join(", ")}` : ""}`,
      detail: { campaign: id },
      runId: null,
    })),
  );
  await appendAuditEvents(
    tx,
    plans.map(({ planId, lacking }) => ({
      ...auditedBy(ctx),
      action: "plan.campaign-joined",
      permission: "campaigns:write",
      subjectType: "plan",
      subjectKey: String(planId),
      before: null,
      after: { campaign: id, linked: lacking.map((finding) => finding.id) },
    })),
  );
}

function lackingOf({ findings, linked }: DraftPlan): DraftPlan["findings"] {
  return findings.filter(({ id }) => !linked.some((one) => one.id === id));
}

async function link(
  tx: Database,
  ctx: Ctx,
  plans: readonly { planId: number; findings: DraftPlan["findings"] }[],
): Promise<void> {
  const acts = new Map(
    plans.flatMap(({ planId, findings }) =>
      findings.map(({ id }): [number, HumanAct] => [id, { kind: "link-plan", planId }]),
    ),
  );
  if (acts.size === 0) return;
  const { refused } = await actOnEach(tx, ctx, acts);
  const [reason] = refused.keys();
  if (reason) throw new AppError("conflict", reason);
}
