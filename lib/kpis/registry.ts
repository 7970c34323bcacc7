import { acknowledgement } from "@/lib/kpis/acknowledgement";
import { autoMinorUpgrade } from "@/lib/kpis/auto-minor-upgrade";
import { costChange } from "@/lib/kpis/cost-change";
import { costRunRate } from "@/lib/kpis/cost-run-rate";
import type { Kpi } from "@/lib/kpis/define-kpi";
import { downtimeIncidents } from "@/lib/kpis/downtime-incidents";
import { drillCoverage } from "@/lib/kpis/drill-coverage";
import { failoverRecoveryTime } from "@/lib/kpis/failover-recovery-time";
import { forcedUpgradeExposure } from "@/lib/kpis/forced-upgrade-exposure";
import { haCoverage } from "@/lib/kpis/ha-coverage";
import { haPremium } from "@/lib/kpis/ha-premium";
import { meshCoverage } from "@/lib/kpis/mesh-coverage";
import { mttrBySeverity } from "@/lib/kpis/mttr-by-severity";
import { mttrCriticalCve } from "@/lib/kpis/mttr-critical-cve";
import { nonCompliantBrokers } from "@/lib/kpis/non-compliant-brokers";
import { ownerCoverage } from "@/lib/kpis/owner-coverage";
import { savingsRealised } from "@/lib/kpis/savings-realised";
import { slaAdherence } from "@/lib/kpis/sla-adherence";
import { slaCompliance } from "@/lib/kpis/sla-compliance";
import { supportedVersions } from "@/lib/kpis/supported-versions";
import { versionIncidents } from "@/lib/kpis/version-incidents";
import { wasteFound } from "@/lib/kpis/waste-found";

/** Every KPI, in the order in which pages show them. A new KPI is a file, a test and a line here. */
export const KPIS: readonly Kpi[] = [
  supportedVersions,
  haCoverage,
  meshCoverage,
  autoMinorUpgrade,
  ownerCoverage,
  slaCompliance,
  mttrBySeverity,
  costRunRate,
  mttrCriticalCve,
  acknowledgement,
  nonCompliantBrokers,
  versionIncidents,
  downtimeIncidents,
  failoverRecoveryTime,
  drillCoverage,
  slaAdherence,
  costChange,
  forcedUpgradeExposure,
  wasteFound,
  savingsRealised,
  haPremium,
];

/** The KPIs of the overview; the others have their own pages. */
export const HEADLINE_KPIS: readonly Kpi[] = KPIS.slice(0, 8);

const byId = new Map(KPIS.map((kpi) => [kpi.id, kpi]));

/** The KPI of an id; undefined for one that was retired or never was. */
export function findKpi(id: string): Kpi | undefined {
  return byId.get(id);
}
