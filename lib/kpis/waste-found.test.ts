import { expect, it } from "vitest";
import type { CostAdvice } from "@/lib/kpis/define-kpi";
import { wasteFound } from "@/lib/kpis/waste-found";
import { buildFleet } from "@/lib/testing/build-fleet";

const usd = (amount: string) => ({ known: true as const, amount, currency: "USD", priceListOf: null });
const listed = (amount: string) => ({ ...usd(amount), priceListOf: "2025-02-13" });
const advice = (overrides: Partial<CostAdvice> = {}): CostAdvice => ({
  waste: null,
  notJudged: [],
  realised: [],
  haPremium: null,
  ...overrides,
});

it("sums the counted item of each broker, by kind, and counts what has no price or was not judged", () => {
  const fleet = buildFleet([
    { advice: advice({ waste: { kind: "idle", monthly: usd("420.48"), basis: "billed", alternatives: 1 } }) },
    {
      advice: advice({ waste: { kind: "oversized", monthly: listed("210.24"), basis: "list-price", alternatives: 0 } }),
    },
    {
      advice: advice({
        waste: {
          kind: "idle",
          monthly: { known: false, reason: "No list price is known." },
          basis: "list-price",
          alternatives: 0,
        },
      }),
    },
    { advice: advice({ notJudged: [{ kind: "idle", reason: "CloudWatch has no data." }] }) },
    { advice: advice() },
    { advice: advice({ notJudged: null }) },
    { advice: advice(), observedAt: new Date("2026-11-10T06:00:00Z") },
    {
      advice: advice({ waste: { kind: "idle", monthly: usd("1"), basis: "billed", alternatives: 0 } }),
      attributes: { state: "REPLICA" },
    },
  ]);
  const [value] = wasteFound.compute(fleet);
  expect(value).toMatchObject({ series: "USD", unknowns: 4, unavailable: null });
  expect(value?.value?.toFixed()).toBe("630.72");
  expect(value?.parts).toEqual([
    { label: "Idle broker: brokers", value: "1", unit: "count" },
    { label: "Idle broker: saving", value: "420.48", unit: "money-per-month" },
    { label: "Oversized instance: brokers", value: "1", unit: "count" },
    { label: "Oversized instance: saving", value: "210.24", unit: "money-per-month" },
    { label: "Measured by what AWS bills", value: "420.48", unit: "money-per-month" },
    { label: "Measured by list prices", value: "210.24", unit: "money-per-month" },
  ]);
  expect(value?.caveats[0]).toBe("List prices in it are of 2025-02-13; they are no billed amounts.");
  expect(value?.caveats[1]).toBe("1 recommendation has no known price and is not in the sum.");
  expect(wasteFound.contributors(fleet).map(({ group, reason }) => [group, reason])).toEqual([
    ["numerator", "Idle broker; 1 alternative not added"],
    ["numerator", "Oversized instance"],
    ["unknown", "Idle broker: No list price is known."],
    ["unknown", "Idle broker: CloudWatch has no data."],
    ["not-in-numerator", "Nothing to save was found"],
    ["unknown", "Not judged yet"],
    ["unknown", "Last observed more than 3 days ago"],
    ["excluded", "Replica of cross-region replication"],
  ]);
});

it("is zero where all were judged and nothing was found, and no figure where nobody was judged", () => {
  expect(wasteFound.compute(buildFleet([{ advice: advice() }]))[0]?.value?.toFixed()).toBe("0");
  const blind = buildFleet([{ advice: advice({ notJudged: [{ kind: "idle", reason: "No data." }] }) }]);
  expect(wasteFound.compute(blind)[0]).toMatchObject({
    value: null,
    unavailable: expect.stringContaining("could be judged"),
  });
  expect(wasteFound.compute(buildFleet([{}]))[0]).toMatchObject({
    value: null,
    unavailable: "The next sync makes the first recommendations.",
  });
});
