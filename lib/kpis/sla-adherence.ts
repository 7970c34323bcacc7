import { Decimal } from "@/lib/domain/money";
import { defineKpi, type FleetSnapshot, type KpiApplication, type KpiIncident } from "@/lib/kpis/define-kpi";
import { countPart, percent } from "@/lib/kpis/kpi-scope";
import { quarterMs, registerBasis, unavailableValue } from "@/lib/kpis/register-basis";

export const slaAdherence = defineKpi({
  id: "sla-adherence",
  version: 1,
  title: "Availability of applications",
  definition:
    "Per application that depends on brokers: 1 less the union of its unplanned downtime, clipped to the quarter, by the length of the quarter; against " +
    "the application's own target. Planned downtime is shown apart and not counted. Downtime is what the register's incidents say; told only when the " +
    "register is attested for the quarter and every suggested incident was reviewed.",
  numeratorLabel: "minutes available",
  denominatorLabel: "minutes of the quarter",
  unit: "percent",
  direction: "up-is-good",
  target: null,
  source: "Seed 002: adherence to the service levels of dependent applications",
  compute(snapshot) {
    const basis = registerBasis(snapshot);
    if (basis.reason !== null) return [unavailableValue("", basis.reason)];
    const { applications, incidents } = basis.register;
    if (applications.length === 0)
      return [unavailableValue("", "No application that depends on these brokers is registered.")];
    const window = quarterMs(basis.quarter);
    const minutes = (window.until - window.from) / 60_000;
    return [...applications]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((application) => {
        const mine = incidents.filter((incident) => touches(incident, application, window));
        const unplanned = downtimeMinutes(
          mine.filter(({ planned }) => !planned),
          window,
        );
        const planned = downtimeMinutes(
          mine.filter((incident) => incident.planned),
          window,
        );
        const up = minutes - unplanned;
        return {
          series: application.name,
          value: percent(up, minutes),
          numerator: new Decimal(up).toDecimalPlaces(6),
          denominator: new Decimal(minutes),
          unknowns: 0,
          exclusions: [],
          parts: [
            ...(application.slaTarget === null
              ? []
              : [{ label: "Target", value: String(application.slaTarget), unit: "percent" as const }]),
            { label: "Unplanned downtime", value: String(unplanned), unit: "minutes" as const },
            { label: "Planned downtime", value: String(planned), unit: "minutes" as const },
            countPart("Incidents", mine.length),
          ],
          asOf: basis.attestedAt,
          unavailable: null,
          caveats: [
            `Of ${basis.name}, the last quarter attested.`,
            ...(application.slaTarget === null ? ["No target was agreed for this application."] : []),
          ],
        };
      });
  },
  contributors(snapshot: FleetSnapshot) {
    const basis = registerBasis(snapshot);
    if (basis.reason !== null) return [];
    const window = quarterMs(basis.quarter);
    return basis.register.applications.flatMap((application) =>
      basis.register.incidents
        .filter((incident) => touches(incident, application, window))
        .map((incident) => ({
          series: application.name,
          group: incident.planned ? ("excluded" as const) : ("not-in-numerator" as const),
          subject: { kind: "incident" as const, incident },
          reason: incident.planned ? "Planned" : "Unplanned downtime",
          amount: { value: String(downtimeMinutes([incident], window)), unit: "minutes" as const },
        })),
    );
  },
});

interface Window {
  from: number;
  until: number;
}

function touches({ applicationIds, startedAt, endedAt }: KpiIncident, { id }: KpiApplication, window: Window): boolean {
  const end = endedAt?.getTime() ?? Number.POSITIVE_INFINITY;
  return applicationIds.includes(id) && startedAt.getTime() < window.until && end > window.from;
}

/** Minutes covered by at least one of the incidents, clipped to the window. Two outages at a time are one. */
function downtimeMinutes(incidents: readonly KpiIncident[], { from, until }: Window): number {
  const spans = incidents
    .map(({ startedAt, endedAt }) => [
      Math.max(from, startedAt.getTime()),
      Math.min(until, endedAt?.getTime() ?? until),
    ])
    .sort(([a = 0], [b = 0]) => a - b);
  let total = 0;
  let covered = from;
  for (const [start = 0, end = 0] of spans) {
    if (end <= covered) continue;
    total += end - Math.max(start, covered);
    covered = end;
  }
  return total / 60_000;
}
