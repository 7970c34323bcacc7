import { buildBroker } from "./build-broker";
import type { Account, Broker, Organisation } from "./model";
import { regions } from "./regions";
import { dayMs, dayStart, pick, randomStream } from "./seeded";

export interface BulkOptions {
  readonly accounts: number;
  /** Number of regions brokers are spread over, starting with us-east-1. */
  readonly regions: number;
  readonly brokers: number;
  readonly seed?: number;
  /** Default 2026-11-01. */
  readonly anchor?: string;
}

/** The role that every account of a bulk organisation lets the management account assume. */
export const bulkRoleName = "mq-steward-read-only";

const kinds = [
  { engine: "ActiveMQ", mode: "SINGLE_INSTANCE", type: "mq.m5.large", version: "5.18.7" },
  { engine: "ActiveMQ", mode: "ACTIVE_STANDBY_MULTI_AZ", type: "mq.m5.large", version: "5.19.10" },
  { engine: "ActiveMQ", mode: "SINGLE_INSTANCE", type: "mq.t3.micro", version: "5.17.6" },
  { engine: "RabbitMQ", mode: "CLUSTER_MULTI_AZ", type: "mq.m5.large", version: "3.13.7" },
  { engine: "RabbitMQ", mode: "CLUSTER_MULTI_AZ", type: "mq.m7g.large", version: "4.2.9" },
  { engine: "RabbitMQ", mode: "SINGLE_INSTANCE", type: "mq.m5.large", version: "3.13.7" },
] as const;
const environments = ["production", "production", "staging", "dev", ""] as const;
const teams = ["payments", "orders", "shipping", "identity", "search", "ledger", "", "tbd"] as const;

/**
 * A large, uneventful organisation for benchmarks: brokers round-robin over accounts and regions, no timelines but a
 * creation day, one configuration each. 10,000 brokers take about a second of one core.
 */
export function bulkOrganisation(options: BulkOptions): Organisation {
  const { seed = 1, anchor = "2026-11-01" } = options;
  const day = dayStart(anchor);
  const usedRegions = regions.filter((region) => !region.optIn).slice(0, options.regions);
  const accounts: Account[] = Array.from({ length: options.accounts }, (_, index) => ({
    id: String(500_000_000_000 + index * 7_919),
    name: `bulk-${String(index + 1).padStart(3, "0")}`,
    email: `bulk-${index + 1}@example.com`,
    status: "ACTIVE",
    joinedAt: day - 900 * dayMs,
    roles: [{ name: bulkRoleName }],
    optInRegions: [],
  }));
  const management = accounts[0];
  if (!management || usedRegions.length === 0) throw new Error("a bulk organisation needs an account and a region");
  const random = randomStream(`bulk/${seed}`);
  const brokers: Broker[] = [];
  const configurations = [];
  for (let index = 0; index < options.brokers; index += 1) {
    const kind = pick(random, kinds);
    const environment = pick(random, environments);
    const team = pick(random, teams);
    const built = buildBroker(seed, {
      ...kind,
      account: (accounts[index % accounts.length] ?? management).id,
      region: usedRegions[Math.floor(index / accounts.length) % usedRegions.length]?.id ?? "us-east-1",
      name: `bulk-${String(index).padStart(5, "0")}`,
      createdAt: day - Math.floor(30 + random() * 600) * dayMs,
      amvu: kind.version !== "5.17.6",
      generalLogs: random() < 0.6,
      auditLogs: random() < 0.4,
      publiclyAccessible: random() < 0.05,
      ownKey: index % 3 === 0,
      tags: {
        ...(environment ? { environment } : {}),
        ...(team ? { owner: team } : {}),
        "cost-center": String(100 + (index % 40)),
      },
    });
    brokers.push(built.broker);
    if (built.configuration) configurations.push(built.configuration);
  }
  return { id: "o-bulkorg001", anchor, seed, managementAccountId: management.id, accounts, brokers, configurations };
}
