import type { Decimal, Money } from "@/lib/domain/money";

/** Final days on either side of the change that a realised saving needs. */
export const REALISED_DAYS = 30;
/** Days for which a realised saving counts: 12 months. */
export const REALISED_COUNTS_DAYS = 365;

/** Billed costs of the broker and its replacement on final days on both sides of a change; one currency. */
export interface RealisedFacts {
  /** Final days that were read, before the last observation without the change, and after the first one with it; at most `REALISED_DAYS`. */
  readonly daysBefore: number;
  readonly daysAfter: number;
  /** Days before on which the broker existed. */
  readonly existedBefore: number;
  readonly before: Decimal;
  /** Of the broker that remains and of its confirmed replacement together. */
  readonly after: Decimal;
  readonly currencies: readonly string[];
  /** A present broker of the same name, account and region that nobody confirmed as the replacement. */
  readonly unconfirmedReplacement: boolean;
  /** The list price of the shape that remains differs between both sides. */
  readonly priceChanged: boolean;
}

/** 30 final days before minus after, as a month (x 365/12 / 30); or why there is no figure yet. Negative where it costs more now. */
export function realisedSaving(
  facts: RealisedFacts,
): { monthly: Money; explanation: string } | { monthly: null; explanation: string } {
  const { daysBefore, daysAfter, existedBefore, before, after, currencies } = facts;
  if (facts.unconfirmedReplacement)
    return noFigure("A broker of the same name exists: confirm it as the replacement, so that its cost is taken off.");
  if (daysAfter < REALISED_DAYS)
    return noFigure(`${daysAfter} of the ${REALISED_DAYS} final days after the change are known yet.`);
  if (daysBefore < REALISED_DAYS || existedBefore < REALISED_DAYS)
    return noFigure(
      `Only ${Math.min(daysBefore, existedBefore)} of the ${REALISED_DAYS} final days before the change are known.`,
    );
  if (currencies.length > 1) return noFigure(`Costs in ${currencies.join(" and ")} are not compared.`);
  const [currency] = currencies;
  if (currency === undefined) return noFigure("No cost was placed on the broker before or after the change.");
  if (facts.priceChanged)
    return noFigure("The list price changed between both sides: billed amounts are not at constant prices.");
  const monthly = before
    .minus(after)
    .times(365)
    .dividedBy(12 * REALISED_DAYS)
    .toDecimalPlaces(18);
  return {
    monthly: { amount: monthly, currency },
    explanation: `${REALISED_DAYS} final days before the change ${before.toFixed(2)} ${currency}, ${REALISED_DAYS} after it ${after.toFixed(2)} ${currency}, as a month of 365/12 days.`,
  };
}

function noFigure(explanation: string): { monthly: null; explanation: string } {
  return { monthly: null, explanation };
}
