import type { CutQuery } from "@/lib/contracts/common";
import { costDaysOfCut } from "@/lib/db/cost-queries";
import { addDays, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { cutFleet, type FleetCut } from "@/lib/kpis/cut-fleet";
import type { FleetSnapshot } from "@/lib/kpis/define-kpi";
import { SHIPPED_SUPPORT_CALENDAR } from "@/lib/reference/support-calendar";
import type { Ctx } from "@/lib/services/ctx";
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

/** The picture of a cut of the fleet now: what KPIs are computed from. */
export async function fleetSnapshotOf({ ctx, input }: { ctx: Ctx; input: CutQuery }): Promise<FleetSnapshot> {
  const now = ctx.clock.now();
  const today = plainDateFromInstantUtc(now);
  const [facts, costDays] = await Promise.all([
    cachedFleetFacts({ ctx }),
    costDaysOfCut(ctx.db, input, addDays(today, -COST_LOOKBACK_DAYS), addDays(today, 1)),
  ]);
  return cutFleet(fleetSnapshotAt(facts, now, costDays), fleetCutOf(input), costDays);
}

/** The picture of the whole fleet at an instant, of facts that were read before. */
export function fleetSnapshotAt(facts: FleetFacts, now: Date, costDays: FleetSnapshot["costDays"]): FleetSnapshot {
  return {
    now,
    today: plainDateFromInstantUtc(now),
    brokers: kpiBrokersAt(facts, now, SHIPPED_SUPPORT_CALENDAR),
    episodes: facts.episodes,
    costDays,
    fiscalYearStartMonth: facts.fiscalYearStartMonth,
    register: facts.register,
    acknowledgementsKnown: facts.acknowledgementsKnown,
    everSynced: facts.everSynced,
    incompleteScopes: facts.incompleteScopes,
  };
}
