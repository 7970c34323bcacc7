import { type DayInterval, instantAtStartUtc, intervalContains } from "@/lib/domain/plain-date";
import { formatQuarter, quarterOf } from "@/lib/domain/quarter";
import type { FleetSnapshot, KpiIncident, KpiRegister, KpiValue } from "@/lib/kpis/define-kpi";
import { registerQuarter } from "@/lib/kpis/kpi-period";

/** What a KPI over the register may rest on: the attested quarter, or the reason why there is nothing to rest on. */
export type RegisterBasis =
  | { reason: string }
  | { reason: null; quarter: DayInterval; name: string; register: KpiRegister; attestedAt: Date };

/** An empty register is not a perfect quarter: nothing is told until it is attested and no suggestion is unreviewed. */
export function registerBasis(snapshot: FleetSnapshot, quarter = registerQuarter(snapshot)): RegisterBasis {
  if (!snapshot.everSynced) return { reason: "No sync has been completed yet." };
  if (snapshot.brokers.length === 0) return { reason: "There are no brokers here." };
  const name = formatQuarter(quarterOf(quarter.start, snapshot.fiscalYearStartMonth ?? 1));
  const { register } = snapshot;
  const attested = register?.attested.find(
    ({ start, endExclusive }) => start === quarter.start && endExclusive === quarter.endExclusive,
  );
  if (!register || !attested) return { reason: `The register of incidents and drills is not attested for ${name}.` };
  const unreviewed = register.unreviewed.filter((day) => intervalContains(quarter, day)).length;
  if (unreviewed > 0) {
    return {
      reason:
        unreviewed === 1
          ? `1 suggested incident of ${name} was not reviewed yet.`
          : `${unreviewed} suggested incidents of ${name} were not reviewed yet.`,
    };
  }
  return { reason: null, quarter, name, register, attestedAt: attested.at };
}

/** The incidents that started in a quarter. */
export function incidentsOf(register: KpiRegister, quarter: DayInterval): readonly KpiIncident[] {
  const { from, until } = quarterMs(quarter);
  return register.incidents.filter(({ startedAt }) => startedAt.getTime() >= from && startedAt.getTime() < until);
}

/** A quarter in milliseconds. */
export function quarterMs({ start, endExclusive }: DayInterval): { from: number; until: number } {
  return { from: instantAtStartUtc(start).getTime(), until: instantAtStartUtc(endExclusive).getTime() };
}

/** A value that cannot be given, with the reason. */
export function unavailableValue(series: string, reason: string): KpiValue {
  return {
    series,
    value: null,
    numerator: null,
    denominator: null,
    unknowns: 0,
    exclusions: [],
    parts: [],
    asOf: null,
    unavailable: reason,
    caveats: [],
  };
}
