import { defineKpi, type KpiIncident } from "@/lib/kpis/define-kpi";
import { incidentContributors, incidentCount } from "@/lib/kpis/incident-count";

export const versionIncidents = defineKpi({
  id: "version-incidents",
  version: 1,
  title: "Incidents by version",
  definition:
    "Production incidents of the quarter whose cause is a version incompatibility or an upgrade forced by AWS, and the change against the quarter before. " +
    "Told only when the register of incidents is attested for the quarter and every suggested incident was reviewed: an empty register is not a " +
    "perfect quarter. An incident belongs to the quarter in which it started.",
  numeratorLabel: "production incidents caused by a version",
  denominatorLabel: "incidents in the register",
  unit: "count",
  direction: "down-is-good",
  target: 0,
  source: "Seed 000: production incidents caused by version incompatibility or forced upgrades",
  compute: (snapshot) => incidentCount(snapshot, counts),
  contributors: (snapshot) => incidentContributors(snapshot, counts),
});

function counts({ cause, brokers }: KpiIncident): boolean {
  const byVersion = cause === "version-incompatibility" || cause === "forced-upgrade";
  return byVersion && brokers.some(({ countsAsProduction }) => countsAsProduction);
}
