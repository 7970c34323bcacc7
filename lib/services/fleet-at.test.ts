import { describe, expect, it } from "vitest";
import { fleetAt } from "@/lib/services/fleet-at";
import type { FleetFacts } from "@/lib/services/load-fleet";
import { buildFleet } from "@/lib/testing/build-fleet";

const AT = new Date("2026-10-01T00:00:00Z");
const facts = (overrides: Parameters<typeof buildFleet>[0]): FleetFacts => {
  const { brokers } = buildFleet(overrides);
  return {
    brokers: brokers.map((broker) => ({ ...broker, ownerVerified: null, ownerContactable: null, monthlyCost: null })),
    episodes: [],
    acknowledgementsKnown: false,
    fiscalYearStartMonth: 1,
    register: { attested: [], unreviewed: [], incidents: [], drills: [], applications: [] },
    everSynced: true,
    incompleteScopes: ["x"],
  };
};
const rest = { at: AT, rates: [], unclassifiedAsProduction: true, productionAccounts: new Set<string>() };

describe("fleetAt", () => {
  it("leaves out brokers first seen later, and keeps those gone later", () => {
    const { brokers } = fleetAt(
      facts([
        { firstSeenAt: new Date("2026-01-01T00:00:00Z"), goneAt: new Date("2026-10-05T00:00:00Z") },
        { firstSeenAt: AT },
        { firstSeenAt: new Date("2026-01-01T00:00:00Z"), goneAt: new Date("2026-09-05T00:00:00Z") },
      ]),
      { ...rest, values: [] },
    );
    expect(brokers.map(({ id, snapshot }) => [id, snapshot.goneAt?.toISOString() ?? null])).toEqual([
      [1, null],
      [3, "2026-09-05T00:00:00.000Z"],
    ]);
  });

  it("takes back what changed since: version, mode, environment, owner; a run rate of then", () => {
    const { brokers } = fleetAt(facts([{ firstSeenAt: new Date("2026-01-01T00:00:00Z") }]), {
      ...rest,
      rates: [{ brokerId: 1, currency: "USD", monthlyCost: "12.5" }],
      values: [
        { brokerId: 1, attribute: "engineVersion", oldValue: "5.15.0" },
        { brokerId: 1, attribute: "deploymentMode", oldValue: "SINGLE_INSTANCE" },
        { brokerId: 1, attribute: "environment", oldValue: { environment: "development", source: "tag" } },
        { brokerId: 1, attribute: "owner", oldValue: { ownerKey: "sre", displayName: "SRE", source: "tag" } },
      ],
    });
    expect(brokers[0]?.snapshot).toMatchObject({
      attributes: { engineVersion: "5.15.0", deploymentMode: "SINGLE_INSTANCE" },
      environment: { environment: "development", countsAsProduction: false },
      owner: { ownerKey: "sre", display: "SRE" },
    });
    expect(brokers[0]?.monthlyCost?.amount.toFixed()).toBe("12.5");
  });

  it("counts what was unclassified then as production, where the setting says so", () => {
    const values = [
      { brokerId: 1, attribute: "environment", oldValue: { environment: "unclassified", source: "none" } },
    ];
    const seen = facts([{ firstSeenAt: new Date("2026-01-01T00:00:00Z") }]);
    const of = (unclassifiedAsProduction: boolean) =>
      fleetAt(seen, { ...rest, values, unclassifiedAsProduction }).brokers[0]?.snapshot.environment.countsAsProduction;
    expect([of(true), of(false)]).toEqual([true, false]);
  });
});
