import type { CutQuery } from "@/lib/contracts/common";
import { costDaysOfCut } from "@/lib/db/cost-queries";
import { addDays, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { cutFleet, type FleetCut } from "@/lib/kpis/cut-fleet";
import type { FleetSnapshot } from "@/lib/kpis/define-kpi";
import type { AdvisoryBook } from "@/lib/reference/advisories";
import type { SupportCalendar } from "@/lib/reference/support-calendar";
import type { Ctx } from "@/lib/services/ctx";
import { currentAdvisories } from "@/lib/services/current-advisories";
import { currentCalendar } from "@/lib/services/current-calendar";
import { cachedFleetFacts } from "@/lib/services/fleet-cache";
import { type FleetFacts, kpiBrokersAt } from "@/lib/services/load-fleet";

/** Days of cost that KPIs look back: two whole months before the running one. The run rate needs less (AWS keeps two months estimated). */
export const COST_LOOKBACK_DAYS = 93;

/** The cut of a request as KPIs name it. */
export function fleetCutOf(cut: CutQuery): FleetCut {
  return {
    accountId: cut.account,
    region: cut.region,
    engine: cut.engine?.map((e) => e.toUpperCase()),
    environment: cut.environment,
    ownerKey: cut.owner,
  };
}

/** The reference data in force that figures rest on. */
export interface CurrentReference {
  calendar: SupportCalendar;
  advisories: AdvisoryBook;
}

/** Reads which reference data is in force. */
export async function currentReference({ ctx }: { ctx: Pick<Ctx, "db"> }): Promise<CurrentReference> {
  const [calendar, advisories] = await Promise.all([currentCalendar(ctx.db), currentAdvisories(ctx.db)]);
  return { calendar, advisories };
}

/** The picture of a cut of the fleet now: what KPIs are computed from. */
export async function fleetSnapshotOf({ ctx, input }: { ctx: Ctx; input: CutQuery }): Promise<FleetSnapshot> {
  const now = ctx.clock.now();
  const today = plainDateFromInstantUtc(now);
  const [facts, costDays, reference] = await Promise.all([
    cachedFleetFacts({ ctx }),
    costDaysOfCut(ctx.db, input, addDays(today, -COST_LOOKBACK_DAYS), addDays(today, 1)),
    currentReference({ ctx }),
  ]);
  return cutFleet(fleetSnapshotAt(facts, now, costDays, reference), fleetCutOf(input), costDays);
}

/** The picture of the whole fleet at an instant, of facts that were read before. */
export function fleetSnapshotAt(
  facts: FleetFacts,
  now: Date,
  costDays: FleetSnapshot["costDays"],
  { calendar, advisories }: CurrentReference,
): FleetSnapshot {
  return {
    now,
    today: plainDateFromInstantUtc(now),
    brokers: kpiBrokersAt(facts, now, calendar),
    advisories,
    episodes: facts.episodes,
    costDays,
    fiscalYearStartMonth: facts.fiscalYearStartMonth,
    register: facts.register,
    acknowledgementsKnown: facts.acknowledgementsKnown,
    everSynced: facts.everSynced,
    incompleteScopes: facts.incompleteScopes,
  };
}
