import { RECOMMENDATION_KIND_DEFINITIONS } from "@/lib/cost/recommendations/registry";
import {
  PRICE_BASES,
  type PriceBasis,
  RECOMMENDATION_KINDS,
  type RecommendationKind,
} from "@/lib/domain/recommendation";
import {
  type CostAdvice,
  defineKpi,
  type FleetSnapshot,
  type KpiBroker,
  type KpiContributor,
} from "@/lib/kpis/define-kpi";
import { countPart, kpiScope, leftOutContributors } from "@/lib/kpis/kpi-scope";
import { currenciesOf, sumIn } from "@/lib/kpis/money-by-currency";
import { unavailableValue } from "@/lib/kpis/register-basis";

/** What a broker is in the figure. */
type Standing =
  | { group: "numerator"; waste: NonNullable<CostAdvice["waste"]> }
  | { group: "not-in-numerator"; reason: string }
  | { group: "unknown"; reason: string };

export const wasteFound = defineKpi({
  id: "waste-found",
  version: 2,
  title: "Waste found",
  definition:
    "Monthly cost that could be saved by what the product recommends: idle brokers, oversized instances, costlier storage than needed, high availability " +
    "outside production. One item per broker, the largest; others are alternatives and not added. What can be deleted is measured by what AWS bills for " +
    "it (run rate of final days) where that is known; everything else by the difference of list prices x 730 hours; the parts say how much is which. " +
    "Recommendations that a person set aside are not " +
    "counted. A saving whose price is not known is counted beside the figure, never as 0; so are brokers that could not be judged (no metrics, observed " +
    "more than 3 days ago) and that have no item. What evaluation sizes in production would cost more is a premium and not in it.",
  numeratorLabel: "per month",
  denominatorLabel: null,
  unit: "money-per-month",
  direction: "down-is-good",
  target: null,
  source: "Seed 003: waste that could be saved",
  compute(snapshot) {
    const scope = kpiScope(snapshot);
    if (scope.unavailable !== null) return [unavailableValue("", scope.unavailable)];
    if (scope.brokers.every(({ advice }) => !advice))
      return [unavailableValue("", "The next sync makes the first recommendations.")];
    const standings = scope.brokers.map(standingOf);
    const items = standings.flatMap((standing) => (standing.group === "numerator" ? [standing.waste] : []));
    const unknowns = standings.filter(({ group }) => group === "unknown").length;
    if (unknowns === scope.brokers.length)
      return [unavailableValue("", "None of the brokers here could be judged: no metrics, or no known price.")];
    const amounts = items.map(({ monthly }) => monthly);
    const unpriced = scope.brokers.filter(({ advice }) => advice?.waste && !advice.waste.monthly.known).length;
    return currenciesOf(snapshot, amounts).map((currency) => {
      const value = sumIn(currency, amounts);
      return {
        ...unavailableValue(currency, ""),
        value,
        numerator: value,
        unknowns,
        exclusions: scope.exclusions,
        parts: [
          ...RECOMMENDATION_KINDS.flatMap((kind) => partsOf(kind, items, currency)),
          ...PRICE_BASES.flatMap((basis) => basisPart(basis, items, currency)),
        ],
        asOf: scope.asOf,
        unavailable: null,
        caveats: [
          ...listPriceCaveat(items, currency),
          ...(unpriced > 0
            ? [
                `${unpriced} ${unpriced === 1 ? "recommendation has" : "recommendations have"} no known price and ${unpriced === 1 ? "is" : "are"} not in the sum.`,
              ]
            : []),
          ...scope.caveats,
        ],
      };
    });
  },
  contributors(snapshot) {
    const { brokers } = kpiScope(snapshot);
    const standings = brokers.map((broker) => ({ broker, standing: standingOf(broker) }));
    const [first = ""] = currenciesOf(snapshot, wasteAmounts(snapshot));
    const mine = standings.map(({ broker, standing }): KpiContributor => {
      const subject = { kind: "broker" as const, broker };
      if (standing.group !== "numerator")
        return { series: first, group: standing.group, subject, reason: standing.reason, amount: null };
      const { kind, monthly, alternatives } = standing.waste;
      const beside =
        alternatives > 0 ? `; ${alternatives} ${alternatives === 1 ? "alternative" : "alternatives"} not added` : "";
      return {
        series: monthly.known ? monthly.currency : first,
        group: "numerator",
        subject,
        reason: `${titleOf(kind)}${beside}`,
        amount: monthly.known ? { value: monthly.amount, unit: "money-per-month" } : null,
      };
    });
    return [...mine, ...leftOutContributors(snapshot, first)];
  },
});

function standingOf({ advice, stale }: KpiBroker): Standing {
  if (stale) return { group: "unknown", reason: "Last observed more than 3 days ago" };
  if (!advice) return { group: "unknown", reason: "Not judged yet" };
  const { waste, notJudged } = advice;
  if (waste) {
    if (waste.monthly.known) return { group: "numerator", waste };
    return { group: "unknown", reason: `${titleOf(waste.kind)}: ${waste.monthly.reason}` };
  }
  if (notJudged === null) return { group: "unknown", reason: "Not judged yet" };
  const [missing] = notJudged;
  if (missing) return { group: "unknown", reason: `${titleOf(missing.kind)}: ${missing.reason}` };
  return { group: "not-in-numerator", reason: "Nothing to save was found" };
}

function wasteAmounts(snapshot: FleetSnapshot) {
  return kpiScope(snapshot).brokers.flatMap(({ advice }) => (advice?.waste ? [advice.waste.monthly] : []));
}

function partsOf(kind: RecommendationKind, items: readonly NonNullable<CostAdvice["waste"]>[], currency: string) {
  const mine = items.filter((item) => item.kind === kind && item.monthly.known && item.monthly.currency === currency);
  if (mine.length === 0) return [];
  return [
    countPart(`${titleOf(kind)}: brokers`, mine.length),
    {
      label: `${titleOf(kind)}: saving`,
      value: sumIn(
        currency,
        mine.map(({ monthly }) => monthly),
      ).toFixed(),
      unit: "money-per-month" as const,
    },
  ];
}

const BASIS_TITLES: Readonly<Record<PriceBasis, string>> = {
  billed: "Measured by what AWS bills",
  "list-price": "Measured by list prices",
};

/** What of the sum is measured in one way. */
function basisPart(basis: PriceBasis, items: readonly NonNullable<CostAdvice["waste"]>[], currency: string) {
  const mine = items.filter((item) => item.basis === basis && item.monthly.known && item.monthly.currency === currency);
  if (mine.length === 0) return [];
  const amounts = mine.map(({ monthly }) => monthly);
  return [{ label: BASIS_TITLES[basis], value: sumIn(currency, amounts).toFixed(), unit: "money-per-month" as const }];
}

/** The days of the price lists in the sum. */
function listPriceCaveat(items: readonly NonNullable<CostAdvice["waste"]>[], currency: string): string[] {
  const days = items
    .flatMap(({ monthly }) => (monthly.known && monthly.currency === currency ? (monthly.priceListOf ?? []) : []))
    .sort();
  const [oldest] = days;
  const newest = days.at(-1);
  if (oldest === undefined || newest === undefined) return [];
  return [
    oldest === newest
      ? `List prices in it are of ${oldest}; they are no billed amounts.`
      : `List prices in it are of ${oldest} to ${newest}; they are no billed amounts.`,
  ];
}

function titleOf(kind: RecommendationKind): string {
  return RECOMMENDATION_KIND_DEFINITIONS.find(({ id }) => id === kind)?.title ?? kind;
}
