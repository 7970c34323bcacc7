import { pino } from "pino";
import { type Composition, createComposition, systemActor } from "@/lib/context";
import { CONNECTION_BUDGET } from "@/lib/db/connection-budget";
import { fixedClock } from "@/lib/domain/clock";
import type { SyncSource } from "@/lib/domain/sync";
import type { Ctx } from "@/lib/services/ctx";
import { executeSync, type SyncProgress } from "@/lib/services/execute-sync";
import { startSync } from "@/lib/services/start-sync";
import { TEST_SECRET } from "@/lib/testing/add-administrator";
import { testDatabase } from "@/lib/testing/database";
import { type SimulatorProcess, startSimulatorProcess } from "@/scripts/bench/simulator-process";

/** Business time of every section. */
export const AS_OF = "2026-11-20T12:00:00Z";

/** One sync from plan to snapshot, in seconds of wall time, and how much of it went by before anything was judged. */
export async function runOnce(
  ctx: Ctx,
  leaveOut?: readonly SyncSource[],
): Promise<{ seconds: number; readingSeconds: number; status: string }> {
  const start = performance.now();
  let readingSeconds = 0;
  const { runId } = await startSync({ ctx, input: { trigger: "command-line", executor: "caller" } });
  const onProgress = ({ phase }: SyncProgress): void => {
    if (phase === "evaluating") readingSeconds = (performance.now() - start) / 1000;
  };
  const status = await executeSync({ ctx, input: { runId, leaveOut, onProgress } });
  return { seconds: (performance.now() - start) / 1000, readingSeconds, status };
}

/** A fresh database and a simulator process with the given flags, for the time of `work`. */
export async function withFleet<T>(
  flags: readonly string[],
  work: (input: { ctx: Ctx; composition: Composition; simulator: SimulatorProcess; databaseUrl: string }) => Promise<T>,
): Promise<T> {
  const simulator = await startSimulatorProcess([...flags, "--anchor", "2026-11-20", "--as-of", AS_OF, "--rate", "1"]);
  const database = await testDatabase();
  const composition = createComposition({
    process: "sync",
    databaseUrl: database.url,
    maxConnections: CONNECTION_BUDGET.worker,
    clock: fixedClock(AS_OF),
    log: pino({ level: "warn" }, pino.destination(2)),
    secret: TEST_SECRET,
    gateway: {
      // Where the simulator has no request limit, ours would be what is measured.
      ...(flags.includes("--no-throttle") ? { limits: { mq: { ratePerSecond: Number.POSITIVE_INFINITY } } } : {}),
      endpointUrl: simulator.url,
      credentials: async () => ({ accessKeyId: "AKIDBENCH", secretAccessKey: "bench" }),
    },
  });
  try {
    return await work({
      ctx: await composition.ctx({ actor: systemActor("bench") }),
      composition,
      simulator,
      databaseUrl: database.url,
    });
  } finally {
    await composition.close();
    await database.close();
    await simulator.stop();
  }
}

/** Connects every account of the organisation for inventory alone: costs and metrics are measured elsewhere. */
export async function connectAll(ctx: Ctx, accounts: number): Promise<void> {
  const identity = (await ctx.aws.ambientIdentity()).items[0];
  if (!identity) throw new Error("the simulator does not know its own account");
  const read = await ctx.aws
    .session({ accountId: identity.accountId, roleArn: null, externalId: null })
    .organizationAccounts();
  if (read.items.length !== accounts)
    throw new Error(`${read.items.length} accounts discovered, ${accounts} expected: ${read.message}`);
  for (const account of read.items) {
    await ctx.db.execute(
      `INSERT INTO aws_account (account_id, name, origin, role_arn, regions, added_at) VALUES ($1, $2, $3, $4, '{}', $5)`,
      account.accountId,
      account.name,
      account.accountId === identity.accountId ? "ambient" : "organizations",
      account.accountId === identity.accountId ? null : `arn:aws:iam::${account.accountId}:role/mq-steward-read-only`,
      new Date(AS_OF),
    );
  }
  await ctx.db.execute(`UPDATE aws_account SET read_costs = false`);
  await ctx.db.execute(
    `INSERT INTO setting (key, value, updated_at, updated_by) VALUES ('metricsSeriesPerBroker', '0', $1, 'bench')`,
    new Date(AS_OF),
  );
}
