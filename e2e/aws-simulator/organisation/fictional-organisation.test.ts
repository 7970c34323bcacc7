import { describe, expect, it } from "vitest";
import { bulkOrganisation } from "./bulk-organisation";
import { creatableLines, instanceOffers, lineOf, lineStart, offeredVersions } from "./engine-calendar";
import { fictionalOrganisation } from "./fictional-organisation";
import { type Broker, type BrokerState, existsAt, segmentsOf, stateAt } from "./model";
import { dayMs, dayStart } from "./seeded";

const anchor = "2026-11-20";
const organisation = fictionalOrganisation({ anchor });
const noon = dayStart(anchor) + 12 * 3_600_000;

function at(day: number): BrokerState[] {
  return stateAt(organisation, noon + day * dayMs);
}

function named(states: readonly BrokerState[], name: string): BrokerState {
  const found = states.find((state) => state.broker.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
}

describe("the fictional organisation", () => {
  it("is the same value for the same anchor and seed, and another one for another seed", () => {
    expect(JSON.stringify(fictionalOrganisation({ anchor }))).toBe(JSON.stringify(organisation));
    expect(JSON.stringify(fictionalOrganisation({ anchor, seed: 8 }))).not.toBe(JSON.stringify(organisation));
  });

  it("has the size that is promised: five living accounts, seven regions, eighty brokers, fourteen teams", () => {
    const states = at(0);
    expect(new Set(states.map((state) => state.broker.account)).size).toBe(5);
    expect(new Set(states.map((state) => state.broker.region)).size).toBe(7);
    expect(states.length).toBeGreaterThanOrEqual(80);
    const everBefore = organisation.brokers.filter((broker) => broker.createdAt <= noon);
    expect(everBefore.length).toBeGreaterThanOrEqual(92);
    const teams = [
      "payments-core",
      "checkout",
      "ledger",
      "fraud",
      "order-mgmt",
      "fulfilment",
      "shipping",
      "tracking",
      "notifications",
      "identity",
      "data-platform",
      "search",
      "partner-integrations",
      "sre",
    ];
    const tagTexts = states.flatMap((state) => Object.values(state.attributes.tags)).join("\n");
    for (const team of teams) expect(tagTexts).toContain(team);
  });

  it("is big enough at the start of the fifteen months, and moves until a year after the anchor", () => {
    expect(at(-455).length).toBeGreaterThanOrEqual(55);
    const future = organisation.brokers.flatMap((broker) =>
      broker.events.filter((event) => event.at > noon).map((event) => event.at),
    );
    expect(future.length).toBeGreaterThan(60);
    expect(Math.max(...future)).toBeGreaterThan(noon + 270 * dayMs);
  });

  it("gives every broker an id, a name per account and region, and sorted events", () => {
    expect(new Set(organisation.brokers.map((broker) => broker.id)).size).toBe(organisation.brokers.length);
    for (const day of [-400, -200, -76, -75, 0, 50, 300]) {
      const names = at(day).map(({ broker }) => `${broker.account}/${broker.region}/${broker.name}`);
      expect(new Set(names).size).toBe(names.length);
    }
    for (const broker of organisation.brokers) {
      const instants = broker.events.map((event) => event.at);
      expect(instants).toEqual([...instants].sort((a, b) => a - b));
    }
  });

  it("never runs a version before AWS offered its line, nor RabbitMQ 4 on anything but mq.m7g", () => {
    const wrong: string[] = [];
    for (const broker of organisation.brokers) {
      for (const { from, attributes } of segmentsOf(broker)) {
        const line = lineOf(broker.engine, attributes.engineVersion);
        const patch = line.patches.find((entry) => entry.version === attributes.engineVersion);
        if (!patch || dayStart(patch.day) > Math.max(from, lineStart(line)))
          wrong.push(`${broker.name} ${attributes.engineVersion} too early`);
        if (line.line.startsWith("4.") && !attributes.hostInstanceType.startsWith("mq.m7g.")) {
          wrong.push(`${broker.name} runs ${attributes.engineVersion} on ${attributes.hostInstanceType}`);
        }
        if (broker.engine === "ActiveMQ" && attributes.hostInstanceType.includes("m7g"))
          wrong.push(`${broker.name} ActiveMQ on m7g`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("creates brokers only on lines that could be created then, and moves versions forward only", () => {
    const wrong: string[] = [];
    const number = (version: string) => version.split(".").reduce((sum, part) => sum * 1000 + Number(part), 0);
    for (const broker of organisation.brokers) {
      const offered = creatableLines(broker.engine, broker.createdAt).map((line) => line.line);
      if (!offered.includes(lineOf(broker.engine, broker.initial.engineVersion).line))
        wrong.push(`${broker.name} created on ${broker.initial.engineVersion}`);
      let last = 0;
      for (const { attributes } of segmentsOf(broker)) {
        if (number(attributes.engineVersion) < last)
          wrong.push(`${broker.name} went back to ${attributes.engineVersion}`);
        last = number(attributes.engineVersion);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("leaves only brokers in odd states on a line 45 days past its end of support", () => {
    for (const day of [-450, -300, -150, 0, 200, 390]) {
      for (const { broker, attributes } of at(day)) {
        const end = lineOf(broker.engine, attributes.engineVersion).endOfSupport;
        if (end && noon + day * dayMs > dayStart(end) + 52 * dayMs) {
          expect([attributes.state, broker.name, attributes.engineVersion]).toContain("CRITICAL_ACTION_REQUIRED");
        }
      }
    }
    expect(
      at(0).filter(({ attributes }) => /^(5\.1[567]|3\.\d\.|3\.1[012])/.test(attributes.engineVersion)).length,
    ).toBeGreaterThanOrEqual(3);
  });

  it("shows at the anchor every scenario that rules and pages need", () => {
    const states = at(0);
    const has = (test: (state: BrokerState) => boolean) => states.some(test);
    expect(has(({ broker }) => broker.publiclyAccessible)).toBe(true);
    expect(has(({ attributes }) => !attributes.autoMinorVersionUpgrade)).toBe(true);
    expect(has(({ attributes }) => attributes.state === "CREATION_IN_PROGRESS")).toBe(true);
    expect(has(({ attributes }) => attributes.state === "DELETION_IN_PROGRESS")).toBe(true);
    expect(has(({ attributes }) => attributes.state === "CREATION_FAILED")).toBe(true);
    expect(has(({ attributes }) => attributes.state === "REPLICA")).toBe(true);
    expect(has(({ attributes }) => attributes.pendingEngineVersion !== undefined)).toBe(true);
    expect(has(({ attributes }) => attributes.pendingHostInstanceType !== undefined)).toBe(true);
    expect(has(({ attributes }) => attributes.pendingConfiguration !== undefined)).toBe(true);
    expect(has(({ attributes }) => attributes.hostInstanceType === "mq.x9g.huge")).toBe(true);
    expect(has(({ attributes }) => !attributes.billed)).toBe(true);
    const codes = new Set(states.flatMap(({ attributes }) => attributes.actionsRequired.map((action) => action.code)));
    for (const code of [
      "BROKER_ENI_DELETED",
      "BROKER_OOM",
      "RABBITMQ_MEMORY_ALARM",
      "RABBITMQ_BROKER_NOT_UPGRADEABLE_TO_V4",
      "RABBITMQ_INSTANCE_TYPE_END_OF_SUPPORT",
    ]) {
      expect(codes).toContain(code);
    }
    for (const name of ["REPLICA pair: sepa-clearing", "sepa-clearing-dr"])
      expect(named(states, name.replace(/^.*: /, "")).broker.replication).toBeDefined();
    expect(named(states, "sepa-clearing").broker.replication?.brokerId).toBe(
      named(states, "sepa-clearing-dr").broker.id,
    );
    expect(
      states.filter(({ attributes }) => Object.values(attributes.tags).some((value) => value.startsWith("="))).length,
    ).toBeGreaterThanOrEqual(2);
  });

  it("lets owners replace single instances, under a new name and under the old one", () => {
    expect(named(at(-195), "fraud-scoring").broker.deploymentMode).toBe("SINGLE_INSTANCE");
    expect(
      at(-175).filter(({ broker }) => broker.name.startsWith("fraud-scoring") && !broker.name.endsWith("stg")),
    ).toHaveLength(2);
    expect(named(at(-150), "fraud-scoring-ha").broker.deploymentMode).toBe("CLUSTER_MULTI_AZ");
    const before = named(at(-80), "checkout-orders").broker;
    const after = named(at(-70), "checkout-orders").broker;
    expect(after.deploymentMode).toBe("ACTIVE_STANDBY_MULTI_AZ");
    expect(after.id).not.toBe(before.id);
  });

  it("writes meshes into configurations, endpoints naming the peers' broker ids", () => {
    const byName = (name: string) => named(at(0), name);
    const text = (name: string) => {
      const { attributes } = byName(name);
      const configuration = organisation.configurations.find((entry) => entry.id === attributes.configuration?.id);
      return (
        configuration?.revisions.find((revision) => revision.revision === attributes.configuration?.revision)?.data ??
        ""
      );
    };
    for (const one of ["a", "b", "c"]) {
      for (const other of ["a", "b", "c"].filter((letter) => letter !== one)) {
        expect(text(`invoice-mesh-${one}`)).toContain(byName(`invoice-mesh-${other}`).broker.id);
      }
    }
    expect(text("tracking-spoke-platform")).toContain(byName("tracking-hub").broker.id);
    expect(text("carrier-edi")).toContain("mq1.dc1.example.net");
    expect(byName("depot-sync-a").attributes.networkConnections).toBe(0);
    expect(byName("tracking-hub").attributes.networkConnections).toBe(4);
  });

  it("tells the same kind of story around another day", () => {
    const other = fictionalOrganisation({ anchor: "2026-03-01" });
    const states = stateAt(other, dayStart("2026-03-01") + 43_200_000);
    expect(states.length).toBeGreaterThanOrEqual(75);
    expect(states.every(({ attributes }) => !attributes.engineVersion.startsWith("4.3"))).toBe(true);
  });
});

describe("the engine calendar", () => {
  it("offers what the release notes say for the day", () => {
    expect(offeredVersions("RabbitMQ", dayStart("2025-11-19"))).toEqual(["3.13"]);
    expect(offeredVersions("RabbitMQ", dayStart("2025-11-20"))).toEqual(["4.2", "3.13"]);
    expect(offeredVersions("RabbitMQ", dayStart("2026-09-09"))).toEqual(["4.3", "4.2", "3.13"]);
    expect(offeredVersions("ActiveMQ", dayStart("2025-05-01"))).toContain("5.17.6");
    expect(offeredVersions("ActiveMQ", dayStart("2025-05-20"))).not.toContain("5.17.6");
  });

  it("ties RabbitMQ 4 to mq.m7g and ActiveMQ to the rest", () => {
    const offers = instanceOffers(dayStart("2026-11-01"));
    expect(
      offers
        .filter((offer) => offer.versions.includes("4.3"))
        .every((offer) => offer.hostInstanceType.startsWith("mq.m7g.")),
    ).toBe(true);
    expect(offers.some((offer) => offer.engine === "ActiveMQ" && offer.hostInstanceType.includes("m7g"))).toBe(false);
    expect(offers.some((offer) => offer.engine === "RabbitMQ" && offer.hostInstanceType === "mq.t3.micro")).toBe(false);
  });
});

describe("the bulk organisation", () => {
  it("spreads 10,000 brokers evenly over accounts", () => {
    const bulk = bulkOrganisation({ accounts: 50, regions: 7, brokers: 10_000 });
    const perAccount = new Map<string, Broker[]>();
    for (const broker of bulk.brokers)
      perAccount.set(broker.account, [...(perAccount.get(broker.account) ?? []), broker]);
    expect([...perAccount.values()].map((brokers) => brokers.length)).toEqual(Array.from({ length: 50 }, () => 200));
    expect(new Set(bulk.brokers.map((broker) => broker.id)).size).toBe(10_000);
    expect(bulk.brokers.every((broker) => existsAt(broker, dayStart(bulk.anchor)))).toBe(true);
  });
});
