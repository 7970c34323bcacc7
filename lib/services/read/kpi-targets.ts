import type { z } from "zod";
import type { kpiTargets } from "@/lib/contracts/kpis";
import { targetsInForce, targetsOfKpi } from "@/lib/db/kpi-target-store";
import { AppError } from "@/lib/domain/errors";
import { parseDecimal } from "@/lib/domain/money";
import { parsePlainDate, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { formatQuarter, nextQuarter, quarterBounds, quarterOf, shiftQuarter } from "@/lib/domain/quarter";
import type { Kpi } from "@/lib/kpis/define-kpi";
import { findKpi } from "@/lib/kpis/registry";
import type { Ctx } from "@/lib/services/ctx";
import { currentSettings } from "@/lib/services/current-settings";

/** Quarters ahead for which a target can be set. */
const QUARTERS_AHEAD = 4;

/** The target of each KPI today: what a manager set for this quarter or an earlier one, else the KPI's own. */
export async function currentTargets(ctx: Ctx): Promise<(kpi: Kpi) => number | null> {
  const rows = await targetsInForce(ctx.db, plainDateFromInstantUtc(ctx.clock.now()));
  const set = new Map(rows.map(({ kpiId, target }) => [kpiId, parseDecimal(target).toNumber()]));
  return (kpi) => set.get(kpi.id) ?? kpi.target;
}

/** A KPI's targets by quarter: those set, the one in force, and the quarters that can still be set. Errors: not-found. */
export async function readKpiTargets({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { id: string };
}): Promise<z.input<typeof kpiTargets>> {
  const kpi = findKpi(input.id);
  if (!kpi) throw new AppError("not-found", `There is no KPI ${input.id}.`);
  const [rows, settings] = await Promise.all([targetsOfKpi(ctx.db, kpi.id), currentSettings(ctx.db)]);
  const today = plainDateFromInstantUtc(ctx.clock.now());
  const running = quarterOf(today, settings.fiscalYearStartMonth);
  const inForce = rows.find(({ startOn }) => startOn <= today);
  return {
    id: kpi.id,
    unit: kpi.unit,
    ownTarget: kpi.target,
    runningQuarter: formatQuarter(running),
    inForce: inForce ? parseDecimal(inForce.target).toNumber() : kpi.target,
    settable:
      kpi.direction === "neutral"
        ? []
        : Array.from({ length: QUARTERS_AHEAD }, (_, index) =>
            formatQuarter(shiftQuarter(nextQuarter(running), index)),
          ),
    items: rows.map((row) => {
      const start = parsePlainDate(row.startOn);
      const quarter = quarterOf(start, settings.fiscalYearStartMonth);
      return {
        // After a change of the fiscal year an old target may begin within a quarter.
        quarter: quarterBounds(quarter).start === start ? formatQuarter(quarter) : `from ${start}`,
        startOn: start,
        target: parseDecimal(row.target).toNumber(),
        setAt: row.setAt.toISOString(),
        setBy: row.setBy,
        locked: start <= today,
      };
    }),
  };
}
