import { describe, expect, it } from "vitest";
import { Decimal } from "@/lib/domain/money";
import { addDays, parsePlainDate } from "@/lib/domain/plain-date";
import { costAnomalies } from "./cost-anomaly";

const TODAY = parsePlainDate("2026-11-20");
/** Final days that end two days ago. */
const days = (amounts: readonly number[]) =>
  amounts.map((amount, index) => ({ day: addDays(TODAY, index - amounts.length - 1), billed: new Decimal(amount) }));
const steady = Array.from({ length: 28 }, (_, index) => 100 + (index % 3));
const found = (amounts: readonly number[]) =>
  costAnomalies(days(amounts), TODAY).map(({ day, percent }) => [day, percent]);

describe("a cost anomaly", () => {
  it("is a final day far above the 28 before it", () => {
    expect(found([...steady, 160])).toEqual([["2026-11-18", 58]]);
  });

  it("is told once for a row of such days, and not when it is old", () => {
    expect(found([...steady, 160, 165, 170])).toEqual([["2026-11-16", 58]]);
    expect(found([...steady, 160, ...steady.slice(0, 8)])).toEqual([]);
  });

  it.each([
    ["less than a fifth above", [...steady, 115]],
    ["less than 5 a day above", [...steady.map((amount) => amount / 100), 4]],
    ["usual for an account that swings", [...steady.map((_, index) => (index % 2 ? 20 : 180)), 190]],
    ["after fewer than 28 final days", [...steady.slice(1), 160]],
    ["the first cost ever", [...steady.map(() => 0), 50]],
    ["a fall", [...steady, 1]],
  ])("is not a day that is %s", (_what, amounts) => {
    expect(found(amounts)).toEqual([]);
  });
});
