import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Countable, countedWaste } from "@/lib/cost/recommendations/count-waste";
import { Decimal, parseDecimal } from "@/lib/domain/money";
import { RECOMMENDATION_KINDS } from "@/lib/domain/recommendation";
import { wasteFound } from "@/lib/kpis/waste-found";
import { buildFleet } from "@/lib/testing/build-fleet";

const known = (amount: string, currency = "USD") => ({ known: true as const, amount, currency, priceListOf: null });
const UNKNOWN = { known: false as const, reason: "No list price is known." };

describe("the waste item that counts", () => {
  it("is the largest saving; premiums and alternatives are not added", () => {
    const items: Countable[] = [
      { kind: "oversized", nature: "saving", monthly: known("10.5") },
      { kind: "ha-in-development", nature: "saving", monthly: known("10.51") },
      { kind: "evaluation-in-production", nature: "premium", monthly: known("99") },
    ];
    expect(countedWaste(items)?.kind).toBe("ha-in-development");
    expect(countedWaste(items.slice(2))).toBeNull();
  });

  it("is the first kind where nothing has a price, and a priced one before one without", () => {
    expect(
      countedWaste([
        { kind: "oversized", nature: "saving", monthly: UNKNOWN },
        { kind: "idle", nature: "saving", monthly: UNKNOWN },
      ])?.kind,
    ).toBe("idle");
    expect(
      countedWaste([
        { kind: "idle", nature: "saving", monthly: UNKNOWN },
        { kind: "oversized", nature: "saving", monthly: known("1") },
      ])?.kind,
    ).toBe("oversized");
  });
});

const amountText = fc
  .integer({ min: 0, max: 1_000_000_000 })
  .map((cents) => parseDecimal(String(cents)).dividedBy(100).toFixed());
const monthly = fc.oneof(
  fc.constant(UNKNOWN),
  fc
    .record({ amount: amountText, currency: fc.constantFrom("USD", "EUR") })
    .map(({ amount, currency }) => known(amount, currency)),
);
const broker = fc.uniqueArray(fc.constantFrom(...RECOMMENDATION_KINDS), { maxLength: 5 }).chain((kinds) =>
  fc.tuple(
    ...kinds.map((kind) =>
      monthly.map(
        (amount): Countable => ({
          kind,
          nature: kind === "evaluation-in-production" ? "premium" : "saving",
          monthly: amount,
        }),
      ),
    ),
  ),
);

it("counts one waste item per broker, never twice, never without a price, and never sums two currencies", () => {
  fc.assert(
    fc.property(fc.array(broker, { minLength: 1, maxLength: 12 }), (brokers) => {
      const counted = brokers.map((items) => countedWaste(items));
      for (const [index, item] of counted.entries()) {
        const savings = brokers[index]?.filter(({ nature }) => nature === "saving") ?? [];
        expect(item === null).toBe(savings.length === 0);
        if (!item?.monthly.known) {
          expect(savings.every(({ monthly: amount }) => !amount.known)).toBe(true);
          continue;
        }
        const { amount, currency } = item.monthly;
        for (const other of savings)
          if (other.monthly.known && other.monthly.currency === currency)
            expect(parseDecimal(other.monthly.amount).lessThanOrEqualTo(amount)).toBe(true);
      }
      const fleet = buildFleet(
        counted.map((item, index) => ({
          attributes: { name: `b-${index}` },
          advice: {
            waste: item?.kind
              ? {
                  kind: item.kind,
                  monthly: item.monthly,
                  basis: "list-price",
                  alternatives: (brokers[index]?.length ?? 1) - 1,
                }
              : null,
            notJudged: [],
            realised: [],
            haPremium: null,
          },
        })),
      );
      const values = wasteFound.compute(fleet);
      const contributors = wasteFound.contributors(fleet);
      expect(contributors).toHaveLength(brokers.length);
      for (const currency of ["USD", "EUR"]) {
        const mine = counted.flatMap((item) =>
          item?.monthly.known && item.monthly.currency === currency ? [item.monthly.amount] : [],
        );
        const sum = mine.reduce((total, amount) => total.plus(amount), new Decimal(0));
        const value = values.find(({ series }) => series === currency);
        expect(value?.value?.toFixed() ?? "0").toBe(sum.toFixed());
        const behind = contributors.filter(({ series, group }) => series === currency && group === "numerator");
        expect(behind.map(({ amount }) => amount?.value).sort()).toEqual([...mine].sort());
      }
      const unpriced = counted.filter((item) => item !== null && !item.monthly.known).length;
      expect(contributors.filter(({ group }) => group === "unknown")).toHaveLength(unpriced);
      for (const { unknowns, value } of values)
        expect([unknowns, value === null]).toEqual([unpriced, unpriced === brokers.length]);
    }),
    { numRuns: 60 },
  );
});
