/** The worker process: takes jobs from the queue until it is asked to stop, then finishes or releases the ones it has. */
import { runWorker } from "@/lib/worker";
import { describeFailure } from "./operator-error.mjs";
import { READY_LINE } from "./supervisor/plan";

async function main(): Promise<void> {
  const worker = await runWorker();
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    worker.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(describeFailure(error));
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  console.log(READY_LINE);
}

main().catch((error: unknown) => {
  console.error(describeFailure(error));
  process.exit(1);
});
