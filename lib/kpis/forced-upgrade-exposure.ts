import { Decimal } from "@/lib/domain/money";
import { brokersByCost } from "@/lib/kpis/brokers-by-cost";
import { defineKpi, type FleetSnapshot, type KpiBroker, type KpiValue } from "@/lib/kpis/define-kpi";
import { countPart, type KpiScope, kpiScope } from "@/lib/kpis/kpi-scope";
import { unavailableValue } from "@/lib/kpis/register-basis";
import { type Exposure, exposureByQuarter, type NamedQuarter, quartersFrom } from "@/lib/lifecycle/exposure-by-quarter";

/** Quarters shown, the running one first. */
const QUARTERS = 4;

export const forcedUpgradeExposure = defineKpi({
  id: "forced-upgrade-exposure",
  version: 2,
  title: "Spend on brokers facing a forced upgrade",
  definition:
    "Monthly spend on the brokers in scope whose engine line is past AWS's end of support or reaches it before the end of the running quarter: AWS then " +
    "upgrades them by itself. It is spend on affected brokers, not a loss estimate. Beside it the number of brokers and the spend by the quarter in which " +
    "support ends, those whose line has no published end (dated by nobody yet), those on an unknown line, and those last observed more than 3 days ago, " +
    "which count as unknown. What lies beyond AWS's notice " +
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
    const exposure = exposureOf(scope.brokers, quartersOf(snapshot));
    return currencies.map((currency) => exposureIn(currency, exposure, scope));
  },
  contributors(snapshot) {
    const { brokers } = kpiScope(snapshot);
    const exposure = exposureOf(brokers, quartersOf(snapshot));
    const affected = new Set(affectedOf(exposure).map(({ id }) => id));
    return brokersByCost({ ...snapshot, brokers }, "numerator", ({ support }) => support.explanation).flatMap(
      (contributor) => {
        if (contributor.subject.kind !== "broker") return [];
        const { broker } = contributor.subject;
        if (broker.stale)
          return [{ ...contributor, group: "unknown" as const, reason: "Last observed more than 3 days ago" }];
        if (affected.has(broker.id)) return [contributor];
        return [{ ...contributor, group: "not-in-numerator" as const, reason: broker.support.explanation }];
      },
    );
  },
});

function quartersOf(snapshot: FleetSnapshot): NamedQuarter[] {
  return quartersFrom(snapshot.today, snapshot.fiscalYearStartMonth ?? 1, QUARTERS);
}

function exposureOf(brokers: readonly KpiBroker[], quarters: readonly NamedQuarter[]): Exposure<KpiBroker> {
  return exposureByQuarter(brokers, quarters, { support: ({ support }) => support, isStale: ({ stale }) => stale });
}

/** Those past their end of support, and those that reach it before the running quarter is over. */
function affectedOf({ pastEndOfSupport, quarters: [running] }: Exposure<KpiBroker>): readonly KpiBroker[] {
  return [...pastEndOfSupport, ...(running?.items ?? [])];
}

function exposureIn(currency: string, exposure: Exposure<KpiBroker>, scope: KpiScope): KpiValue {
  const affected = affectedOf(exposure);
  const withoutCost = affected.filter(({ monthlyCost }) => !monthlyCost).length;
  const known = affected.length === 0 || withoutCost < affected.length;
  const total = known ? spend(affected, currency) : null;
  return {
    ...unavailableValue(currency, ""),
    value: total,
    numerator: total,
    unknowns: withoutCost + exposure.stale.length,
    exclusions: [],
    parts: [
      ...group("Past end of support", exposure.pastEndOfSupport, currency),
      ...exposure.quarters.flatMap(({ name, items }) => group(`Ends in ${name}`, items, currency)),
      ...group("Ends later", exposure.later, currency),
      ...group("No end published", exposure.noEndPublished, currency),
      ...group("Unknown line", exposure.unknown, currency),
      ...group("Last observed more than 3 days ago", exposure.stale, currency),
    ],
    asOf: scope.asOf,
    unavailable: known ? null : "No cost could be placed on the affected brokers yet.",
    caveats: [
      "Spend on affected brokers, not a loss estimate.",
      ...(known && withoutCost > 0 ? ["Some affected brokers have no known cost and are not in the sum."] : []),
      ...scope.caveats,
    ],
  };
}

/** How many, and what is known of their spend: brokers without a known cost are counted, never shown as costing nothing. */
function group(label: string, brokers: readonly KpiBroker[], currency: string): KpiValue["parts"][number][] {
  if (brokers.length === 0) return [];
  const withoutCost = brokers.filter(({ monthlyCost }) => !monthlyCost).length;
  const parts: KpiValue["parts"][number][] = [countPart(`${label}: brokers`, brokers.length)];
  if (withoutCost < brokers.length)
    parts.push({ label: `${label}: spend`, value: spend(brokers, currency).toFixed(), unit: "money-per-month" });
  if (withoutCost > 0) parts.push(countPart(`${label}: brokers without a known cost`, withoutCost));
  return parts;
}

function spend(brokers: readonly KpiBroker[], currency: string): Decimal {
  return brokers
    .reduce(
      (sum, { monthlyCost }) => (monthlyCost?.currency === currency ? sum.plus(monthlyCost.amount) : sum),
      new Decimal(0),
    )
    .toDecimalPlaces(18);
}
