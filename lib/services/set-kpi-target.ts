import type { z } from "zod";
import type { kpiTargetInput, kpiTargets } from "@/lib/contracts/kpis";
import { appendAuditEvent } from "@/lib/db/audit-store";
import { bumpDataVersions } from "@/lib/db/data-version-store";
import { saveKpiTarget, targetsOfKpi } from "@/lib/db/kpi-target-store";
import { AppError } from "@/lib/domain/errors";
import { plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { formatQuarter, parseQuarter, quarterBounds } from "@/lib/domain/quarter";
import { findKpi } from "@/lib/kpis/registry";
import type { Ctx } from "@/lib/services/ctx";
import { currentSettings } from "@/lib/services/current-settings";
import { readKpiTargets } from "@/lib/services/read/kpi-targets";

/**
 * Sets the target of a KPI from a coming quarter on. Errors: not-found; invalid-input for what is no quarter, or a KPI without a better direction;
 * conflict for a quarter that has begun: its targets are locked, so that nobody moves the goal while the game is on.
 */
export async function setKpiTarget({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof kpiTargetInput> & { id: string };
}): Promise<z.input<typeof kpiTargets>> {
  const kpi = findKpi(input.id);
  if (!kpi) throw new AppError("not-found", `There is no KPI ${input.id}.`);
  if (kpi.direction === "neutral")
    throw new AppError("invalid-input", `${kpi.title} has no better direction, and so no target.`);
  if (kpi.unit === "percent" && (input.target < 0 || input.target > 100))
    throw new AppError("invalid-input", "A target in percent lies between 0 and 100.", {
      details: { field: "target" },
    });
  const at = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    const quarter = parseQuarter(input.quarter, (await currentSettings(tx)).fiscalYearStartMonth);
    const startOn = quarterBounds(quarter).start;
    if (startOn <= plainDateFromInstantUtc(at))
      throw new AppError("conflict", `${formatQuarter(quarter)} has begun: its targets are locked.`);
    const before = (await targetsOfKpi(tx, kpi.id)).find((row) => row.startOn === startOn);
    await saveKpiTarget(tx, { kpiId: kpi.id, startOn, target: String(input.target), setAt: at, setBy: ctx.actor.name });
    await appendAuditEvent(tx, {
      at,
      actor: ctx.actor.name,
      action: "kpi-target.set",
      permission: "kpi-targets:write",
      subjectType: "kpi",
      subjectKey: kpi.id,
      before: before ? { quarter: input.quarter, target: before.target } : null,
      after: { quarter: input.quarter, target: input.target },
      requestId: ctx.requestId,
    });
    await bumpDataVersions(tx, "settings");
  });
  return readKpiTargets({ ctx, input: { id: kpi.id } });
}
