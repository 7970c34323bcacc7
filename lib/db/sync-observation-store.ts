import type { Database } from "@/lib/db/client";
import type { SyncSource } from "@/lib/domain/sync";

/** Runs looked through for a scope's earlier observation; a scope that failed longer has none that is worth calling "the one before". */
const RUNS_LOOKED_THROUGH = 20;

/** When each scope's descriptions were read before a run: `account|region` -> business time. */
export function describedBeforeRun(db: Database, runId: number): Promise<ReadonlyMap<string, Date>> {
  return readBeforeRun(db, runId, "mq-descriptions");
}

/** When a source of each scope was read before a run: `account|region` -> business time. */
export async function readBeforeRun(
  db: Database,
  runId: number,
  source: SyncSource,
): Promise<ReadonlyMap<string, Date>> {
  const rows = await db.rows<{ accountId: string; region: string; at: Date }>(
    `SELECT o.account_id AS "accountId", o.region, max(r.as_of) AS at
     FROM (SELECT id, as_of FROM sync_run WHERE id < $1 ORDER BY id DESC LIMIT ${RUNS_LOOKED_THROUGH}) AS r
     JOIN sync_outcome o ON o.run_id = r.id AND o.source = $2 AND o.status IN ('complete', 'partial')
     GROUP BY o.account_id, o.region`,
    runId,
    source,
  );
  return new Map(rows.map((row) => [`${row.accountId}|${row.region}`, row.at]));
}

/** Serializes evaluations: a second one waits until the transaction of the first ends. */
export async function lockEvaluation(db: Database): Promise<void> {
  await db.rows("SELECT pg_advisory_xact_lock(hashtext('mq-steward:evaluation'))::text");
}

/**
 * Keeps evaluations away while people decide about findings, who do not keep each other away: an evaluation writes findings as it read them at its
 * start, so a decision in between would be lost.
 */
export async function holdEvaluation(db: Database): Promise<void> {
  await db.rows("SELECT pg_advisory_xact_lock_shared(hashtext('mq-steward:evaluation'))::text");
}
