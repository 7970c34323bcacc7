import type { ContributorGroup, FleetSnapshot, KpiBroker, KpiContributor } from "@/lib/kpis/define-kpi";

/**
 * The brokers of a snapshot by what they cost a month, per currency: those with costs in `group`, those without as unknown. Their sum is the run rate
 * less what was spent on brokers that are gone since or could not be placed on one.
 */
export function brokersByCost(
  snapshot: FleetSnapshot,
  group: ContributorGroup,
  reasonOf: (broker: KpiBroker) => string | null = () => null,
): KpiContributor[] {
  const currencies = new Set(snapshot.brokers.flatMap(({ monthlyCost }) => monthlyCost?.currency ?? []));
  const [onlyCurrency = ""] = currencies;
  return snapshot.brokers.flatMap((broker): KpiContributor[] => {
    const subject = { kind: "broker" as const, broker };
    if (broker.monthlyCost) {
      const { amount, currency } = broker.monthlyCost;
      const shown = { value: amount.toFixed(), unit: "money-per-month" as const };
      return [{ series: currency, group, subject, reason: reasonOf(broker), amount: shown }];
    }
    if (broker.snapshot.goneAt !== null) return [];
    const reason = "No cost could be placed on it yet";
    return [{ series: onlyCurrency, group: "unknown", subject, reason, amount: null }];
  });
}
