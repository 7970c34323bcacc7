/** `npm run sync` without the database it brings: DATABASE_URL names a migrated one. Prints the run's id and status as JSON. */
import { createComposition } from "@/lib/context";
import { CONNECTION_BUDGET } from "@/lib/db/connection-budget";
import { describeFailure } from "../../operator-error.mjs";
import { syncOnce } from "../sync-once";
import { syncPrinter } from "../sync-progress";

async function main(): Promise<void> {
  const composition = createComposition({
    process: "sync",
    maxConnections: CONNECTION_BUDGET.commandLine - 1,
    logTo: "stderr",
  });
  try {
    console.log(
      JSON.stringify(
        await syncOnce(
          composition,
          syncPrinter((line) => process.stderr.write(`${line}\n`)),
        ),
      ),
    );
  } finally {
    await composition.close();
  }
}

main().catch((error: unknown) => {
  console.error(describeFailure(error));
  process.exitCode = 1;
});
