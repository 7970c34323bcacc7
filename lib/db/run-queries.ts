import type { Database } from "@/lib/db/client";
import { cutConditions, type FleetCut, inScopeSql } from "@/lib/db/cut-sql";
import { SqlParams } from "@/lib/db/filter-sql";
import { FINE_OUTCOMES, OPTIONAL_SOURCES } from "@/lib/domain/sync";

export interface RunRow {
  id: number;
  trigger: string;
  status: string;
  phase: string;
  asOf: Date;
  startedAt: Date;
  finishedAt: Date | null;
  actor: string;
  error: string | null;
  counts: unknown;
  requests: unknown;
  awsChargesUsd: string;
  outcomes: unknown;
}

const COLUMNS = `r.id, r.trigger, r.status, r.phase, r.as_of AS "asOf", r.started_at AS "startedAt", r.finished_at AS "finishedAt", r.actor, r.error,
  r.counts, r.requests, r.aws_charges_usd::text AS "awsChargesUsd",
  COALESCE((SELECT jsonb_object_agg(status, n) FROM (SELECT status, count(*)::int AS n FROM sync_outcome WHERE run_id = r.id GROUP BY status) x), '{}') AS outcomes`;

/** Runs, newest first, below an id. */
export function listRuns(
  db: Database,
  input: { limit: number; belowId: number | null; status: string | null },
): Promise<RunRow[]> {
  return db.rows<RunRow>(
    `SELECT ${COLUMNS} FROM sync_run r WHERE ($1::int IS NULL OR r.id < $1::int) AND ($2::text IS NULL OR r.status = $2::text) ORDER BY r.id DESC LIMIT $3::int`,
    input.belowId,
    input.status,
    input.limit,
  );
}

export async function countRuns(db: Database, status: string | null): Promise<number> {
  const rows = await db.rows<{ n: number }>(
    `SELECT count(*)::int AS n FROM sync_run WHERE $1::text IS NULL OR status = $1::text`,
    status,
  );
  return rows[0]?.n ?? 0;
}

export async function runById(db: Database, id: number): Promise<RunRow | null> {
  const rows = await db.rows<RunRow>(`SELECT ${COLUMNS} FROM sync_run r WHERE r.id = $1::int`, id);
  return rows[0] ?? null;
}

/** What AWS charged for the product's own requests in [from, until), USD as exact text. */
export async function chargesBetween(db: Database, from: Date, until: Date): Promise<string> {
  const rows = await db.rows<{ usd: string }>(
    `SELECT COALESCE(sum(aws_charges_usd), 0)::text AS usd FROM sync_run WHERE started_at >= $1 AND started_at < $2`,
    from,
    until,
  );
  return rows[0]?.usd ?? "0";
}

export interface OutcomeRow {
  source: string;
  accountId: string;
  accountName: string | null;
  region: string;
  status: string;
  startedAt: Date | null;
  finishedAt: Date | null;
  itemCount: number;
  expectedCount: number | null;
  requestCount: number;
  errorCode: string | null;
  message: string | null;
  wayOut: string | null;
  failures: unknown;
}

/** Whether an outcome `o` is a problem: not fine, and not merely a source that this account or endpoint does not have ($2: fine statuses, $3: such sources). */
const IS_PROBLEM = `(o.status <> ALL($2::text[]) AND NOT (o.status = 'unsupported' AND o.source = ANY($3::text[])))`;
const PROBLEM_PARAMS = [[...FINE_OUTCOMES], [...OPTIONAL_SOURCES]] as const;

/** A part of a run's outcomes (limit null: to the end), problems first, then by account, region and source. */
export function runOutcomes(
  db: Database,
  runId: number,
  part: { problemsOnly: boolean; limit: number | null; offset: number },
): Promise<OutcomeRow[]> {
  return db.rows<OutcomeRow>(
    `SELECT o.source, o.account_id AS "accountId", a.name AS "accountName", o.region, o.status, o.started_at AS "startedAt", o.finished_at AS "finishedAt",
            o.item_count AS "itemCount", o.expected_count AS "expectedCount", o.request_count AS "requestCount", o.error_code AS "errorCode", o.message,
            o.way_out AS "wayOut", o.failures
       FROM sync_outcome o LEFT JOIN aws_account a ON a.account_id = o.account_id WHERE o.run_id = $1::int AND ($4::boolean IS NOT TRUE OR ${IS_PROBLEM})
      ORDER BY ${IS_PROBLEM} DESC, o.account_id, o.region, o.source LIMIT $5::int OFFSET $6::int`,
    runId,
    ...PROBLEM_PARAMS,
    part.problemsOnly,
    part.limit,
    part.offset,
  );
}

export interface ScopeProgressRow {
  accountId: string;
  accountName: string | null;
  region: string;
  done: number;
  total: number;
  items: number;
  running: boolean;
  problems: number;
}

/** How far a run is: its outcomes counted by account and region ('' where the source has none), in that order. */
export function runProgress(db: Database, runId: number): Promise<ScopeProgressRow[]> {
  return db.rows<ScopeProgressRow>(
    `SELECT o.account_id AS "accountId", a.name AS "accountName", o.region, (count(*) FILTER (WHERE o.status NOT IN ('pending', 'running')))::int AS done,
            count(*)::int AS total, sum(o.item_count)::int AS items, bool_or(o.status = 'running') AS running,
            (count(*) FILTER (WHERE ${IS_PROBLEM}))::int AS problems
       FROM sync_outcome o LEFT JOIN aws_account a ON a.account_id = o.account_id WHERE o.run_id = $1::int
      GROUP BY o.account_id, a.name, o.region ORDER BY o.account_id, o.region`,
    runId,
    ...PROBLEM_PARAMS,
  );
}

export interface FreshnessRow {
  lastRunId: number | null;
  lastFinishedAt: Date | null;
  lastStatus: string | null;
  running: boolean;
  everSynced: boolean;
  oldestCompleteAt: Date | null;
}

/** The last finished run and the oldest last complete listing among the scopes that hold brokers. */
export async function freshnessRow(db: Database): Promise<FreshnessRow> {
  const rows = await db.rows<FreshnessRow>(
    `SELECT last.id AS "lastRunId", last.finished_at AS "lastFinishedAt", last.status AS "lastStatus",
            EXISTS (SELECT 1 FROM sync_run WHERE status = 'running') AS running,
            EXISTS (SELECT 1 FROM scope_state WHERE source = 'mq-brokers' AND last_read_at IS NOT NULL) AS "everSynced",
            (SELECT min(s.last_complete_at) FROM scope_state s
              WHERE s.source = 'mq-brokers' AND s.last_status <> 'region-off'
                AND EXISTS (SELECT 1 FROM broker b WHERE b.account_id = s.account_id AND b.region = s.region AND b.gone_at IS NULL)
                AND NOT EXISTS (SELECT 1 FROM aws_account a WHERE a.account_id = s.account_id AND a.removed_at IS NOT NULL)) AS "oldestCompleteAt"
       FROM (SELECT 1) one LEFT JOIN LATERAL (SELECT id, finished_at, status FROM sync_run WHERE finished_at IS NOT NULL ORDER BY id DESC LIMIT 1) last ON true`,
  );
  return (
    rows[0] ?? {
      lastRunId: null,
      lastFinishedAt: null,
      lastStatus: null,
      running: false,
      everSynced: false,
      oldestCompleteAt: null,
    }
  );
}

export interface ChangeRow {
  id: bigint;
  brokerId: string;
  brokerName: string;
  attribute: string;
  oldValue: unknown;
  newValue: unknown;
  observedAt: Date;
  previousObservedAt: Date | null;
}

const CHANGE_COLUMNS = `c.id, b.broker_id AS "brokerId", b.name AS "brokerName", c.attribute, c.old_value AS "oldValue", c.new_value AS "newValue",
  c.observed_at AS "observedAt", c.previous_observed_at AS "previousObservedAt"`;

/** Changes of one broker, newest first, below an id. */
export function brokerChangeRows(
  db: Database,
  dbId: number,
  limit: number,
  belowId: bigint | null,
): Promise<ChangeRow[]> {
  return db.rows<ChangeRow>(
    `SELECT ${CHANGE_COLUMNS} FROM broker_change c JOIN broker b ON b.id = c.broker_id
      WHERE c.broker_id = $1::int AND ($2::bigint IS NULL OR c.id < $2::bigint) ORDER BY c.id DESC LIMIT $3::int`,
    dbId,
    belowId,
    limit,
  );
}

export async function brokerChangeCount(db: Database, dbId: number): Promise<number> {
  const rows = await db.rows<{ n: number }>(
    `SELECT count(*)::int AS n FROM broker_change WHERE broker_id = $1::int`,
    dbId,
  );
  return rows[0]?.n ?? 0;
}

/** The part of a table with the columns of a cut that belongs to accounts in scope and to the cut. */
function cutSql(table: "b" | "f", cut: FleetCut, params: SqlParams): string {
  return [inScopeSql(table), ...cutConditions(table, cut, params)]
    .filter((condition) => condition !== null)
    .join(" AND ");
}

/** Changes in a cut of the fleet observed after an instant, newest first, and how many there are; episodes opened and closed since. */
export async function changesSince(
  db: Database,
  input: { since: Date; limit: number; cut: FleetCut },
): Promise<{ rows: ChangeRow[]; total: number; opened: number; closed: number }> {
  const { since, limit, cut } = input;
  const changes = `broker_change c JOIN broker b ON b.id = c.broker_id LEFT JOIN owner o ON o.id = b.owner_id`;
  const episodes = `finding_episode e JOIN finding f ON f.id = e.finding_id LEFT JOIN owner o ON o.id = f.owner_id`;
  const listing = new SqlParams();
  const after = `${listing.add(since)}::timestamptz`;
  const listSql = `SELECT ${CHANGE_COLUMNS} FROM ${changes} WHERE c.observed_at > ${after} AND ${cutSql("b", cut, listing)}
      ORDER BY c.observed_at DESC, c.id DESC LIMIT ${listing.add(limit)}::int`;
  const counting = new SqlParams();
  const from = `${counting.add(since)}::timestamptz`;
  const [ofBrokers, ofFindings] = [cutSql("b", cut, counting), cutSql("f", cut, counting)];
  const countSql = `SELECT (SELECT count(*)::int FROM ${changes} WHERE c.observed_at > ${from} AND ${ofBrokers}) AS total,
              (SELECT count(*)::int FROM ${episodes} WHERE e.opened_at > ${from} AND ${ofFindings}) AS opened,
              (SELECT count(*)::int FROM ${episodes} WHERE e.closed_at > ${from} AND ${ofFindings}) AS closed`;
  const [rows, counts] = await Promise.all([
    db.rows<ChangeRow>(listSql, ...listing.values),
    db.rows<{ total: number; opened: number; closed: number }>(countSql, ...counting.values),
  ]);
  return { rows, ...(counts[0] ?? { total: 0, opened: 0, closed: 0 }) };
}

/** Business time of the latest `count` finished runs, newest first. */
export async function latestRunTimes(db: Database, count: number): Promise<Date[]> {
  const rows = await db.rows<{ asOf: Date }>(
    `SELECT as_of AS "asOf" FROM sync_run WHERE status IN ('complete', 'partial') ORDER BY id DESC LIMIT $1::int`,
    count,
  );
  return rows.map((r) => r.asOf);
}
