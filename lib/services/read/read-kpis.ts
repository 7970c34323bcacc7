import type { CutQuery } from "@/lib/contracts/common";
import type { KpiList, KpiView } from "@/lib/contracts/kpis";
import { AppError } from "@/lib/domain/errors";
import { findKpi, KPIS } from "@/lib/kpis/registry";
import type { Ctx } from "@/lib/services/ctx";
import { fleetSnapshotOf } from "@/lib/services/kpis-of-cut";
import { readFreshness } from "@/lib/services/read/freshness";
import { currentTargets } from "@/lib/services/read/kpi-targets";
import { kpiViewOf } from "@/lib/services/read/kpi-view";
import { remembered } from "@/lib/services/read/remembered";

/** All KPIs now, of the whole fleet or a cut. */
export function readKpis(call: { ctx: Ctx; input: CutQuery }): Promise<KpiList> {
  return remembered(call, "kpis", () => computeKpis(call));
}

async function computeKpis({ ctx, input }: { ctx: Ctx; input: CutQuery }): Promise<KpiList> {
  const [snapshot, freshness, targetOf] = await Promise.all([
    fleetSnapshotOf({ ctx, input }),
    readFreshness({ ctx }),
    currentTargets(ctx),
  ]);
  const items = KPIS.map((kpi) => kpiViewOf(kpi, snapshot, targetOf(kpi)));
  return { items, total: items.length, asOf: snapshot.now.toISOString(), freshness };
}

/** One KPI now. Errors: not-found. */
export function readKpi(call: { ctx: Ctx; input: CutQuery & { id: string } }): Promise<KpiView> {
  return remembered(call, "kpi", () => computeKpi(call));
}

async function computeKpi({ ctx, input }: { ctx: Ctx; input: CutQuery & { id: string } }): Promise<KpiView> {
  const kpi = findKpi(input.id);
  if (!kpi) throw new AppError("not-found", `There is no KPI ${input.id}.`);
  const [snapshot, targetOf] = await Promise.all([fleetSnapshotOf({ ctx, input }), currentTargets(ctx)]);
  return kpiViewOf(kpi, snapshot, targetOf(kpi));
}

/** Asserts that there is such a KPI. Errors: not-found. */
export function requireKpi(id: string): void {
  if (!findKpi(id)) throw new AppError("not-found", `There is no KPI ${id}.`);
}
