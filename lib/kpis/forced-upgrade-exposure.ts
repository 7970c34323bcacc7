import { Decimal } from "@/lib/domain/money";
import type { DayInterval, PlainDate } from "@/lib/domain/plain-date";
import { formatQuarter, quarterBounds, quarterOf, shiftQuarter } from "@/lib/domain/quarter";
import { brokersByCost } from "@/lib/kpis/brokers-by-cost";
import { defineKpi, type FleetSnapshot, type KpiBroker, type KpiValue } from "@/lib/kpis/define-kpi";
import { countPart, kpiScope } from "@/lib/kpis/kpi-scope";
import { unavailableValue } from "@/lib/kpis/register-basis";

/** Quarters shown, the running one first. */
const QUARTERS = 4;

export const forcedUpgradeExposure = defineKpi({
  id: "forced-upgrade-exposure",
  version: 1,
  title: "Spend on brokers facing a forced upgrade",
  definition:
    "Monthly spend on the brokers in scope whose engine line is past AWS's end of support or reaches it before the end of the running quarter: AWS then " +
    "upgrades them by itself. It is spend on affected brokers, not a loss estimate. Beside it the number of brokers and the spend by the quarter in which " +
    "support ends, those whose line has no published end (dated by nobody yet), and those on an unknown line. What lies beyond AWS's notice " +
    "of 90 days is not knowable.",
  numeratorLabel: "per month on affected brokers",
  denominatorLabel: null,
  unit: "money-per-month",
  direction: "down-is-good",
  target: null,
  source: "Seed 003: cost of forced upgrades",
  compute(snapshot) {
    const scope = kpiScope(snapshot);
    if (scope.unavailable !== null) return [unavailableValue("", scope.unavailable)];
    const currencies = [...new Set(scope.brokers.flatMap(({ monthlyCost }) => monthlyCost?.currency ?? []))].sort();
    if (currencies.length === 0) return [unavailableValue("", "No cost could be placed on a broker yet.")];
    const quarters = quartersOf(snapshot);
    return currencies.map((currency) => exposureIn(currency, scope.brokers, quarters, snapshot));
  },
  contributors(snapshot) {
    const inScope = new Set(kpiScope(snapshot).brokers.map(({ id }) => id));
    const [running] = quartersOf(snapshot);
    const affected = (broker: KpiBroker) => running !== undefined && endsBefore(broker, running.endExclusive);
    return brokersByCost(
      { ...snapshot, brokers: snapshot.brokers.filter(({ id }) => inScope.has(id)) },
      "numerator",
      ({ support }) => support.explanation,
    ).flatMap((contributor) => {
      if (contributor.subject.kind !== "broker") return [];
      if (affected(contributor.subject.broker)) return [contributor];
      return [{ ...contributor, group: "excluded" as const, reason: contributor.subject.broker.support.explanation }];
    });
  },
});

type NamedQuarter = DayInterval & { name: string };

function quartersOf(snapshot: FleetSnapshot): NamedQuarter[] {
  const running = quarterOf(snapshot.today, snapshot.fiscalYearStartMonth ?? 1);
  return Array.from({ length: QUARTERS }, (_, index) => {
    const quarter = shiftQuarter(running, index);
    return { ...quarterBounds(quarter), name: formatQuarter(quarter) };
  });
}

function endsBefore({ support: { endOfSupport } }: KpiBroker, day: PlainDate): boolean {
  return endOfSupport !== null && endOfSupport < day;
}

function exposureIn(
  currency: string,
  brokers: readonly KpiBroker[],
  quarters: readonly NamedQuarter[],
  snapshot: FleetSnapshot,
): KpiValue {
  const [running] = quarters;
  const affected = brokers.filter((broker) => running !== undefined && endsBefore(broker, running.endExclusive));
  const parts = [
    group(
      "Past end of support",
      brokers.filter(({ support }) => support.state === "past-end-of-support"),
      currency,
    ),
    ...quarters.map(({ name, start, endExclusive }) =>
      group(
        `Ends in ${name}`,
        brokers.filter(
          ({ support: { state, endOfSupport } }) =>
            state !== "past-end-of-support" &&
            endOfSupport !== null &&
            endOfSupport >= start &&
            endOfSupport < endExclusive,
        ),
        currency,
      ),
    ),
    group(
      "No end published",
      brokers.filter(({ support }) => support.state !== "unknown" && support.endOfSupport === null),
      currency,
    ),
    group(
      "Unknown line",
      brokers.filter(({ support }) => support.state === "unknown"),
      currency,
    ),
  ];
  const withoutCost = affected.filter(({ monthlyCost }) => !monthlyCost).length;
  const total = spend(affected, currency);
  return {
    ...unavailableValue(currency, ""),
    value: total,
    numerator: total,
    unknowns: withoutCost,
    exclusions: [],
    parts: parts.flat(),
    asOf: kpiScope(snapshot).asOf,
    unavailable: null,
    caveats: [
      "Spend on affected brokers, not a loss estimate.",
      ...(withoutCost > 0 ? ["Some affected brokers have no known cost and are not in the sum."] : []),
      ...snapshot.incompleteScopes,
    ],
  };
}

function group(label: string, brokers: readonly KpiBroker[], currency: string): KpiValue["parts"][number][] {
  if (brokers.length === 0) return [];
  return [
    countPart(`${label}: brokers`, brokers.length),
    { label: `${label}: spend`, value: spend(brokers, currency).toFixed(), unit: "money-per-month" },
  ];
}

function spend(brokers: readonly KpiBroker[], currency: string): Decimal {
  return brokers
    .reduce(
      (sum, { monthlyCost }) => (monthlyCost?.currency === currency ? sum.plus(monthlyCost.amount) : sum),
      new Decimal(0),
    )
    .toDecimalPlaces(18);
}
