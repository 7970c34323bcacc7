import type { CutQuery } from "@/lib/contracts/common";
import { costDaysOfCut } from "@/lib/db/cost-queries";
import { addDays, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { cutFleet, type FleetCut } from "@/lib/kpis/cut-fleet";
import type { FleetSnapshot } from "@/lib/kpis/define-kpi";
import { SHIPPED_SUPPORT_CALENDAR } from "@/lib/reference/support-calendar";
import type { Ctx } from "@/lib/services/ctx";
import { cachedFleetFacts } from "@/lib/services/fleet-cache";
import { kpiBrokersAt } from "@/lib/services/load-fleet";

/** Days of cost that the run rate looks back for seven final ones: AWS keeps the current and the last month estimated. */
export const COST_LOOKBACK_DAYS = 75;

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
  return cutFleet(
    {
      now,
      today,
      brokers: kpiBrokersAt(facts, now, SHIPPED_SUPPORT_CALENDAR),
      episodes: facts.episodes,
      costDays,
      everSynced: facts.everSynced,
      incompleteScopes: facts.incompleteScopes,
    },
    fleetCutOf(input),
    costDays,
  );
}
