import { campaignInput } from "@/lib/contracts/campaigns";
import { findingListQuery } from "@/lib/contracts/findings";
import { planListQuery } from "@/lib/contracts/plans";
import { isAppError } from "@/lib/domain/errors";
import { addDays, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { queryObject } from "@/lib/http/route";
import { createCampaign } from "@/lib/services/create-campaign";
import { createPlan } from "@/lib/services/create-plan";
import type { Ctx } from "@/lib/services/ctx";
import { decidePlanStep } from "@/lib/services/decide-plan-step";
import { readFindings } from "@/lib/services/read/read-findings";
import { readPlan } from "@/lib/services/read/read-plan";
import { readPlans } from "@/lib/services/read/read-plans";
import { DAILY_DAYS } from "./history-days";

/** Plans beside the campaign's. */
const SINGLE_PLANS = 3;

/** A campaign as the demo makes one. */
export interface DemoCampaign {
  name: string;
  goal: string;
  /** The filter of findings, as their list's address has it. */
  search: string;
  days: number;
}

/** The organisation begins to plan this many days before the last one, and looks at its plans once a week. */
const PLANNING_DAYS = 70;
const WEEK = 7;

/** What the organisation's manager does about plans on a day of the history, so many days before the last one. */
export async function workOnPlans(ctx: Ctx): Promise<void> {
  await makePlans(ctx, CAMPAIGN);
  await attestDueSteps(ctx);
}

/** Whether she does on such a day: every week, as far as days have a sync. */
export function isPlanningDay(daysLeft: number): boolean {
  return daysLeft <= PLANNING_DAYS && (daysLeft > DAILY_DAYS || daysLeft % WEEK === 0);
}

const CAMPAIGN: DemoCampaign = {
  name: "Clear the way to the newest lines",
  goal: "No broker has an obstacle between it and the newest engine line.",
  search: "filter=rule=upgrade-path-open&filter=state=open",
  days: 150,
};

/** Makes a campaign, and plans for the brokers with the worst findings beside it, through the product's own services. Nothing where plans are there already. */
export async function makePlans(ctx: Ctx, campaign: DemoCampaign): Promise<void> {
  const query = planListQuery.parse({ filter: "createdAt>=2000-01-01" });
  if ((await readPlans({ ctx, input: query })).total > 0) return;
  const today = plainDateFromInstantUtc(ctx.clock.now());
  await comesOf(() =>
    createCampaign({
      ctx,
      input: {
        query: queryOf(campaign.search),
        search: campaign.search,
        campaign: campaignInput.parse({
          name: campaign.name,
          goal: campaign.goal,
          deadline: addDays(today, campaign.days),
        }),
      },
    }),
  );
  const { items } = await readFindings({
    ctx,
    input: queryOf("filter=subjectType=broker&filter=state=open&environment=production&limit=200"),
  });
  let made = 0;
  for (const brokerId of new Set(items.flatMap((finding) => finding.brokerId ?? []))) {
    if (made === SINGLE_PLANS) return;
    if (await comesOf(() => createPlan({ ctx, input: { brokerId } }))) made += 1;
  }
}

const queryOf = (search: string) => findingListQuery.parse(queryObject(new URLSearchParams(search)));

/** Whether plans came of it: for brokers that have one, or for which nothing can be planned, none do. */
async function comesOf(making: () => Promise<unknown>): Promise<boolean> {
  try {
    await making();
    return true;
  } catch (error) {
    if (isAppError(error) && error.code === "conflict") return false;
    throw error;
  }
}

/** Vouches for every step of her own active plans that is due, can be done and is not for a sync to see. */
export async function attestDueSteps(ctx: Ctx): Promise<void> {
  const today = plainDateFromInstantUtc(ctx.clock.now());
  const { items } = await readPlans({ ctx, input: planListQuery.parse({ limit: "500" }) });
  for (const { id, createdBy } of items) {
    if (createdBy !== ctx.actor.name) continue;
    let { steps } = await readPlan({ ctx, input: { id: String(id) } });
    // One after the other: each may be what the next one waits for.
    for (;;) {
      const step = steps.find(
        ({ state, doneKind, plannedOn, waitingFor }) =>
          state === "open" &&
          doneKind === "attestation" &&
          plannedOn !== null &&
          plannedOn <= today &&
          waitingFor.length === 0,
      );
      if (!step) break;
      const decision = { kind: "attest", note: "Done; see the change record." } as const;
      ({ steps } = await decidePlanStep({ ctx, input: { id: String(id), stepId: String(step.id), decision } }));
    }
  }
}
