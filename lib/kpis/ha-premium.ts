import { isHighlyAvailable } from "@/lib/domain/broker";
import { engineDisplayName } from "@/lib/domain/engine-version";
import { defineKpi, type KpiBroker, type KpiContributor } from "@/lib/kpis/define-kpi";
import { countPart, kpiScope, leftOutContributors } from "@/lib/kpis/kpi-scope";
import { currenciesOf, sumIn } from "@/lib/kpis/money-by-currency";
import { unavailableValue } from "@/lib/kpis/register-basis";

export const haPremium = defineKpi({
  id: "ha-premium",
  version: 2,
  title: "Premium for high availability",
  definition:
    "What the highly available brokers in scope (ActiveMQ active/standby, RabbitMQ cluster) cost a month above single instances of the same type: the " +
    "difference of both list prices x 730 hours, each looked up and never derived, without storage and data transfer. Brokers without a known price of " +
    "either are counted beside it as unknown, and named; so are brokers whose deployment mode is not known, and those last observed more than 3 days ago.",
  numeratorLabel: "per month above single instances",
  denominatorLabel: null,
  unit: "money-per-month",
  direction: "neutral",
  target: null,
  source: "Seed 003: what high availability costs",
  compute(snapshot) {
    const scope = kpiScope(snapshot);
    if (scope.unavailable !== null) return [unavailableValue("", scope.unavailable)];
    if (scope.brokers.every(({ advice }) => !advice))
      return [unavailableValue("", "Prices are looked up with the next sync.")];
    const available = scope.brokers.filter((broker) => standingOf(broker) === true);
    const undescribed = scope.brokers.filter((broker) => standingOf(broker) === null).length;
    if (undescribed === scope.brokers.length)
      return [{ ...unavailableValue("", "No broker's deployment mode is known here."), unknowns: undescribed }];
    const known = available.flatMap((broker) => {
      const premium = premiumOf(broker);
      return premium?.known ? [{ broker, premium }] : [];
    });
    const unpriced = available.length - known.length;
    const unknowns = unpriced + undescribed;
    if (known.length === 0 && unpriced > 0)
      return [
        { ...unavailableValue("", "No list price is known for any of the highly available brokers here."), unknowns },
      ];
    const amounts = known.map(({ premium }) => premium);
    const dates = amounts.flatMap(({ priceListOf }) => priceListOf ?? []).sort();
    return currenciesOf(snapshot, amounts).map((currency) => {
      const value = sumIn(currency, amounts);
      const engines = [...new Set(known.map(({ broker }) => broker.snapshot.attributes.engine ?? ""))].sort();
      return {
        ...unavailableValue(currency, ""),
        value,
        numerator: value,
        unknowns,
        exclusions: scope.exclusions,
        parts: engines.flatMap((engine) => {
          const mine = known.filter(({ broker }) => broker.snapshot.attributes.engine === engine);
          const sum = sumIn(
            currency,
            mine.map(({ premium }) => premium),
          );
          return [
            countPart(`${engineDisplayName(engine)}: brokers`, mine.length),
            { label: `${engineDisplayName(engine)}: premium`, value: sum.toFixed(), unit: "money-per-month" as const },
          ];
        }),
        asOf: scope.asOf,
        unavailable: null,
        caveats: [
          ...(dates[0] === undefined ? [] : [`List prices as of ${dates[0]}, not billed amounts.`]),
          ...(unpriced > 0
            ? [
                `${unpriced} highly available ${unpriced === 1 ? "broker has" : "brokers have"} no known price and ${unpriced === 1 ? "is" : "are"} not in the sum.`,
              ]
            : []),
          ...(undescribed > 0
            ? [
                `The deployment mode of ${undescribed} ${undescribed === 1 ? "broker is" : "brokers are"} not known; ${undescribed === 1 ? "it is" : "they are"} not in the sum.`,
              ]
            : []),
          ...scope.caveats,
        ],
      };
    });
  },
  contributors(snapshot) {
    const { brokers } = kpiScope(snapshot);
    const [first = ""] = currenciesOf(
      snapshot,
      brokers.flatMap((broker) => (standingOf(broker) ? (premiumOf(broker) ?? []) : [])),
    );
    const mine = brokers.map((broker): KpiContributor => {
      const subject = { kind: "broker" as const, broker };
      const standing = standingOf(broker);
      if (standing === null)
        return { series: first, group: "unknown", subject, reason: "Deployment mode not known", amount: null };
      if (!standing)
        return { series: first, group: "not-in-numerator", subject, reason: "Not highly available", amount: null };
      const premium = premiumOf(broker);
      if (premium?.known) {
        const amount = { value: premium.amount, unit: "money-per-month" as const };
        return { series: premium.currency, group: "numerator", subject, reason: null, amount };
      }
      const reason = premium?.reason ?? (broker.stale ? "Last observed more than 3 days ago" : "Not priced yet");
      return { series: first, group: "unknown", subject, reason, amount: null };
    });
    return [...mine, ...leftOutContributors(snapshot, first)];
  },
});

/** Whether a broker is highly available; null where that is not known. */
function standingOf({ snapshot: { attributes } }: KpiBroker): boolean | null {
  return isHighlyAvailable(attributes.engine, attributes.deploymentMode);
}

function premiumOf({ stale, advice }: KpiBroker) {
  return stale ? null : (advice?.haPremium ?? null);
}
