import type { Database } from "@/lib/db/client";
import { toJsonb } from "@/lib/db/to-jsonb";
import { type ItemFailure, OUTCOME_STATUSES, type OutcomeStatus, type SyncSource } from "@/lib/domain/sync";

/** The key of an outcome within a run; `region` is '' where the source has none. */
export interface ScopeKey {
  source: SyncSource;
  accountId: string;
  region: string;
}

/** What one source x account x region came to, ready to be stored. */
export interface FinishedOutcome extends ScopeKey {
  status: Exclude<OutcomeStatus, "pending" | "running">;
  itemCount: number;
  expectedCount: number | null;
  requestCount: number;
  errorCode: string | null;
  message: string | null;
  wayOut: string | null;
  failures: readonly ItemFailure[];
}

/** An outcome as it is planned: to be read, or settled before reading (not due, or no credentials at all). */
export interface PlannedOutcome extends ScopeKey {
  status: Exclude<OutcomeStatus, "running">;
  errorCode?: string | null;
  message?: string | null;
  wayOut?: string | null;
}

const MAX_STORED_FAILURES = 50;

/** Inserts the planned outcomes of a run; those that exist already (a plan that is repeated) are left alone. */
export async function insertOutcomes(db: Database, runId: number, outcomes: readonly PlannedOutcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  await db.execute(
    `INSERT INTO sync_outcome (run_id, source, account_id, region, status, error_code, message, way_out)
     SELECT $1, source, "accountId", region, status, "errorCode", message, "wayOut"
     FROM jsonb_to_recordset($2::jsonb) AS o(source text, "accountId" text, region text, status text, "errorCode" text, message text, "wayOut" text)
     ON CONFLICT DO NOTHING`,
    runId,
    toJsonb(outcomes),
  );
}

/**
 * Tells the planner what a plan has just put there: without, it takes the table for empty until autovacuum comes by, and reads the whole run for every
 * outcome that is told (5 ms each instead of 0.5 at 12,000 outcomes).
 */
export async function analyzeOutcomes(db: Database): Promise<void> {
  await db.execute("ANALYZE sync_outcome");
}

/** Marks scopes as being read. */
export async function startOutcomes(db: Database, runId: number, keys: readonly ScopeKey[], at: Date): Promise<void> {
  await db.execute(
    `UPDATE sync_outcome o SET status = 'running', started_at = $3::timestamptz
     FROM jsonb_to_recordset($2::jsonb) AS k(source text, "accountId" text, region text)
     WHERE o.run_id = $1 AND o.source = k.source AND o.account_id = k."accountId" AND o.region = k.region AND o.status = 'pending'`,
    runId,
    JSON.stringify(keys),
    at,
  );
}

/** How far scopes are, for those who watch. Only running outcomes are touched. */
export async function reportProgress(
  db: Database,
  runId: number,
  progress: readonly (ScopeKey & { done: number; expected: number })[],
): Promise<void> {
  await db.execute(
    `UPDATE sync_outcome o SET item_count = p.done, expected_count = p.expected
     FROM jsonb_to_recordset($2::jsonb) AS p(source text, "accountId" text, region text, done int, expected int)
     WHERE o.run_id = $1 AND o.source = p.source AND o.account_id = p."accountId" AND o.region = p.region AND o.status = 'running'`,
    runId,
    JSON.stringify(progress),
  );
}

const RECORDSET = `jsonb_to_recordset($2::jsonb) AS f(source text, "accountId" text, region text, status text, "itemCount" int,
  "expectedCount" int, "requestCount" int, "errorCode" text, message text, "wayOut" text, failures jsonb)`;

/**
 * Stores outcomes and moves the scopes' latest state with them. `at` is the run's business time: what was read is said to be of that instant.
 * A skipped outcome leaves the scope's state as it was; a region that is off is a state, not a failure.
 */
export async function storeOutcomes(
  db: Database,
  runId: number,
  outcomes: readonly FinishedOutcome[],
  at: Date,
): Promise<void> {
  if (outcomes.length === 0) return;
  const rows = toJsonb(outcomes.map((o) => ({ ...o, failures: o.failures.slice(0, MAX_STORED_FAILURES) })));
  await db.execute(
    `UPDATE sync_outcome o SET status = f.status, started_at = COALESCE(o.started_at, $3::timestamptz), finished_at = $3::timestamptz, item_count = f."itemCount",
       expected_count = f."expectedCount", request_count = f."requestCount", error_code = f."errorCode", message = f.message,
       way_out = f."wayOut", failures = f.failures
     FROM ${RECORDSET}
     WHERE o.run_id = $1 AND o.source = f.source AND o.account_id = f."accountId" AND o.region = f.region`,
    runId,
    rows,
    at,
  );
  await db.execute(
    `INSERT INTO scope_state (source, account_id, region, last_status, last_attempt_at, last_read_at, last_complete_at, failing_since,
       error_code, message, way_out, last_run_id)
     SELECT source, "accountId", region, status, $3::timestamptz, CASE WHEN status IN ('complete', 'partial') THEN $3::timestamptz END,
       CASE WHEN status = 'complete' THEN $3::timestamptz END,
       CASE WHEN status NOT IN ('complete', 'region-off') THEN $3::timestamptz END, "errorCode", message, "wayOut", $1
     FROM ${RECORDSET} WHERE status <> 'skipped'
     ON CONFLICT (source, account_id, region) DO UPDATE SET
       last_status = EXCLUDED.last_status, last_attempt_at = EXCLUDED.last_attempt_at,
       last_read_at = COALESCE(EXCLUDED.last_read_at, scope_state.last_read_at),
       last_complete_at = COALESCE(EXCLUDED.last_complete_at, scope_state.last_complete_at),
       failing_since = CASE WHEN EXCLUDED.last_status IN ('complete', 'region-off') THEN NULL
         ELSE COALESCE(scope_state.failing_since, EXCLUDED.failing_since) END,
       error_code = EXCLUDED.error_code, message = EXCLUDED.message, way_out = EXCLUDED.way_out, last_run_id = EXCLUDED.last_run_id`,
    runId,
    rows,
    at,
  );
}

/** Settles what was never read of runs that are over. */
export async function failOpenOutcomes(
  db: Database,
  runIds: readonly number[],
  at: Date,
  message: string,
): Promise<void> {
  if (runIds.length === 0) return;
  await db.execute(
    `UPDATE sync_outcome SET status = 'failed', error_code = 'internal', finished_at = $2::timestamptz, message = $3,
       way_out = 'Start another sync.'
     WHERE run_id = ANY($1::int[]) AND status IN ('pending', 'running')`,
    runIds,
    at,
    message,
  );
}

/** Numbers of a run's outcomes by source and status. */
export async function countOutcomes(
  db: Database,
  runId: number,
): Promise<{ source: string; status: OutcomeStatus; count: number }[]> {
  const rows = await db.rows<{ source: string; status: string; count: number }>(
    "SELECT source, status, count(*)::int AS count FROM sync_outcome WHERE run_id = $1 GROUP BY source, status ORDER BY 1, 2",
    runId,
  );
  return rows.map((row) => ({ ...row, status: OUTCOME_STATUSES.find((status) => status === row.status) ?? "failed" }));
}

/** Whether something of a run is still to be read. */
export async function hasOpenOutcomes(db: Database, runId: number): Promise<boolean> {
  const rows = await db.rows<{ open: boolean }>(
    "SELECT EXISTS (SELECT 1 FROM sync_outcome WHERE run_id = $1 AND status IN ('pending', 'running')) AS open",
    runId,
  );
  return rows[0]?.open ?? false;
}

/** Keys of outcomes that are not over: pending, and running ones of an executor that is gone. */
export async function openOutcomes(db: Database, runId: number): Promise<ScopeKey[]> {
  return db.rows<ScopeKey>(
    `SELECT source, account_id AS "accountId", region FROM sync_outcome
     WHERE run_id = $1 AND status IN ('pending', 'running') ORDER BY account_id, source, region`,
    runId,
  );
}

/** Removes what nobody asks for any more: outcomes of old runs that were complete or not due. The runs themselves stay. */
export async function pruneOutcomes(db: Database, before: Date): Promise<number> {
  return db.execute(
    `DELETE FROM sync_outcome o USING sync_run r
     WHERE r.id = o.run_id AND r.as_of < $1 AND r.status <> 'running' AND o.status IN ('complete', 'skipped')`,
    before,
  );
}
