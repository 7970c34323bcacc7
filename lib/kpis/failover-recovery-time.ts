import { Decimal } from "@/lib/domain/money";
import { defineKpi, type FleetSnapshot, type KpiContributor, type KpiValue } from "@/lib/kpis/define-kpi";
import { meanOf, medianOf, nearestRank, sumOf } from "@/lib/kpis/distribution";
import { countPart } from "@/lib/kpis/kpi-scope";
import { incidentsOf, quarterMs, registerBasis, unavailableValue } from "@/lib/kpis/register-basis";

const SERIES = ["drill", "broker-failure"] as const;
type Series = (typeof SERIES)[number];
const NOTHING: Readonly<Record<Series, string>> = {
  drill: "No fail-over drill was run",
  "broker-failure": "No failure of a highly available broker was registered",
};

export const failoverRecoveryTime = defineKpi({
  id: "failover-recovery-time",
  version: 1,
  title: "Fail-over recovery time",
  definition:
    "Mean of recovered less started, in minutes, with median, 90th percentile (nearest rank) and number: fail-over drills of the quarter, and apart from " +
    "them real failures of highly available brokers. Drills that were planned and not run, and failures that last on, are left out and counted. Told " +
    "only when the register is attested for the quarter and every suggested incident was reviewed.",
  numeratorLabel: "minutes to recover in all",
  denominatorLabel: "fail-overs",
  unit: "minutes",
  direction: "down-is-good",
  target: null,
  source: "Seeds 001 and 002: recovery time of a fail-over",
  compute: (snapshot) => {
    const basis = registerBasis(snapshot);
    if (basis.reason !== null) return SERIES.map((series) => unavailableValue(series, basis.reason));
    const failovers = failoversOf(snapshot);
    return SERIES.map((series): KpiValue => {
      const mine = failovers.filter((failover) => failover.series === series);
      const minutes = Float64Array.from(mine.flatMap((failover) => failover.minutes ?? [])).sort();
      const open = mine.length - minutes.length;
      const base = unavailableValue(series, `${NOTHING[series]} in ${basis.name}.`);
      const exclusions = open > 0 ? [{ reason: NOT_OVER[series], count: open }] : [];
      if (minutes.length === 0) return { ...base, exclusions };
      return {
        ...base,
        value: decimal(meanOf(minutes)),
        numerator: decimal(sumOf(minutes)),
        denominator: new Decimal(minutes.length),
        exclusions,
        parts: [
          { label: "Median", value: decimal(medianOf(minutes)).toFixed(), unit: "minutes" },
          { label: "90th percentile", value: decimal(nearestRank(minutes, 0.9)).toFixed(), unit: "minutes" },
          countPart("n", minutes.length),
        ],
        asOf: basis.attestedAt,
        unavailable: null,
        caveats: [`Of ${basis.name}, the last quarter attested.`],
      };
    });
  },
  contributors: (snapshot) =>
    failoversOf(snapshot).map(({ series, subject, minutes }) => ({
      series,
      group: minutes === null ? "excluded" : "numerator",
      subject,
      reason: minutes === null ? NOT_OVER[series] : null,
      amount: minutes === null ? null : { value: decimal(minutes).toFixed(), unit: "minutes" },
    })),
});

const NOT_OVER: Readonly<Record<Series, string>> = {
  drill: "Planned and not run, or not recovered",
  "broker-failure": "Not ended yet",
};

interface Failover {
  series: Series;
  subject: KpiContributor["subject"];
  /** Null while it is not over. */
  minutes: number | null;
}

function failoversOf(snapshot: FleetSnapshot): Failover[] {
  const basis = registerBasis(snapshot);
  if (basis.reason !== null) return [];
  const { from, until } = quarterMs(basis.quarter);
  const { start, endExclusive } = basis.quarter;
  const drills = basis.register.drills.filter(({ startedAt, plannedOn }) =>
    startedAt === null
      ? plannedOn >= start && plannedOn < endExclusive
      : startedAt.getTime() >= from && startedAt.getTime() < until,
  );
  const failures = incidentsOf(basis.register, basis.quarter).filter(
    ({ cause, planned, brokers }) =>
      cause === "broker-failure" && !planned && brokers.some(({ highlyAvailable }) => highlyAvailable === true),
  );
  return [
    ...drills.map(
      (drill): Failover => ({
        series: "drill",
        subject: { kind: "drill", drill },
        minutes: minutesBetween(drill.startedAt, drill.recoveredAt),
      }),
    ),
    ...failures.map(
      (incident): Failover => ({
        series: "broker-failure",
        subject: { kind: "incident", incident },
        minutes: minutesBetween(incident.startedAt, incident.endedAt),
      }),
    ),
  ];
}

function minutesBetween(start: Date | null, end: Date | null): number | null {
  return start === null || end === null ? null : (end.getTime() - start.getTime()) / 60_000;
}

function decimal(value: number): Decimal {
  return new Decimal(value).toDecimalPlaces(6);
}
