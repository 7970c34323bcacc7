import { expect, it } from "vitest";
import { type RealisedFacts, realisedSaving } from "@/lib/cost/recommendations/realised-saving";
import { parseDecimal } from "@/lib/domain/money";

const FACTS: RealisedFacts = {
  daysBefore: 30,
  daysAfter: 30,
  existedBefore: 30,
  before: parseDecimal("600"),
  after: parseDecimal("240"),
  currencies: ["USD"],
  unconfirmedReplacement: false,
  priceChanged: false,
};

it("is 30 final days before minus after, as a month; negative where it costs more now", () => {
  // 360 / 30 x 365 / 12
  expect(realisedSaving(FACTS).monthly).toMatchObject({ currency: "USD" });
  expect(realisedSaving(FACTS).monthly?.amount.toFixed()).toBe("365");
  expect(realisedSaving({ ...FACTS, after: parseDecimal("630") }).monthly?.amount.isNegative()).toBe(true);
});

it.each([
  ["29 days after", { daysAfter: 29 }, "29 of the 30 final days after"],
  ["29 days before", { daysBefore: 29 }, "Only 29 of the 30 final days before"],
  ["a broker younger than that", { existedBefore: 12 }, "Only 12 of the 30"],
  ["two currencies", { currencies: ["EUR", "USD"] }, "EUR and USD"],
  ["no cost at all", { currencies: [] }, "No cost was placed"],
  ["a list price that changed", { priceChanged: true }, "constant prices"],
  ["a replacement that nobody confirmed", { unconfirmedReplacement: true }, "confirm it"],
] as const)("has no figure with %s, and says so", (_, overrides, words) => {
  const { monthly, explanation } = realisedSaving({ ...FACTS, ...overrides });
  expect([monthly, explanation]).toEqual([null, expect.stringContaining(words)]);
});
