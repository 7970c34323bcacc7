import { describe, expect, it } from "vitest";
import { brokerKey, CUT_DIMENSIONS, cutFleet, NO_OWNER, splitFleet, UNKNOWN_ENGINE } from "@/lib/kpis/cut-fleet";
import { buildCostDays, buildFleet, buildKpiEpisode, buildLargeFleet } from "@/lib/testing/build-fleet";

const fleet = buildFleet(
  [
    { id: 1, accountId: "111111111111", attributes: { tags: { owner: "Payments", env: "prod" } } },
    { id: 2, accountId: "222222222222", attributes: { engine: "RABBITMQ", tags: { env: "dev" } } },
    { id: 3, accountId: "222222222222", region: "us-east-1", withhold: ["engine"] },
  ],
  { episodes: [buildKpiEpisode({ accountId: "222222222222" })], costDays: buildCostDays("2026-11-01", ["1"]) },
);
const ids = (cut: Parameters<typeof cutFleet>[1]) => cutFleet(fleet, cut).brokers.map(({ id }) => id);

describe("a cut of the fleet", () => {
  it("is the fleet itself without any limit", () => {
    expect(cutFleet(fleet, {})).toBe(fleet);
  });

  it("takes several keys of a dimension as alternatives and several dimensions together", () => {
    expect(ids({ accountId: "222222222222" })).toEqual([2, 3]);
    expect(ids({ accountId: ["111111111111", "222222222222"], engine: "ACTIVEMQ" })).toEqual([1]);
    expect(ids({ environment: ["development", "production"], region: "eu-west-1" })).toEqual([1, 2]);
    expect(ids({ accountId: [] })).toEqual([]);
  });

  it("finds brokers without an owner, and those whose engine was never observed, under names of their own", () => {
    expect(ids({ ownerKey: NO_OWNER })).toEqual([2]);
    expect(ids({ engine: UNKNOWN_ENGINE })).toEqual([3]);
    expect(ids({ ownerKey: "payments" })).toEqual([1, 3]);
  });

  it("cuts episodes by what held when they opened", () => {
    expect(cutFleet(fleet, { accountId: "111111111111" }).episodes).toEqual([]);
    expect(cutFleet(fleet, { accountId: "222222222222", ownerKey: "payments" }).episodes).toHaveLength(1);
  });

  it("has the costs it is given and never those of the whole", () => {
    expect(cutFleet(fleet, { region: "us-east-1" }).costDays).toBeNull();
    const costDays = buildCostDays("2026-11-01", ["0.5"]);
    expect(cutFleet(fleet, { region: "us-east-1" }, costDays).costDays).toBe(costDays);
  });

  it.each(CUT_DIMENSIONS)("comes out of a split by %s as it does one by one", (dimension) => {
    const large = buildLargeFleet(300);
    const parts = splitFleet(large, dimension);
    const field = {
      account: "accountId",
      region: "region",
      engine: "engine",
      environment: "environment",
      owner: "ownerKey",
    }[dimension];
    expect([...parts.keys()]).toEqual([...new Set(large.brokers.map((broker) => brokerKey(broker, dimension)))].sort());
    for (const [key, part] of parts) expect(part).toEqual(cutFleet(large, { [field]: key }));
  });

  it("has a part for a key that only costs know", () => {
    const costs = new Map([["(unallocated)", buildCostDays("2026-11-01", ["1"])]]);
    expect(splitFleet(fleet, "owner", costs).get("(unallocated)")).toMatchObject({
      brokers: [],
      costDays: [{ currency: "USD" }],
    });
  });
});
