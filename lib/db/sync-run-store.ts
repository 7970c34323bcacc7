import { z } from "zod";
import type { Database } from "@/lib/db/client";
import { failOpenOutcomes } from "@/lib/db/sync-outcome-store";
import type { Decimal } from "@/lib/domain/money";
import { decimalToText } from "@/lib/domain/money";
import type { RunStatus, RunTrigger } from "@/lib/domain/sync";

export type RunPhase = "planning" | "reading" | "evaluating" | "done";

/** A run as the sync services need it. */
export interface SyncRunRow {
  id: number;
  trigger: string;
  status: string;
  phase: string;
  asOf: Date;
  heartbeatAt: Date;
}

const COLUMNS = `id, trigger, status, phase, as_of AS "asOf", heartbeat_at AS "heartbeatAt"`;

/**
 * Creates a running run. Returns null when another one is running: the partial unique index decides, so two processes cannot both win.
 * `asOf` is business time, `heartbeatAt` wall time.
 */
export async function insertRunUnlessRunning(
  db: Database,
  run: { trigger: RunTrigger; asOf: Date; heartbeatAt: Date; actor: string },
): Promise<number | null> {
  const rows = await db.rows<{ id: number }>(
    `INSERT INTO sync_run (trigger, status, phase, as_of, started_at, heartbeat_at, actor)
     VALUES ($1, 'running', 'planning', $2, $2, $3, $4)
     ON CONFLICT ((true)) WHERE status = 'running' DO NOTHING RETURNING id`,
    run.trigger,
    run.asOf,
    run.heartbeatAt,
    run.actor,
  );
  return rows[0]?.id ?? null;
}

export async function findRun(db: Database, runId: number): Promise<SyncRunRow | null> {
  const rows = await db.rows<SyncRunRow>(`SELECT ${COLUMNS} FROM sync_run WHERE id = $1`, runId);
  return rows[0] ?? null;
}

export async function findRunningRun(db: Database): Promise<SyncRunRow | null> {
  const rows = await db.rows<SyncRunRow>(`SELECT ${COLUMNS} FROM sync_run WHERE status = 'running'`);
  return rows[0] ?? null;
}

/** Business time of the newest run that read something; null before the first. */
export async function latestAsOf(db: Database): Promise<Date | null> {
  const rows = await db.rows<{ asOf: Date | null }>(
    `SELECT max(as_of) AS "asOf" FROM sync_run WHERE status IN ('complete', 'partial')`,
  );
  return rows[0]?.asOf ?? null;
}

export async function setRunPhase(db: Database, runId: number, phase: RunPhase): Promise<void> {
  await db.execute("UPDATE sync_run SET phase = $2 WHERE id = $1 AND status = 'running'", runId, phase);
}

/** Says that the executor of the running run is alive. Returns whether there was one. */
export async function beat(db: Database, wallNow: Date): Promise<boolean> {
  return (await db.execute("UPDATE sync_run SET heartbeat_at = $1 WHERE status = 'running'", wallNow)) > 0;
}

/** Requests per AWS service, as the gateway counts them. */
export type ServiceRequests = Readonly<
  Record<string, { requests: number; retries: number; throttled: number; billableUnits: number }>
>;

/**
 * Adds requests and counts to the run's and locks the run's row until the transaction ends: storing is serial per run, so whoever stores the last
 * scope knows it. Returns false when the run is not running any more: the caller must then store nothing.
 */
export async function lockRunAndAdd(
  db: Database,
  runId: number,
  added: { requests: ServiceRequests; counts: Readonly<Record<string, number>> },
): Promise<boolean> {
  const locked = await db.execute(
    `UPDATE sync_run SET counts = (
       SELECT COALESCE(jsonb_object_agg(key, total), '{}')
       FROM (SELECT e.key, sum(e.value::text::bigint) AS total
         FROM (SELECT * FROM jsonb_each(sync_run.counts) UNION ALL SELECT * FROM jsonb_each($3::jsonb)) AS e GROUP BY e.key) AS added),
     requests = COALESCE((
       SELECT jsonb_object_agg(service, jsonb_build_object('requests', requests, 'retries', retries, 'throttled', throttled,
         'billableUnits', units))
       FROM (SELECT e.key AS service, sum((e.value->>'requests')::bigint) AS requests, sum((e.value->>'retries')::bigint) AS retries,
           sum((e.value->>'throttled')::bigint) AS throttled, sum((e.value->>'billableUnits')::bigint) AS units
         FROM (SELECT * FROM jsonb_each(sync_run.requests) UNION ALL SELECT * FROM jsonb_each($2::jsonb)) AS e
         GROUP BY e.key) AS summed), '{}')
     WHERE id = $1 AND status = 'running'`,
    runId,
    JSON.stringify(added.requests),
    JSON.stringify(added.counts),
  );
  return locked > 0;
}

const requestsSchema = z.record(
  z.string(),
  z.object({ requests: z.number(), retries: z.number(), throttled: z.number(), billableUnits: z.number() }),
);

/** What the run has asked of AWS so far. */
export async function runRequests(db: Database, runId: number): Promise<ServiceRequests> {
  const rows = await db.rows<{ requests: unknown }>("SELECT requests FROM sync_run WHERE id = $1", runId);
  return requestsSchema.parse(rows[0]?.requests ?? {});
}

export interface RunResult {
  status: Exclude<RunStatus, "running">;
  finishedAt: Date;
  error: string | null;
  counts: Readonly<Record<string, number>>;
  awsChargesUsd: Decimal;
}

/** Closes a running run; false when it was closed already (aborted meanwhile). */
export async function closeRun(db: Database, runId: number, result: RunResult): Promise<boolean> {
  const closed = await db.execute(
    `UPDATE sync_run SET status = $2, phase = 'done', finished_at = $3, error = $4, counts = counts || $5::jsonb,
       aws_charges_usd = $6::numeric WHERE id = $1 AND status = 'running'`,
    runId,
    result.status,
    result.finishedAt,
    result.error,
    JSON.stringify(result.counts),
    decimalToText(result.awsChargesUsd),
  );
  return closed > 0;
}

/**
 * Marks running runs as aborted: those whose heartbeat (wall time) is older than `before`, or all that were past planning when `before` is null
 * (the caller holds the executor lock, so nobody can be working on them). Their unread outcomes become failed. Returns the ids.
 */
export async function abortRuns(db: Database, input: { before: Date | null; finishedAt: Date }): Promise<number[]> {
  return db.transaction(async (tx) => {
    const rows = await tx.rows<{ id: number }>(
      `UPDATE sync_run SET status = 'aborted', finished_at = GREATEST($2::timestamptz, as_of),
         error = 'The process that read AWS ended before the sync was over. What it had stored is complete per scope; the next sync reads the rest.'
       WHERE status = 'running' AND (heartbeat_at < $1::timestamptz OR ($1::timestamptz IS NULL AND phase <> 'planning')) RETURNING id`,
      input.before,
      input.finishedAt,
    );
    const ids = rows.map((row) => row.id);
    await failOpenOutcomes(tx, ids, input.finishedAt, "Not read: the sync was aborted.");
    return ids;
  });
}
