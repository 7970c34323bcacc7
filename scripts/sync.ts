/**
 * `npm run sync`: one sync from the command line. Progress on standard error, a summary on standard output (`--json` for machines).
 * Exit code 0 complete, 2 partial, 1 failed. Beside a running server or demo it joins that one: its worker does the work.
 */
import { COMMAND_LINE_ACTOR, createComposition } from "@/lib/context";
import { CONNECTION_BUDGET } from "@/lib/db/connection-budget";
import { exitCodeOf } from "@/lib/domain/sync";
import { readSync } from "@/lib/services/read/read-syncs";
import { commandOptions } from "./command-options";
import { describeFailure } from "./operator-error.mjs";
import { syncOnce } from "./sync/sync-once";
import { syncPrinter } from "./sync/sync-progress";
import { summaryJson, summaryTable } from "./sync/sync-summary";
import { withDatabase } from "./with-database";

async function main(): Promise<number> {
  const values = commandOptions("npm run sync -- [--json]", { json: { type: "boolean", default: false } });
  if (!values) return 0;
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
      const detail = await readSync({ ctx, input: { id: String(runId), show: "all", limit: null, offset: 0 } });
      process.stdout.write(values.json ? `${JSON.stringify(summaryJson(detail), null, 2)}\n` : summaryTable(detail));
      return exitCodeOf(status);
    } finally {
      await composition.close();
    }
  });
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
