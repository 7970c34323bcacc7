import type { CampaignDetail, CampaignItem, CampaignList } from "@/lib/contracts/campaigns";
import { overdueSteps, ownersOfCampaign, type StageSum, stageSums, stepCosts } from "@/lib/db/campaign-queries";
import { type CampaignRow, campaignEvents, campaignRow, campaignRows } from "@/lib/db/campaign-store";
import { parseStepCost } from "@/lib/db/plan-spec";
import { AppError } from "@/lib/domain/errors";
import { laterOf, type PlainDate, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import type { StepCost } from "@/lib/domain/plan";
import { forecastOf, STAGE_TITLES, stageStandings } from "@/lib/remediation/campaign";
import { campaignCost } from "@/lib/remediation/campaign-cost";
import { planId } from "@/lib/services/change-plan";
import type { Ctx } from "@/lib/services/ctx";
import { mayActFor, NOT_YOURS } from "@/lib/services/owner-scope";
import { readFreshness } from "@/lib/services/read/freshness";
import { remembered } from "@/lib/services/read/remembered";

const OVERDUE = 50;

/** All campaigns, those that go on first. */
export function readCampaigns(call: { ctx: Ctx; input?: object }): Promise<CampaignList> {
  return remembered({ ctx: call.ctx, input: {} }, "campaigns", () => computeCampaigns(call.ctx));
}

async function computeCampaigns(ctx: Ctx): Promise<CampaignList> {
  const now = ctx.clock.now();
  const [rows, sums, freshness] = await Promise.all([
    campaignRows(ctx.db),
    stageSums(ctx.db, now, null),
    readFreshness({ ctx }),
  ]);
  const today = plainDateFromInstantUtc(now);
  return {
    items: rows.map((row) =>
      itemOf(
        row,
        sums.filter(({ campaignId }) => campaignId === row.id),
        today,
      ),
    ),
    asOf: now.toISOString(),
    freshness,
  };
}

/** Asserts that a campaign exists. Errors: not-found. */
export async function requireCampaign({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<void> {
  await campaignOf(ctx, input.id);
}

async function campaignOf(ctx: Ctx, id: string): Promise<CampaignRow> {
  const campaign = await campaignRow(ctx.db, planId(id, "campaign"));
  if (!campaign) throw new AppError("not-found", `There is no campaign ${id}.`);
  return campaign;
}

/** One campaign with everything its page shows but its plans, which are a list of their own. Errors: not-found. */
export async function readCampaign({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<CampaignDetail> {
  const now = ctx.clock.now();
  const today = plainDateFromInstantUtc(now);
  const campaign = await campaignOf(ctx, input.id);
  const { id } = campaign;
  const [sums, costs, overdue, owners, events, freshness] = await Promise.all([
    stageSums(ctx.db, now, id),
    stepCosts(ctx.db, id),
    overdueSteps(ctx.db, id, now, OVERDUE),
    ownersOfCampaign(ctx.db, id),
    campaignEvents(ctx.db, id),
    readFreshness({ ctx }),
  ]);
  const item = itemOf(campaign, sums, today);
  return {
    campaign: item,
    selection: { search: campaign.selection.search, chosen: campaign.selection.ids?.length ?? null },
    stages: stagesOf(campaign, sums, today),
    cost: campaignCost(costsByPlan(costs)),
    overdue: {
      total: item.overdueSteps,
      items: overdue.map(({ brokerId, brokerName, ...step }) => ({
        ...step,
        broker: { id: brokerId, name: brokerName },
      })),
    },
    cancelledAt: campaign.cancelledAt?.toISOString() ?? null,
    cancelledBy: campaign.cancelledBy,
    cancelReason: campaign.cancelReason,
    events: events.map(({ at, ...event }) => ({ ...event, at: at.toISOString() })),
    refusal: refusalOf(ctx, owners),
    asOf: now.toISOString(),
    freshness,
  };
}

function itemOf(row: CampaignRow, sums: readonly StageSum[], today: PlainDate): CampaignItem {
  const sum = (of: (one: StageSum) => number) => sums.reduce((total, one) => total + of(one), 0);
  const plans = sum((one) => one.plans);
  const completed = sum(({ completed: done }) => done);
  const overdue = sum((one) => one.overdueSteps);
  const plannedEnd = sums
    .flatMap(({ endsOn }) => endsOn ?? [])
    .reduce<PlainDate | null>((last, day) => (last === null ? day : laterOf(last, day)), null);
  const { startedOn, deadline } = row;
  const forecast = forecastOf({ startedOn, deadline, plans, completed, plannedEnd, overdueSteps: overdue }, today);
  return {
    id: row.id,
    name: row.name,
    goal: row.goal,
    deadline,
    startedOn,
    state: row.cancelledAt ? "cancelled" : forecast.verdict === "done" ? "done" : "running",
    plans,
    completed,
    cancelledPlans: sum(({ cancelled }) => cancelled),
    brokers: sum(({ brokers }) => brokers),
    overdueSteps: overdue,
    forecast,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
  };
}

function stagesOf(campaign: CampaignRow, sums: readonly StageSum[], today: PlainDate): CampaignDetail["stages"] {
  const none = { brokers: 0, plans: 0, completed: 0, cancelled: 0, gone: 0, overdueSteps: 0, endsOn: null };
  const stages = campaign.stages.map(({ id, startOn }) => ({
    ...none,
    ...sums.find(({ stage }) => stage === id),
    id,
    startOn,
  }));
  const standings = stageStandings(stages, today);
  return stages.map(({ id, startOn, endsOn, brokers, plans, cancelled, overdueSteps: overdue }, index) => ({
    id,
    title: STAGE_TITLES[id],
    startOn,
    endsOn,
    brokers,
    plans,
    completed: standings[index]?.completed ?? 0,
    open: standings[index]?.open ?? 0,
    blocked: standings[index]?.blocked ?? 0,
    reason: standings[index]?.reason ?? null,
    cancelled,
    overdueSteps: overdue,
  }));
}

function costsByPlan(rows: readonly { planId: number; cost: unknown }[]): { cost: StepCost | null }[][] {
  const plans = new Map<number, { cost: StepCost | null }[]>();
  for (const { planId: id, cost } of rows) {
    const steps = plans.get(id) ?? [];
    steps.push({ cost: parseStepCost(cost) });
    plans.set(id, steps);
  }
  return [...plans.values()];
}

function refusalOf({ actor }: Ctx, owners: readonly (number | null)[]): string | null {
  const has = actor.permissions === "all" || actor.permissions.has("campaigns:write");
  if (!has) return "This needs the permission campaigns:write.";
  return owners.every((ownerId) => mayActFor(actor, "campaigns:write", ownerId)) ? null : NOT_YOURS;
}
