import type { CutDimension } from "@/lib/kpis/cut-fleet";
import { KPIS } from "@/lib/kpis/registry";
import { kpiSnapshotRows } from "@/lib/services/snapshot-kpis";
import { buildLargeFleet } from "@/lib/testing/build-fleet";
import { quantile, rounded, type Section } from "@/scripts/bench/figure";

const LIMIT_SECONDS = 5;
const RUNS = 5;

/** The KPI snapshot of a large fleet with all cuts, without database time. */
export async function kpisSection(brokers: number): Promise<Section> {
  const fleet = buildLargeFleet(brokers);
  const costs = new Map<CutDimension, ReadonlyMap<string, NonNullable<typeof fleet.costDays>>>();
  let rows = 0;
  const seconds: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    // A new object each time: what KPIs remember of a snapshot must not help the next run.
    rows = kpiSnapshotRows({ ...fleet }, costs).length;
    seconds.push((performance.now() - start) / 1000);
  }
  return {
    section: "kpis",
    setup: `${KPIS.length} KPIs over ${brokers} brokers, ${fleet.episodes.length} episodes; whole and by account, region, engine, environment and owner: ${rows} values`,
    figures: [
      {
        name: "KPI snapshot with all cuts (median of 5, without database time)",
        value: rounded(quantile(seconds, 0.5)),
        unit: "s",
        limit: LIMIT_SECONDS,
        comparison: `all runs: ${seconds.map((s) => rounded(s)).join(", ")} s`,
      },
    ],
  };
}
