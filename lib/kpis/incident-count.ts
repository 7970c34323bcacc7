import { Decimal } from "@/lib/domain/money";
import { previousQuarter, quarterBounds, quarterOf } from "@/lib/domain/quarter";
import type { FleetSnapshot, KpiContributor, KpiIncident, KpiValue } from "@/lib/kpis/define-kpi";
import { countPart } from "@/lib/kpis/kpi-scope";
import { incidentsOf, registerBasis, unavailableValue } from "@/lib/kpis/register-basis";

/** The number of incidents of the attested quarter that count, and the change against the quarter before where that one is attested too. */
export function incidentCount(snapshot: FleetSnapshot, counts: (incident: KpiIncident) => boolean): KpiValue[] {
  const basis = registerBasis(snapshot);
  if (basis.reason !== null) return [unavailableValue("", basis.reason)];
  const { quarter, name, register } = basis;
  const all = incidentsOf(register, quarter);
  const counted = all.filter(counts);
  const firstMonth = snapshot.fiscalYearStartMonth ?? 1;
  const before = registerBasis(snapshot, quarterBounds(previousQuarter(quarterOf(quarter.start, firstMonth))));
  const earlier = before.reason === null ? incidentsOf(before.register, before.quarter).filter(counts).length : null;
  const ongoing = counted.filter(({ endedAt }) => endedAt === null).length;
  return [
    {
      series: "",
      value: new Decimal(counted.length),
      numerator: new Decimal(counted.length),
      denominator: new Decimal(all.length),
      unknowns: 0,
      exclusions: [],
      parts: [
        ...(earlier === null
          ? []
          : [countPart("The quarter before", earlier), countPart("Change", counted.length - earlier)]),
        ...(ongoing > 0 ? [countPart("Not ended yet", ongoing)] : []),
      ],
      asOf: basis.attestedAt,
      unavailable: null,
      caveats: [
        `Of ${name}, the last quarter attested.`,
        ...(before.reason === null ? [] : [`No change is told: ${lowerFirst(before.reason)}`]),
      ],
    },
  ];
}

/** The incidents of the quarter, those that count and the others. */
export function incidentContributors(
  snapshot: FleetSnapshot,
  counts: (incident: KpiIncident) => boolean,
): KpiContributor[] {
  const basis = registerBasis(snapshot);
  if (basis.reason !== null) return [];
  return incidentsOf(basis.register, basis.quarter).map((incident) => ({
    series: "",
    group: counts(incident) ? "numerator" : "not-in-numerator",
    subject: { kind: "incident", incident },
    reason: null,
    amount: null,
  }));
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
