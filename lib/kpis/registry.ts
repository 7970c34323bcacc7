import { autoMinorUpgrade } from "@/lib/kpis/auto-minor-upgrade";
import { costRunRate } from "@/lib/kpis/cost-run-rate";
import type { Kpi } from "@/lib/kpis/define-kpi";
import { haCoverage } from "@/lib/kpis/ha-coverage";
import { mttrBySeverity } from "@/lib/kpis/mttr-by-severity";
import { ownerCoverage } from "@/lib/kpis/owner-coverage";
import { supportedVersions } from "@/lib/kpis/supported-versions";

/** Every KPI, in the order in which pages show them. A new KPI is a file, a test and a line here. */
export const KPIS: readonly Kpi[] = [
  supportedVersions,
  haCoverage,
  autoMinorUpgrade,
  ownerCoverage,
  mttrBySeverity,
  costRunRate,
];

const byId = new Map(KPIS.map((kpi) => [kpi.id, kpi]));

/** The KPI of an id; undefined for one that was retired or never was. */
export function findKpi(id: string): Kpi | undefined {
  return byId.get(id);
}
