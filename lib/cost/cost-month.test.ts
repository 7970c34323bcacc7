import { describe, expect, it } from "vitest";
import type { BrokerShare, DayAllocation, UnplacedShare } from "@/lib/cost/allocation-book";
import { type CostKeys, newCostMonth } from "@/lib/cost/cost-month";
import { parsePlainDate } from "@/lib/domain/plain-date";

const day = parsePlainDate;
const keys = (owner: string): CostKeys => ({
  region: "eu-west-1",
  engine: "RABBITMQ",
  environment: "production",
  owner,
});

function allocation(
  shares: readonly Partial<BrokerShare>[],
  unplaced: readonly Partial<UnplacedShare>[] = [],
): DayAllocation {
  return {
    shares: shares.map((share) => ({
      brokerKey: "7",
      component: "instance",
      basis: "allocated",
      method: "hours",
      currency: "USD",
      units: 1n,
      ...share,
    })),
    unplaced: unplaced.map((left) => ({
      usageType: "X",
      component: "other",
      currency: "USD",
      units: 1n,
      reason: "unknown-usage-type",
      ...left,
    })),
    totals: [],
  };
}

function filled(length: number, values: Record<number, bigint>): (bigint | null)[] {
  return Array.from({ length }, (_, index) => values[index + 1] ?? null);
}

describe("newCostMonth", () => {
  it("keeps a row per broker, component, currency, basis and method, with gaps as null", () => {
    const month = newCostMonth(day("2026-02-01"));
    month.addDay(day("2026-02-02"), allocation([{ units: 5n }, { basis: "ambiguous", units: 2n }]), () => keys("a"));
    month.addDay(day("2026-02-28"), allocation([{ units: 0n }]), () => keys("a"));
    expect(month.close().brokers).toEqual([
      expect.objectContaining({ brokerKey: "7", basis: "allocated", amounts: filled(28, { 2: 5n, 28: 0n }) }),
      expect.objectContaining({ brokerKey: "7", basis: "ambiguous", amounts: filled(28, { 2: 2n }) }),
    ]);
  });

  it("files each day under the owner of that day, and says which part is ambiguous", () => {
    const month = newCostMonth(day("2026-04-01"));
    month.addDay(day("2026-04-01"), allocation([{ units: 5n }]), () => keys("before"));
    month.addDay(day("2026-04-02"), allocation([{ units: 6n }, { basis: "ambiguous", units: 3n }]), () =>
      keys("after"),
    );
    const byOwner = month.close().leaves.toSorted((a, b) => (a.owner < b.owner ? -1 : 1));
    expect(byOwner).toEqual([
      {
        ...keys("after"),
        component: "instance",
        currency: "USD",
        amounts: filled(30, { 2: 9n }),
        ambiguous: filled(30, { 2: 3n }),
      },
      { ...keys("before"), component: "instance", currency: "USD", amounts: filled(30, { 1: 5n }), ambiguous: null },
    ]);
  });

  it("files what could not be placed under a key of its own", () => {
    const month = newCostMonth(day("2026-04-01"));
    month.addDay(day("2026-04-30"), allocation([], [{ units: 4n }, { usageType: "Y", units: 1n }]), () => keys("x"));
    expect(month.close()).toEqual({
      brokers: [],
      leaves: [
        {
          region: "(unallocated)",
          engine: "(unallocated)",
          environment: "(unallocated)",
          owner: "(unallocated)",
          component: "other",
          currency: "USD",
          amounts: filled(30, { 30: 5n }),
          ambiguous: null,
        },
      ],
    });
  });
});
