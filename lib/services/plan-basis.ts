import type { Database } from "@/lib/db/client";
import type { PlanBrokerRow, PlanFindingRow } from "@/lib/db/plan-store";
import { applicationRows } from "@/lib/db/register-store";
import { newestRevisionsSeen } from "@/lib/db/rule-fact-queries";
import { type PlainDate, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import type { PlanGoal } from "@/lib/domain/plan";
import { windowProblem } from "@/lib/remediation/maintenance-window";
import { type Placement, placeSteps } from "@/lib/remediation/place-steps";
import { type GeneratedPlan, planOf } from "@/lib/remediation/plan-of";
import type { Planning } from "@/lib/remediation/step-base";
import { currentCalendar } from "@/lib/services/current-calendar";
import { currentPrices } from "@/lib/services/current-prices";

/** What plans of any broker rest on, loaded once for many. */
export interface PlanBasis {
  today: PlainDate;
  planningOf(broker: PlanBrokerRow, findings: readonly PlanFindingRow[], goal: PlanGoal): Planning;
}

/** Loads the calendar, prices, applications and revisions that plans rest on. */
export async function loadPlanBasis(db: Database, now: Date): Promise<PlanBasis> {
  const today = plainDateFromInstantUtc(now);
  const [calendar, prices, applications, revisions] = await Promise.all([
    currentCalendar(db),
    currentPrices(db, today),
    applicationRows(db),
    newestRevisionsSeen(db),
  ]);
  const newest = new Map(revisions.map((row) => [`${row.accountId}|${row.region}|${row.id}`, row.revision]));
  return {
    today,
    planningOf: (broker, findings, goal) => {
      const { arn, brokerId, region, accountId, attributes } = broker;
      const current = attributes.configuration?.current;
      const revision = current ? newest.get(`${accountId}|${region}|${current.id}`) : undefined;
      return {
        broker: {
          arn,
          brokerId,
          region,
          attributes,
          facts: revision === undefined ? {} : { latestRevision: { revision, basis: "seen" } },
        },
        findings,
        context: {
          today,
          calendar,
          prices,
          applications: applications.flatMap(({ name, brokerIds }) => (brokerIds.includes(broker.id) ? [name] : [])),
          production: broker.countsAsProduction,
          goal,
        },
      };
    },
  };
}

/** States in which a finding can be worked on under a plan. */
const WORKED_ON: ReadonlySet<string> = new Set(["open", "acknowledged", "in-progress"]);

/** Whether a plan can take a finding on: not closed, not decided, nothing asked about it. */
export function canBePlanned({ state }: Pick<PlanFindingRow, "state">): boolean {
  return WORKED_ON.has(state);
}

/** Generates the steps of a broker's plan, without dates. */
export function generateSteps(planning: Planning): GeneratedPlan {
  const plan = planOf(planning.broker, planning.findings, planning.context);
  const problem = windowProblem(planning.broker.attributes.maintenanceWindow);
  const notes = problem === null ? plan.notes : [...plan.notes, `${problem} Steps have days, but no windows.`];
  return { ...plan, notes };
}

/** Generates the plan of a broker and places its steps from a day on. */
export function generatePlan(
  planning: Planning,
  from: PlainDate,
): GeneratedPlan & { placements: ReadonlyMap<string, Placement> } {
  const plan = generateSteps(planning);
  return { ...plan, placements: placeSteps(plan.steps, planning.broker.attributes.maintenanceWindow, from) };
}
