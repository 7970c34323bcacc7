import type { Database } from "@/lib/db/client";

/** What a report is limited to; null: no limit. */
export interface ReportCut {
  accountId: string | null;
  ownerKey: string | null;
}

/** A KPI's value of the newest daily snapshot of an interval; numbers are exact text. */
export interface KpiDayRow {
  kpiId: string;
  version: number;
  series: string;
  day: string;
  value: string | null;
  numerator: string | null;
  denominator: string | null;
  unknowns: number;
  detail: unknown;
  asOf: Date;
}

/** The newest daily snapshot in [from, until) of one dimension and key, by KPI and series. Empty where no day of it has one. */
export function newestKpiDay(
  db: Database,
  input: { dimension: string; key: string; from: string; until: string },
): Promise<KpiDayRow[]> {
  return db.rows<KpiDayRow>(
    `SELECT kpi_id AS "kpiId", kpi_version AS version, series, day::text AS day, value::text AS value, numerator::text AS numerator,
            denominator::text AS denominator, unknowns, detail, as_of AS "asOf"
       FROM kpi_snapshot
      WHERE dimension = $1 AND key = $2 AND day = (SELECT max(day) FROM kpi_snapshot WHERE day >= $3::text::date AND day < $4::text::date)
      ORDER BY kpi_id, series`,
    input.dimension,
    input.key,
    input.from,
    input.until,
  );
}

/** The oldest change after an instant of each broker and attribute: what its value was at that instant. */
export function valuesBeforeLaterChanges(
  db: Database,
  at: Date,
): Promise<{ brokerId: number; attribute: string; oldValue: unknown }[]> {
  return db.rows(
    `SELECT DISTINCT ON (broker_id, attribute) broker_id AS "brokerId", attribute, old_value AS "oldValue" FROM broker_change
      WHERE observed_at >= $1 AND attribute IN ('engineVersion', 'deploymentMode', 'instanceType', 'state', 'autoMinorVersionUpgrade', 'environment', 'owner')
      ORDER BY broker_id, attribute, observed_at, id`,
    at,
  );
}

/** How far back final days are looked for. */
const RATE_LOOKBACK_DAYS = 120;

/**
 * What each broker cost per month before `until`, as run rates are made: the mean of the last `days` final days of its account on which it cost
 * anything, x 365/12; exact text. A day that AWS still marks as estimated is none of them. Brokers without any are absent; of two currencies the
 * one with more days comes last.
 */
export function brokerRatesBefore(
  db: Database,
  until: string,
  days: number,
): Promise<{ brokerId: number; currency: string; monthlyCost: string }[]> {
  return db.rows(
    `WITH known AS (
       SELECT account_id, currency, reported_by, day, estimated FROM cost_allocation_day WHERE day >= $1::text::date - $3::int AND day < $1::text::date
     ), reporter AS (
       SELECT DISTINCT ON (account_id) account_id, reported_by FROM known ORDER BY account_id, day DESC, currency
     ), final AS (
       SELECT reported_by, day, row_number() OVER (PARTITION BY reported_by ORDER BY day DESC) AS place
         FROM known GROUP BY reported_by, day HAVING NOT bool_or(estimated)
     ), wanted AS (
       SELECT r.account_id, f.day FROM reporter r JOIN final f USING (reported_by) WHERE f.place <= $2::int
     )
     SELECT b.id AS "brokerId", c.currency,
            round(sum(c.amounts[extract(day FROM w.day)::int]) * 365 / (12 * count(DISTINCT w.day)), 18)::text AS "monthlyCost"
       FROM wanted w JOIN broker b ON b.account_id = w.account_id
       JOIN broker_cost_month c ON c.broker_id = b.id AND c.month = date_trunc('month', w.day)::date
      WHERE c.amounts[extract(day FROM w.day)::int] IS NOT NULL
      GROUP BY b.id, c.currency ORDER BY b.id, count(DISTINCT w.day), c.currency DESC`,
    until,
    days,
    RATE_LOOKBACK_DAYS,
  );
}

/** An episode that overlaps a quarter, with the names that a reader needs. Owner and environment are those of the day on which it opened. */
export interface ReportFindingRow {
  episodeId: number;
  findingId: number;
  ruleId: string;
  summary: string;
  severity: number;
  openedAt: Date;
  closedAt: Date | null;
  closeCause: string | null;
  /** As it was at the end of what the report looks at. */
  state: string | null;
  dueOn: string | null;
  brokerId: number | null;
  brokerName: string | null;
  subject: string;
  accountId: string;
  region: string;
  environment: string;
  production: boolean | null;
  ownerKey: string | null;
  ownerName: string | null;
}

const IN_SCOPE = `NOT EXISTS (SELECT 1 FROM aws_account a WHERE a.account_id = f.account_id AND a.removed_at IS NOT NULL)
        AND ($3::text IS NULL OR f.account_id = $3) AND ($4::text IS NULL OR COALESCE(o.key, '(none)') = $4)`;

/** Episodes that overlap [from, until), by id. */
export function reportFindings(db: Database, from: Date, until: Date, cut: ReportCut): Promise<ReportFindingRow[]> {
  return db.rows<ReportFindingRow>(
    `SELECT e.id AS "episodeId", f.id AS "findingId", f.rule_id AS "ruleId", f.summary, e.severity, e.opened_at AS "openedAt", e.closed_at AS "closedAt",
            e.close_cause AS "closeCause", s.to_state AS state, e.due_on::text AS "dueOn", b.id AS "brokerId", b.name AS "brokerName",
            f.subject_key AS subject, f.account_id AS "accountId", f.region, e.environment_at_open AS environment, b.counts_as_production AS production,
            o.key AS "ownerKey", o.display_name AS "ownerName"
       FROM finding_episode e JOIN finding f ON f.id = e.finding_id LEFT JOIN broker b ON b.id = f.broker_id LEFT JOIN owner o ON o.id = e.owner_id_at_open
       LEFT JOIN (SELECT DISTINCT ON (v.episode_id) v.episode_id, v.to_state FROM finding_event v WHERE v.at < $2 AND v.kind = 'transition'
                   ORDER BY v.episode_id, v.at DESC, v.id DESC) s ON s.episode_id = e.id
      WHERE e.opened_at < $2 AND (e.closed_at IS NULL OR e.closed_at >= $1) AND e.moved_to_broker_id IS NULL AND ${IN_SCOPE}
      ORDER BY e.id`,
    from,
    until,
    cut.accountId,
    cut.ownerKey,
  );
}

/** An approval of an acceptance or a false positive. */
export interface AcceptanceRow {
  episodeId: number;
  findingId: number;
  summary: string;
  severity: number;
  kind: string;
  at: Date;
  approvedBy: string;
  requestedBy: string | null;
  reason: string | null;
  expiresOn: string | null;
  brokerName: string | null;
  subject: string;
  ownerName: string | null;
}

/** Approvals in [from, until), by time. */
export function acceptanceRows(db: Database, from: Date, until: Date, cut: ReportCut): Promise<AcceptanceRow[]> {
  return db.rows<AcceptanceRow>(
    `SELECT v.episode_id AS "episodeId", f.id AS "findingId", f.summary, e.severity, v.to_state AS kind, v.at, v.actor AS "approvedBy",
            v.detail->>'requestedBy' AS "requestedBy", v.detail->>'reason' AS reason, v.detail->>'expiresOn' AS "expiresOn",
            b.name AS "brokerName", f.subject_key AS subject, o.display_name AS "ownerName"
       FROM finding_event v JOIN finding_episode e ON e.id = v.episode_id JOIN finding f ON f.id = e.finding_id
       LEFT JOIN broker b ON b.id = f.broker_id LEFT JOIN owner o ON o.id = e.owner_id_at_open
      WHERE v.to_state IN ('accepted', 'false-positive') AND v.from_state = 'acceptance-requested' AND v.kind = 'transition' AND v.at >= $1 AND v.at < $2
        AND ${IN_SCOPE} ORDER BY v.at, v.id`,
    from,
    until,
    cut.accountId,
    cut.ownerKey,
  );
}

/** A plan with its progress at an instant. */
export interface ReportPlanRow {
  id: number;
  title: string;
  brokerName: string;
  ownerName: string | null;
  createdAt: Date;
  completedAt: Date | null;
  cancelledAt: Date | null;
  steps: number;
  done: number;
  overdue: number;
  endsOn: string | null;
}

/** Plans that were active at some time of [from, until), with their steps as of `until`. */
export function reportPlans(db: Database, from: Date, until: Date, cut: ReportCut): Promise<ReportPlanRow[]> {
  return db.rows<ReportPlanRow>(
    `SELECT p.id, p.title, f.name AS "brokerName", o.display_name AS "ownerName", p.created_at AS "createdAt", p.completed_at AS "completedAt",
            p.cancelled_at AS "cancelledAt", g.total AS steps, g.done, g.overdue, g.ends_on::text AS "endsOn"
       FROM plan p JOIN broker f ON f.id = p.broker_id LEFT JOIN owner o ON o.id = f.owner_id
       LEFT JOIN LATERAL (SELECT count(*) FILTER (WHERE s.state <> 'skipped')::int AS total, count(*) FILTER (WHERE s.state = 'done' AND s.done_at < $2)::int AS done,
              count(*) FILTER (WHERE s.state <> 'skipped' AND (s.done_at IS NULL OR s.done_at >= $2) AND s.planned_on < ($2 AT TIME ZONE 'UTC')::date)::int AS overdue,
              max(s.planned_on) FILTER (WHERE s.state <> 'skipped') AS ends_on
            FROM plan_step s WHERE s.plan_id = p.id) g ON true
      WHERE p.created_at < $2 AND COALESCE(p.completed_at, p.cancelled_at, 'infinity') >= $1 AND ${IN_SCOPE}
      ORDER BY p.created_at, p.id`,
    from,
    until,
    cut.accountId,
    cut.ownerKey,
  );
}

/** The best sync of each day of [from, until) that has any; ascending. `complete`: at least one read everything. */
export function syncDays(
  db: Database,
  from: Date,
  until: Date,
): Promise<{ day: string; complete: boolean; read: boolean }[]> {
  return db.rows(
    `SELECT (as_of AT TIME ZONE 'UTC')::date::text AS day, bool_or(status = 'complete') AS complete, bool_or(status IN ('complete', 'partial')) AS read
       FROM sync_run WHERE as_of >= $1 AND as_of < $2 GROUP BY 1 ORDER BY 1`,
    from,
    until,
  );
}

/** Scopes whose readings were not complete in [from, until): how often, and what the last of them said. */
export function failedScopes(
  db: Database,
  from: Date,
  until: Date,
  accountId: string | null,
): Promise<
  { source: string; accountId: string; region: string; times: number; status: string; message: string | null }[]
> {
  return db.rows(
    `SELECT o.source, o.account_id AS "accountId", o.region, count(*)::int AS times, (array_agg(o.status ORDER BY r.as_of DESC, r.id DESC))[1] AS status,
            (array_agg(o.message ORDER BY r.as_of DESC, r.id DESC))[1] AS message
       FROM sync_outcome o JOIN sync_run r ON r.id = o.run_id
      WHERE r.as_of >= $1 AND r.as_of < $2 AND o.status IN ('partial', 'denied', 'failed') AND ($3::text IS NULL OR o.account_id = $3)
      GROUP BY o.source, o.account_id, o.region ORDER BY count(*) DESC, o.source, o.account_id, o.region`,
    from,
    until,
    accountId,
  );
}

/** Brokers whose environment or owner changed in [from, until); values as they were stored. */
export function reclassifiedBrokers(
  db: Database,
  from: Date,
  until: Date,
  cut: ReportCut,
): Promise<
  { brokerName: string; accountId: string; attribute: string; oldValue: unknown; newValue: unknown; at: Date }[]
> {
  return db.rows(
    `SELECT f.name AS "brokerName", f.account_id AS "accountId", c.attribute, c.old_value AS "oldValue", c.new_value AS "newValue", c.observed_at AS at
       FROM broker_change c JOIN broker f ON f.id = c.broker_id LEFT JOIN owner o ON o.id = f.owner_id
      WHERE c.observed_at >= $1 AND c.observed_at < $2 AND c.attribute IN ('environment', 'owner') AND ${IN_SCOPE}
      ORDER BY c.observed_at, c.id`,
    from,
    until,
    cut.accountId,
    cut.ownerKey,
  );
}

/** Audited changes of what is in scope, in [from, until). */
export function scopeChanges(
  db: Database,
  from: Date,
  until: Date,
  accountId: string | null,
): Promise<{ action: string; accountId: string; at: Date; actor: string }[]> {
  return db.rows(
    `SELECT action, subject_key AS "accountId", at, actor FROM audit_event
      WHERE action IN ('account.connect', 'account.remove', 'account.change-scope') AND at >= $1 AND at < $2 AND ($3::text IS NULL OR subject_key = $3)
      ORDER BY at, id`,
    from,
    until,
    accountId,
  );
}
