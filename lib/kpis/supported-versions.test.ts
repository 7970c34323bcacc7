import { describe, expect, it } from "vitest";
import type { FleetSnapshot } from "@/lib/kpis/define-kpi";
import { supportedVersions } from "@/lib/kpis/supported-versions";
import { buildFleet, type KpiBrokerOverrides } from "@/lib/testing/build-fleet";

const version = (engineVersion: string | null, more: KpiBrokerOverrides = {}): KpiBrokerOverrides => ({
  ...more,
  attributes: { engineVersion, ...more.attributes },
});
const compute = (brokers: KpiBrokerOverrides[], overrides: Partial<FleetSnapshot> = {}) => {
  const [value] = supportedVersions.compute(buildFleet(brokers, overrides));
  if (!value) throw new Error("no value");
  return value;
};
const figure = ({ value, numerator, denominator, unknowns }: ReturnType<typeof compute>) => [
  value?.toFixed(4) ?? null,
  numerator?.toNumber() ?? null,
  denominator?.toNumber() ?? null,
  unknowns,
];

describe("supported-versions", () => {
  it("counts brokers that are not past the end by all in scope", () => {
    const value = compute([version("5.18.4"), version("5.17.6"), version("5.19.1")]);
    expect(figure(value)).toEqual(["66.6667", 2, 3, 0]);
    expect(value.unavailable).toBeNull();
    expect(value.parts).toEqual([
      { label: "Supported", value: "2", unit: "count" },
      { label: "Ending within 180 days", value: "0", unit: "count" },
      { label: "Past end of support", value: "1", unit: "count" },
    ]);
  });

  it("keeps lines without a known end in the denominator only", () => {
    expect(figure(compute([version("5.18.4"), version("9.9.9"), version(null)]))).toEqual(["33.3333", 1, 3, 2]);
  });

  it("keeps brokers last observed more than three days ago in the denominator only, whatever they ran then", () => {
    const observed = (instant: string) => version("5.18.4", { observedAt: new Date(instant) });
    // Now is 2026-11-21T06:00:00Z.
    const value = compute([version("5.18.4"), observed("2026-11-18T06:00:00Z"), observed("2026-11-18T05:59:59Z")]);
    expect(figure(value)).toEqual(["66.6667", 2, 3, 1]);
    expect(value.asOf).toEqual(new Date("2026-11-18T06:00:00Z"));
    expect(value.caveats).toEqual(["1 broker was last observed more than 3 days ago and counts as unknown."]);
  });

  it("leaves out replicas, gone brokers and those not in service, with their numbers", () => {
    const value = compute([
      version("5.17.6"),
      version("5.18.4"),
      version("5.18.4", { attributes: { state: "REPLICA" } }),
      version("5.18.4", { goneAt: new Date("2026-11-20T06:00:00Z") }),
      version("5.18.4", { attributes: { state: "CREATION_FAILED" } }),
      version("5.18.4", { attributes: { state: "DELETION_IN_PROGRESS" } }),
      version("5.18.4", { attributes: { state: "SOMETHING_NEW" } }),
    ]);
    expect(figure(value)).toEqual(["66.6667", 2, 3, 0]);
    expect(value.exclusions).toEqual([
      { reason: "Replica of cross-region replication", count: 1 },
      { reason: "Being created or deleted, or creation failed", count: 2 },
      { reason: "Gone in the last 400 days", count: 1 },
    ]);
  });

  it.each([
    [
      "none of the brokers is in scope",
      [version("5.18.4", { attributes: { state: "REPLICA" } })],
      "None of the brokers here is in scope",
    ],
    [
      "all are stale",
      [version("5.18.4", { observedAt: new Date("2026-11-01T00:00:00Z") })],
      "All brokers here were last observed",
    ],
    ["nothing is known of any", [version("9.9.9"), version(null)], "The answer is not known for any"],
  ])("is neither 0 nor 100 when %s", (_, brokers, reason) => {
    const value = compute(brokers);
    expect(value.value).toBeNull();
    expect(value.unavailable).toContain(reason);
  });

  it("still counts brokers of which nothing is known", () => {
    expect(figure(compute([version("9.9.9"), version(null)]))).toEqual([null, 0, 2, 2]);
  });

  it("is 0 and 100 where that is the truth", () => {
    expect(figure(compute([version("5.17.6")]))).toEqual(["0.0000", 0, 1, 0]);
    expect(figure(compute([version("5.18.4")]))).toEqual(["100.0000", 1, 1, 0]);
  });

  it("passes on which scopes could not be read", () => {
    const incompleteScopes = ["mq-brokers of 111122223333 eu-west-1: denied"];
    expect(compute([version("5.18.4")], { incompleteScopes }).caveats).toEqual(incompleteScopes);
  });
});
