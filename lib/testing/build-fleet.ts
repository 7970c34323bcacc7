import { isStale } from "@/lib/domain/broker";
import { type Money, parseDecimal } from "@/lib/domain/money";
import { addDays, type PlainDate, parsePlainDate } from "@/lib/domain/plain-date";
import type { CostAdvice, FleetSnapshot, KpiBroker, KpiCostDay, KpiEpisode } from "@/lib/kpis/define-kpi";
import { supportStatus } from "@/lib/lifecycle/support-status";
import type { MeshStanding } from "@/lib/mesh/mesh-standing";
import { SHIPPED_SUPPORT_CALENDAR } from "@/lib/reference/support-calendar";
import { type BrokerOverrides, BUILT_AT, buildBroker } from "@/lib/testing/build-broker";

/** The day of built fleets: the one on which built brokers were observed. */
export const BUILT_ON: PlainDate = parsePlainDate("2026-11-21");

export interface KpiBrokerOverrides extends BrokerOverrides {
  id?: number;
  ownerVerified?: boolean | null;
  ownerContactable?: boolean | null;
  mesh?: MeshStanding;
  monthlyCost?: Money | null;
  advice?: CostAdvice;
}

/** A broker as KPIs see it on the day of built fleets, its support by the shipped calendar. */
export function buildKpiBroker(overrides: KpiBrokerOverrides = {}): KpiBroker {
  const { id = 1, ownerVerified = null, ownerContactable = null, mesh, monthlyCost = null, advice } = overrides;
  const snapshot = buildBroker({ brokerId: `b-${String(id).padStart(12, "0")}`, ...overrides });
  const { engine, engineVersion } = snapshot.attributes;
  return {
    id,
    snapshot,
    support: supportStatus({ engine, version: engineVersion, calendar: SHIPPED_SUPPORT_CALENDAR, on: BUILT_ON }),
    stale: isStale(snapshot.observedAt, BUILT_AT),
    ownerVerified,
    ownerContactable,
    mesh,
    monthlyCost,
    advice,
  };
}

/** A fleet of these brokers (numbered from 1 where they have no id) that was synced in full a moment ago. */
export function buildFleet(
  brokers: readonly KpiBrokerOverrides[] = [],
  overrides: Partial<FleetSnapshot> = {},
): FleetSnapshot {
  return {
    now: BUILT_AT,
    today: BUILT_ON,
    brokers: brokers.map((broker, index) => buildKpiBroker({ id: index + 1, ...broker })),
    episodes: [],
    costDays: [],
    everSynced: true,
    incompleteScopes: [],
    ...overrides,
  };
}

/** A critical episode that was open from 1 to 11 November 2026 and fixed by its owner, with the overrides. */
export function buildKpiEpisode(overrides: Partial<KpiEpisode> = {}): KpiEpisode {
  return {
    findingId: 1,
    ruleId: "engine-version-supported",
    discriminator: "",
    brokerId: 1,
    severity: "critical",
    state: "closed",
    dueOn: parsePlainDate("2026-11-08"),
    acknowledgedAt: null,
    openedAt: new Date("2026-11-01T06:00:00Z"),
    closedAt: new Date("2026-11-11T06:00:00Z"),
    closeCause: "fixed-by-owner",
    accountId: "111122223333",
    region: "eu-west-1",
    engine: "ACTIVEMQ",
    environment: "production",
    ownerKey: "payments",
    ...overrides,
  };
}

/** One cost day per amount, from a day on; null leaves the day out, as one that was never read. */
export function buildCostDays(
  from: string,
  amounts: readonly (string | null)[],
  options: { currency?: string; estimated?: boolean } = {},
): KpiCostDay[] {
  const { currency = "USD", estimated = false } = options;
  return amounts.flatMap((amount, index) =>
    amount === null
      ? []
      : [{ day: addDays(parsePlainDate(from), index), currency, amount: parseDecimal(amount), estimated }],
  );
}

const ENVIRONMENT_TAGS = ["production", "prod", "staging", "dev", "sandbox", ""];
const VERSIONS: readonly [string, string][] = [
  ["ACTIVEMQ", "5.19.1"],
  ["ACTIVEMQ", "5.18.4"],
  ["ACTIVEMQ", "5.17.6"],
  ["RABBITMQ", "3.13.7"],
  ["RABBITMQ", "4.2.1"],
  ["RABBITMQ", "3.12.13"],
  ["RABBITMQ", "3.8.34"],
];
const RULE_IDS = [
  "production-highly-available",
  "no-known-vulnerability",
  "engine-version-supported",
  "broker-not-public",
  "owner-assigned",
];
const MESH: readonly MeshStanding[] = [
  { joined: true, reason: "Joined to 2 production brokers" },
  { joined: false, reason: "Its configuration names no connector to a known broker" },
  { joined: null, reason: "No connector metric of the last day" },
];
const REGIONS = ["eu-west-1", "eu-central-1", "us-east-1", "us-east-2", "us-west-2", "ap-southeast-2", "sa-east-1"];

/**
 * A large fleet that is the same every time: `count` brokers over 50 accounts, 7 regions, 200 owners, both engines, all environments, some stale, gone,
 * replicas or never described; five episodes each and 400 cost days.
 */
export function buildLargeFleet(count: number): FleetSnapshot {
  const brokers = Array.from({ length: count }, (_, index): KpiBrokerOverrides => {
    const [engine, engineVersion] = pick(VERSIONS, index * 7 + (index >> 3)) ?? ["ACTIVEMQ", "5.18.4"];
    const environment = pick(ENVIRONMENT_TAGS, index * 5 + (index >> 4)) ?? "";
    const pair = engine === "RABBITMQ" ? "CLUSTER_MULTI_AZ" : "ACTIVE_STANDBY_MULTI_AZ";
    return {
      accountId: String(100_000_000_000 + (index % 50)),
      region: pick(REGIONS, index >> 1),
      attributes: {
        name: `broker-${index}`,
        engine,
        engineVersion,
        deploymentMode: index % 3 === 0 ? "SINGLE_INSTANCE" : pair,
        autoMinorVersionUpgrade: index % 4 !== 0,
        state: index % 97 === 0 ? "REPLICA" : "RUNNING",
        tags: { environment, owner: index % 10 === 0 ? "tbd" : `team-${index % 200}` },
      },
      withhold: index % 211 === 0 ? ["engineVersion", "tags", "autoMinorVersionUpgrade"] : [],
      observedAt: index % 53 === 0 ? new Date("2026-11-10T06:00:00Z") : BUILT_AT,
      goneAt: index % 89 === 0 ? new Date("2026-10-01T06:00:00Z") : null,
      ownerVerified: index % 2 === 0,
      ownerContactable: index % 4 === 0,
      mesh: engine === "ACTIVEMQ" ? pick(MESH, index) : undefined,
      monthlyCost: index % 7 === 0 ? null : { amount: parseDecimal(`${100 + (index % 300)}.25`), currency: "USD" },
    };
  });
  const fleet = buildFleet(brokers);
  const episodes = fleet.brokers.flatMap(({ snapshot }, index) =>
    [0, 1, 2, 3, 4].map((number) =>
      buildKpiEpisode({
        findingId: index * 5 + number,
        brokerId: index + 1,
        ruleId: pick(RULE_IDS, number) ?? "",
        discriminator: number === 1 ? "CVE-2023-46604" : "",
        severity: pick(["critical", "high", "medium", "low"] as const, index + number),
        ...((index + number) % 3 === 0
          ? { closedAt: null, closeCause: null, state: "open" as const }
          : { closedAt: new Date(Date.UTC(2026, 10, 2 + ((index + number) % 18))) }),
        accountId: snapshot.accountId,
        region: snapshot.region,
        engine: snapshot.attributes.engine ?? "UNKNOWN",
        environment: snapshot.environment.environment,
        ownerKey: snapshot.owner.ownerKey,
      }),
    ),
  );
  const costDays = buildCostDays(
    "2025-10-15",
    Array.from({ length: 400 }, (_, index) => `${100 + (index % 13)}.125`),
  );
  return { ...fleet, episodes, costDays, acknowledgementsKnown: true };
}

function pick<T>(items: readonly T[], index: number): T | undefined {
  return items[index % items.length];
}
