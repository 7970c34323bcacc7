/**
 * `npm run sync`: one sync from the command line. Progress on standard error, a summary on standard output (`--json` for machines).
 * Exit code 0 complete, 2 partial, 1 failed. Beside a running server or demo it joins that one: its worker does the work.
 */
import { parseArgs } from "node:util";
import { COMMAND_LINE_ACTOR, type Composition, createComposition } from "@/lib/context";
import { CONNECTION_BUDGET } from "@/lib/db/connection-budget";
import { type ExecutorLock, tryExecutorLock } from "@/lib/db/sync-executor-lock";
import { exitCodeOf, type RunStatus } from "@/lib/domain/sync";
import { executeSync, recoverRuns } from "@/lib/services/execute-sync";
import { readSync } from "@/lib/services/read/read-syncs";
import { startSync } from "@/lib/services/start-sync";
import { describeFailure } from "./operator-error.mjs";
import { followRun } from "./sync/follow-run";
import { type SyncPrinter, syncPrinter } from "./sync/sync-progress";
import { summaryJson, summaryTable } from "./sync/sync-summary";
import { withDatabase } from "./with-database";

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });
  process.env.LOG_LEVEL ??= "error";
  const printer = syncPrinter((line) => process.stderr.write(`${line}\n`));
  return await withDatabase(printer.line, async () => {
    // One connection of the budget belongs to the executor lock.
    const composition = createComposition({
      process: "sync",
      maxConnections: CONNECTION_BUDGET.commandLine - 1,
      logTo: "stderr",
    });
    try {
      const { runId, status } = await syncOnce(composition, printer);
      const ctx = await composition.ctx({ actor: COMMAND_LINE_ACTOR });
      const detail = await readSync({ ctx, input: { id: String(runId) } });
      process.stdout.write(values.json ? `${JSON.stringify(summaryJson(detail), null, 2)}\n` : summaryTable(detail));
      return exitCodeOf(status);
    } finally {
      await composition.close();
    }
  });
}

/** Executes the sync here when nobody else executes syncs on this database, else leaves it to them and follows. */
async function syncOnce(
  composition: Composition,
  printer: SyncPrinter,
): Promise<{ runId: number; status: Exclude<RunStatus, "running"> }> {
  const ctx = await composition.ctx({ actor: COMMAND_LINE_ACTOR });
  const lock = await tryExecutorLock(composition.databaseUrl);
  if (lock) return await executeHere(composition, lock, printer);
  const { runId, joined } = await startSync({ ctx, input: { trigger: "command-line", executor: "queue" } });
  printer.line(joined ? `sync ${runId} is running already: following it` : `the worker executes sync ${runId}`);
  const followed = await followRun(ctx, runId, printer);
  if (followed !== "nobody-executes") return { runId, status: followed };
  // Whoever held the lock ended without taking the run: it is ours now.
  const freed = await tryExecutorLock(composition.databaseUrl);
  if (freed) return await executeHere(composition, freed, printer);
  return await syncOnce(composition, printer);
}

async function executeHere(
  composition: Composition,
  lock: ExecutorLock,
  printer: SyncPrinter,
): Promise<{ runId: number; status: Exclude<RunStatus, "running"> }> {
  const ctx = await composition.ctx({ actor: COMMAND_LINE_ACTOR });
  try {
    await recoverRuns({ ctx });
    const { runId } = await startSync({ ctx, input: { trigger: "command-line", executor: "caller" } });
    const lost = lock.lost.then(() => {
      throw new Error("The connection to the database broke; the sync is marked aborted at the next start.");
    });
    const status = await Promise.race([executeSync({ ctx, input: { runId, onProgress: printer.progress } }), lost]);
    return { runId, status };
  } finally {
    await lock.release().catch(() => {});
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(describeFailure(error));
    process.exitCode = 1;
  },
);
