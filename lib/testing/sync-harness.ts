import { pino } from "pino";
import { z } from "zod";
import { bulkOrganisation } from "@/e2e/aws-simulator/organisation/bulk-organisation";
import type { Organisation } from "@/e2e/aws-simulator/organisation/model";
import { type Simulator, startSimulator } from "@/e2e/aws-simulator/simulator";
import { createGateway } from "@/lib/aws/create-gateway";
import { UNLIMITED_RATES } from "@/lib/aws/testing/unlimited-rates";
import { saveAccount } from "@/lib/db/account-store";
import type { Database } from "@/lib/db/client";
import { type MutableClock, mutableClock, wallClock } from "@/lib/domain/clock";
import type { SyncSource } from "@/lib/domain/sync";
import { createMemoryQueue, type MemoryQueue } from "@/lib/jobs/memory-queue";
import type { Ctx } from "@/lib/services/ctx";
import { executeSync } from "@/lib/services/execute-sync";
import { startSync } from "@/lib/services/start-sync";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";

/** An account to be connected with the ambient credentials, in these regions (none: all). */
export interface ConnectedAccount {
  accountId: string;
  regions: readonly string[];
}

/** A database, a simulator and a ctx in one process: everything that a test of the sync pipeline needs. */
export interface SyncHarness {
  readonly database: TestDatabase;
  readonly db: Database;
  readonly simulator: Simulator;
  readonly clock: MutableClock;
  readonly queue: MemoryQueue;
  readonly ctx: Ctx;
  readonly accountId: string;
  /** Moves the product's and the simulator's clock. */
  setTime(instant: string): void;
  /** One whole sync in this process, by default of the inventory alone; returns the run's id and status. */
  sync(options?: { leaveOut?: readonly SyncSource[] }): Promise<{ runId: number; status: string }>;
  fault(...faults: readonly Record<string, unknown>[]): void;
  noFaults(): void;
  mutate(mutation: Record<string, unknown>): void;
  /** Requests the simulator got so far, of a service or one operation of it. */
  requestsOf(service: string, operation?: string): number;
  close(): Promise<void>;
}

const journal = z.object({
  entries: z.array(z.object({ service: z.string(), operation: z.string(), count: z.number() })),
});

export const HARNESS_START = "2026-11-01T06:00:00Z";
export const INVENTORY_ONLY: readonly SyncSource[] = [
  "cost-usage",
  "cost-resources",
  "metrics",
  "mq-offers",
  "ec2-network",
  "mq-configuration-list",
  "mq-users",
  "cloudtrail-events",
  "health-events",
  "price-list",
];

/**
 * Starts a harness on an organisation (default: six brokers of one account in us-east-1, uneventful). Unless `connect` is false the account is
 * connected with the regions its brokers are in (or the account named is). `endpointUrl`: the product asks there instead of the simulator.
 */
export async function syncHarness(
  options: {
    organisation?: Organisation;
    connect?: boolean | ConnectedAccount;
    at?: string;
    endpointUrl?: string;
  } = {},
): Promise<SyncHarness> {
  const organisation = options.organisation ?? bulkOrganisation({ accounts: 1, regions: 1, brokers: 6 });
  const at = options.at ?? HARNESS_START;
  const database = await testDatabase();
  const db = await database.open();
  const simulator = await startSimulator({ port: 0, organisation, asOf: at, rate: 0, throttle: false });
  const clock = mutableClock(at);
  const queue = createMemoryQueue();
  const log = pino({ level: process.env.TEST_LOG_LEVEL ?? "silent" });
  const aws = createGateway({
    wall: wallClock,
    log,
    endpointUrl: options.endpointUrl ?? simulator.url,
    defaultRegion: "us-east-1",
    credentials: async () => ({ accessKeyId: "AKIATEST", secretAccessKey: "test" }),
    limits: UNLIMITED_RATES,
    // Faults are meant to surface at once.
    sleep: async () => {},
  });
  const ctx: Ctx = {
    clock,
    wall: wallClock,
    db,
    aws,
    queue,
    log,
    actor: { kind: "system", name: "system:test", permissions: "all" },
    requestId: null,
  };
  const connect = options.connect ?? true;
  const { accountId, regions } = typeof connect === "object" ? connect : ownAccount(organisation);
  if (connect) {
    await saveAccount(db, {
      accountId,
      name: "Test",
      partition: "aws",
      origin: "ambient",
      roleArn: null,
      externalId: null,
      regions: [...regions],
      defaultEnvironment: null,
      defaultOwnerId: null,
      readCosts: true,
      enabled: true,
      addedAt: clock.now(),
      removedAt: null,
    });
  }
  return {
    database,
    db,
    simulator,
    clock,
    queue,
    ctx,
    accountId,
    setTime: (instant) => {
      clock.set(instant);
      simulator.setClock({ asOf: instant, rate: 0 });
    },
    sync: async ({ leaveOut = INVENTORY_ONLY } = {}) => {
      const { runId } = await startSync({ ctx, input: { trigger: "manual", executor: "caller" } });
      return { runId, status: await executeSync({ ctx, input: { runId, leaveOut } }) };
    },
    fault: (...faults) => void simulator.control("POST", "/faults", { add: faults }),
    noFaults: () => void simulator.control("DELETE", "/faults"),
    mutate: (mutation) => void simulator.control("POST", "/mutate", mutation),
    requestsOf: (service, operation) =>
      journal
        .parse(simulator.control("GET", "/journal"))
        .entries.filter((entry) => entry.service === service && (operation ?? entry.operation) === entry.operation)
        .reduce((sum, { count }) => sum + count, 0),
    close: async () => {
      aws.close();
      await simulator.close();
      await database.close();
    },
  };
}

/** The organisation's management account, in the regions its brokers are in. */
function ownAccount({ managementAccountId: accountId, brokers }: Organisation): ConnectedAccount {
  const own = brokers.filter((broker) => broker.account === accountId);
  return { accountId, regions: [...new Set(own.map((broker) => broker.region))].sort() };
}
