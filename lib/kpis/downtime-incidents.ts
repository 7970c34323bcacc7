import { defineKpi, type KpiIncident } from "@/lib/kpis/define-kpi";
import { incidentContributors, incidentCount } from "@/lib/kpis/incident-count";

export const downtimeIncidents = defineKpi({
  id: "downtime-incidents",
  version: 1,
  title: "Incidents by broker failure",
  definition:
    "Unplanned incidents of the quarter with the cause broker failure, and the change against the quarter before. Told only when the register of " +
    "incidents is attested for the quarter and every suggested incident was reviewed: an empty register is not a perfect quarter. An incident belongs " +
    "to the quarter in which it started.",
  numeratorLabel: "incidents caused by a broker failure",
  denominatorLabel: "incidents in the register",
  unit: "count",
  direction: "down-is-good",
  target: 0,
  source: "Seed 001: downtime incidents caused by broker failure",
  compute: (snapshot) => incidentCount(snapshot, counts),
  contributors: (snapshot) => incidentContributors(snapshot, counts),
});

function counts({ cause, planned }: KpiIncident): boolean {
  return cause === "broker-failure" && !planned;
}
