import { haPremiumOf } from "@/lib/cost/ha-premium";
import { REALISED_COUNTS_DAYS } from "@/lib/cost/recommendations/realised-saving";
import { countedWasteRows, doneSavings, recommendationOutcomes } from "@/lib/db/cost-advice-queries";
import type { FleetRow } from "@/lib/db/fleet-queries";
import { parseDecimal } from "@/lib/domain/money";
import { addDays, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { isRecommendationKind, PRICE_BASES, type PricedAmount, storedAmountOf } from "@/lib/domain/recommendation";
import { readOutcomes } from "@/lib/domain/recommendation-outcome";
import type { CostAdvice } from "@/lib/kpis/define-kpi";
import { groupBy } from "@/lib/kpis/group-by";
import type { Ctx } from "@/lib/services/ctx";
import { currentPrices } from "@/lib/services/current-prices";

/** What recommendations know of each broker as KPIs need it; undefined for every broker until recommendations were made for the first time. */
export async function loadCostAdvice({ ctx }: { ctx: Ctx }): Promise<(broker: FleetRow) => CostAdvice | undefined> {
  const today = plainDateFromInstantUtc(ctx.clock.now());
  const [waste, done, outcomes, prices] = await Promise.all([
    countedWasteRows(ctx.db),
    doneSavings(ctx.db, addDays(today, -REALISED_COUNTS_DAYS)),
    recommendationOutcomes(ctx.db),
    currentPrices(ctx.db, today),
  ]);
  if (outcomes.length === 0) return () => undefined;
  const wasteOf = new Map(waste.map((row) => [row.brokerId, row]));
  const doneOf = groupBy(done, ({ brokerId }) => brokerId);
  const notJudgedOf = new Map(
    outcomes.map(({ brokerId, outcomes: stored }) => [
      brokerId,
      readOutcomes(stored).flatMap(({ kind, outcome, reason }) =>
        outcome === "unknown" && kind !== "evaluation-in-production" ? [{ kind, reason }] : [],
      ),
    ]),
  );
  const premiums = new Map<string, PricedAmount | null>();
  const premiumOf = ({ region, engine, deploymentMode, instanceType }: FleetRow): PricedAmount | null => {
    const key = [region, engine, deploymentMode, instanceType].join("|");
    const known = premiums.get(key);
    if (known !== undefined) return known;
    const premium = haPremiumOf(prices, { region, engine, deploymentMode, instanceType });
    premiums.set(key, premium);
    return premium;
  };
  return (broker) => {
    const counted = wasteOf.get(broker.id);
    return {
      waste:
        counted && isRecommendationKind(counted.kind)
          ? {
              kind: counted.kind,
              monthly: storedAmountOf(counted),
              basis: PRICE_BASES.find((basis) => basis === counted.basis) ?? "list-price",
              alternatives: counted.alternatives,
            }
          : null,
      notJudged: broker.goneAt === null ? (notJudgedOf.get(broker.id) ?? null) : [],
      realised: (doneOf.get(broker.id) ?? []).flatMap(({ kind, endedOn, realised, currency, explanation }) =>
        isRecommendationKind(kind)
          ? [
              {
                kind,
                endedOn,
                monthly: realised !== null && currency !== null ? { amount: parseDecimal(realised), currency } : null,
                explanation: explanation ?? "Not computed yet.",
              },
            ]
          : [],
      ),
      haPremium: premiumOf(broker),
    };
  };
}
