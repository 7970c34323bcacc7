import type { SyncProgress } from "@/lib/services/execute-sync";

export interface SyncPrinter {
  readonly line: (text: string) => void;
  readonly progress: (progress: SyncProgress) => void;
}

const SAY_EVERY_MS = 1_000;

/** Lines of progress for a person: phases, counts, failures as they come, time left. At most one line of counts a second. */
export function syncPrinter(write: (line: string) => void, now: () => number = () => performance.now()): SyncPrinter {
  let saidAt = Number.NEGATIVE_INFINITY;
  let phase = "";
  let readingSince = 0;
  let brokers = 0;
  const said = new Set<string>();
  return {
    line: write,
    progress: (progress) => {
      if (progress.phase !== phase) {
        phase = progress.phase;
        saidAt = now();
        readingSince = now();
        if (phase === "planning") write("planning what to read ...");
        if (phase === "evaluating") write("judging brokers, findings and KPIs ...");
        if (progress.phase === "reading") write(`reading ${progress.planned} scopes (source x account x region) ...`);
      }
      if (progress.phase !== "reading") return;
      for (const outcome of progress.reading?.outcomes ?? []) {
        if (outcome.source === "mq-brokers") brokers += outcome.itemCount;
        if (["complete", "region-off", "skipped"].includes(outcome.status)) continue;
        // What stops a hundred scopes of an account is said once; the summary counts them.
        const cause = `${outcome.accountId} ${outcome.status} ${outcome.message}`;
        if (said.has(cause)) continue;
        said.add(cause);
        const where = [outcome.accountId, outcome.region].filter(Boolean).join(" ");
        write(`  ${outcome.source} ${where}: ${outcome.status}${outcome.message ? ` - ${outcome.message}` : ""}`);
      }
      if (now() - saidAt < SAY_EVERY_MS || progress.done === 0) return;
      saidAt = now();
      const left = ((now() - readingSince) / progress.done) * (progress.planned - progress.done);
      const seen = brokers > 0 ? `, ${brokers} brokers` : "";
      write(`reading ${progress.done} of ${progress.planned} scopes${seen}, about ${Math.ceil(left / 1000)} s left`);
    },
  };
}
