import { monthlyListCost, type PricedShape } from "@/lib/cost/monthly-list-cost";
import { REALISED_COUNTS_DAYS, REALISED_DAYS, realisedSaving } from "@/lib/cost/recommendations/realised-saving";
import type { Database } from "@/lib/db/client";
import { storeRealisedSavings, unsettledSavings } from "@/lib/db/realised-saving-queries";
import { decimalToText, parseDecimal } from "@/lib/domain/money";
import { addDays, type PlainDate, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import type { PriceList } from "@/lib/reference/prices";
import { currentPrices } from "@/lib/services/current-prices";

/**
 * Settles what was saved by recommendations that were done, once there are 30 billed final days on both sides: net of the confirmed replacement and at
 * constant prices. A settled figure never changes; of others the reason is stored. Answers how many rows changed.
 */
export async function settleRealisedSavings(db: Database, at: Date): Promise<number> {
  const today = plainDateFromInstantUtc(at);
  const episodes = await unsettledSavings(db, addDays(today, -REALISED_COUNTS_DAYS), REALISED_DAYS);
  if (episodes.length === 0) return 0;
  const lists = new Map<PlainDate, PriceList>();
  const pricesOn = async (day: PlainDate): Promise<PriceList> => {
    const known = lists.get(day) ?? (await currentPrices(db, day));
    lists.set(day, known);
    return known;
  };
  const rows = [];
  for (const { id, before, after, lastSeenOn, endedOn, ...facts } of episodes) {
    const shape = {
      region: facts.region,
      engine: facts.engine,
      deploymentMode: facts.deploymentMode,
      instanceType: facts.instanceType,
    };
    const enough = facts.daysAfter >= REALISED_DAYS;
    const { monthly, explanation } = realisedSaving({
      ...facts,
      before: parseDecimal(before),
      after: parseDecimal(after),
      priceChanged:
        enough &&
        differs(
          shape,
          await pricesOn(addDays(lastSeenOn, -REALISED_DAYS)),
          await pricesOn(addDays(endedOn, REALISED_DAYS)),
        ),
    });
    rows.push({
      id,
      amount: monthly && decimalToText(monthly.amount),
      currency: monthly?.currency ?? null,
      explanation,
    });
  }
  return storeRealisedSavings(db, rows);
}

/** Whether both lists know the price of a shape, and differ. */
function differs(shape: PricedShape, before: PriceList, after: PriceList): boolean {
  const [a, b] = [monthlyListCost(before, shape), monthlyListCost(after, shape)];
  return a.known && b.known && (a.amount !== b.amount || a.currency !== b.currency);
}
