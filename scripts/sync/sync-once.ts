import { COMMAND_LINE_ACTOR, type Composition } from "@/lib/context";
import { type ExecutorLock, tryExecutorLock } from "@/lib/db/sync-executor-lock";
import type { RunStatus } from "@/lib/domain/sync";
import { executeSync, recoverRuns } from "@/lib/services/execute-sync";
import { startSync } from "@/lib/services/start-sync";
import { followRun } from "./follow-run";
import type { SyncPrinter } from "./sync-progress";

/** Executes the sync here when nobody else executes syncs on this database, else leaves it to them and follows. */
export async function syncOnce(
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
