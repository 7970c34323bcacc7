import type { Database } from "@/lib/db/client";
import { toJsonb } from "@/lib/db/to-jsonb";
import { SEVERITIES, severityRank } from "@/lib/domain/finding";
import {
  ACCEPTANCE_EXPIRING_DAYS,
  END_OF_SUPPORT_DAYS,
  END_OF_SUPPORT_SEVERITIES,
  SLA_NEAR_DAYS,
} from "@/lib/domain/notification";
import type { PlainDate } from "@/lib/domain/plain-date";

/** Derivation and routing come one after the other, for the length of the transaction. */
export async function lockNotifications(tx: Database): Promise<void> {
  await tx.execute(`SELECT pg_advisory_xact_lock(hashtext('mq-steward:notifications'))`);
}

export interface NewEvent {
  key: string;
  kind: string;
  severity: number;
  ownerId: number | null;
  findingId: number | null;
  facts: Readonly<Record<string, unknown>>;
}

/** Adds events; one whose key is there already is left alone. Returns how many are new. */
export function insertEvents(tx: Database, events: readonly NewEvent[], at: Date): Promise<number> {
  if (events.length === 0) return Promise.resolve(0);
  return tx.execute(
    `INSERT INTO notification_event (key, kind, severity, owner_id, finding_id, facts, occurred_at)
     SELECT key, kind, severity, "ownerId", "findingId", facts, $2
       FROM jsonb_to_recordset($1::jsonb) AS e(key text, kind text, severity int, "ownerId" int, "findingId" int, facts jsonb) ORDER BY key
     ON CONFLICT (key) DO NOTHING`,
    toJsonb(events),
    at,
  );
}

interface DerivationInput {
  at: Date;
  today: PlainDate;
  /** Days after the end of support during which AWS may upgrade a broker. */
  forcedUpgradeDays: number;
  advisoryRuleId: string;
  escalateAfterDays: number;
}

/**
 * Makes the events that stored facts give rise to as of an instant, set by set. Each has a key of what it is about, so that the same facts make none again.
 * What was opened, changed or expired counts from the derivation before; the first one looks at none of it, because all of it would be news.
 */
export async function deriveEvents(tx: Database, input: DerivationInput): Promise<number> {
  const marks = await moveMarks(tx);
  const { at, today } = input;
  const insert = (select: string, ...params: readonly unknown[]) =>
    tx.execute(
      `INSERT INTO notification_event (key, kind, severity, owner_id, finding_id, facts, occurred_at)
       SELECT n.key, n.kind, n.severity, n.owner_id, n.finding_id, n.facts, $1::timestamptz FROM (${select}) n ORDER BY n.key ON CONFLICT (key) DO NOTHING`,
      at,
      ...params,
    );
  const counts = [
    await insert(
      END_OF_SUPPORT,
      today,
      input.forcedUpgradeDays,
      toJsonb(END_OF_SUPPORT_DAYS.map((days) => ({ days, severity: severityRank(END_OF_SUPPORT_SEVERITIES[days]) }))),
    ),
    await insert(OPENED, input.advisoryRuleId, marks.episode.from, marks.episode.to),
    await insert(ASSIGNED, marks["broker-change"].from, marks["broker-change"].to),
    await insert(
      SLA,
      today,
      toJsonb(SEVERITIES.map((severity) => ({ rank: severityRank(severity), days: SLA_NEAR_DAYS[severity] }))),
    ),
    await insert(NOT_ACKNOWLEDGED, input.escalateAfterDays),
    await insert(ACCEPTANCE_EXPIRING, ACCEPTANCE_EXPIRING_DAYS),
    await insert(ACCEPTANCE_EXPIRED, marks["finding-event"].from, marks["finding-event"].to),
    await insert(SCOPES_FAILING),
    await insert(RUN_FAILED),
  ];
  return counts.reduce((sum, count) => sum + count, 0);
}

const MARKED = {
  episode: "finding_episode",
  "broker-change": "broker_change",
  "finding-event": "finding_event",
} as const;
type MarkName = keyof typeof MARKED;

/** From where to where this derivation looks, ids as text, `from` not included; the marks stand at `to` then. */
async function moveMarks(tx: Database): Promise<Record<MarkName, { from: string; to: string }>> {
  const move = async (name: MarkName) => {
    const [row] = await tx.rows<{ from: string | null; to: string }>(
      `SELECT (SELECT value::text FROM notification_mark WHERE name = $1) AS from, COALESCE(max(id), 0)::text AS to FROM ${MARKED[name]}`,
      name,
    );
    const to = row?.to ?? "0";
    await tx.execute(
      `INSERT INTO notification_mark (name, value) VALUES ($1, $2::text::bigint) ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value`,
      name,
      to,
    );
    return { from: row?.from ?? to, to };
  };
  return {
    episode: await move("episode"),
    "broker-change": await move("broker-change"),
    "finding-event": await move("finding-event"),
  };
}

/** What the words of a finding are made of. */
const FINDING_FACTS = `'summary', f.summary, 'broker', b.name, 'ruleId', f.rule_id, 'dueOn', f.due_on`;
const FINDING = `FROM finding f LEFT JOIN broker b ON b.id = f.broker_id`;

/** $2 today, $3 days of the forced-upgrade window, $4 [{ days, severity }]: the nearest of the days that has come. */
const END_OF_SUPPORT = `
  SELECT 'end-of-support:' || b.arn || ':' || b.end_of_support || ':' || CASE WHEN d.left < 0 THEN 'window' ELSE s.days::text END AS key,
         'end-of-support' AS kind, CASE WHEN d.left < 0 THEN 4 ELSE s.severity END AS severity, b.owner_id, NULL::int AS finding_id,
         jsonb_build_object('broker', b.name, 'brokerId', b.broker_id, 'endOfSupport', b.end_of_support, 'daysLeft', d.left,
           'windowEnd', b.end_of_support + $3::int,
           'line', CASE b.engine WHEN 'ACTIVEMQ' THEN 'ActiveMQ' WHEN 'RABBITMQ' THEN 'RabbitMQ' ELSE b.engine END || ' ' || COALESCE(b.engine_line, b.engine_version, '')) AS facts
    FROM broker b JOIN aws_account a ON a.account_id = b.account_id AND a.removed_at IS NULL
    CROSS JOIN LATERAL (SELECT b.end_of_support - $2::text::date AS left) d
    LEFT JOIN LATERAL (SELECT t.days, t.severity FROM jsonb_to_recordset($4::jsonb) AS t(days int, severity int)
                        WHERE t.days >= d.left ORDER BY t.days LIMIT 1) s ON true
   WHERE b.gone_at IS NULL AND b.end_of_support IS NOT NULL AND d.left > -$3::int AND s.days IS NOT NULL`;

/** $2 the rule of advisories, $3 and $4 ids of episodes. */
const OPENED = `
  SELECT 'opened:' || e.id AS key, CASE WHEN f.rule_id = $2::text AND e.severity = 4 THEN 'critical-cve' ELSE 'non-compliant-broker' END AS kind,
         e.severity, f.owner_id, f.id AS finding_id, jsonb_build_object(${FINDING_FACTS}) AS facts
    ${FINDING} JOIN finding_episode e ON e.finding_id = f.id
   WHERE e.id > $3::text::bigint AND e.id <= $4::text::bigint AND e.closed_at IS NULL AND f.state <> 'closed' AND f.subject_type = 'broker'`;

/** $2 and $3 ids of changes. */
const ASSIGNED = `
  SELECT 'assigned:' || c.id AS key, 'finding-assigned' AS kind, GREATEST(b.worst_severity, 1) AS severity, b.owner_id, NULL::int AS finding_id,
         jsonb_build_object('broker', b.name, 'brokerId', b.broker_id, 'findings', b.open_findings, 'from', c.old_value->>'displayName') AS facts
    FROM broker_change c JOIN broker b ON b.id = c.broker_id
   WHERE c.id > $2::text::bigint AND c.id <= $3::text::bigint AND c.attribute = 'owner' AND b.gone_at IS NULL AND b.open_findings > 0
     AND b.owner_id IS NOT NULL AND (c.old_value->>'ownerKey') IS DISTINCT FROM (c.new_value->>'ownerKey')`;

/** $2 today, $3 [{ rank, days }]. Only what is worked on can be near; breached is what is not closed, in any state. */
const SLA = `
  SELECT CASE WHEN d.left <= 0 THEN 'sla-breached:' ELSE 'sla-near:' END || f.id || ':' || f.episode_count || ':' || f.due_on AS key,
         CASE WHEN d.left <= 0 THEN 'sla-breached' ELSE 'sla-near' END AS kind, f.severity, f.owner_id, f.id AS finding_id,
         jsonb_build_object(${FINDING_FACTS}, 'daysLeft', d.left) AS facts
    ${FINDING} CROSS JOIN LATERAL (SELECT f.due_on - $2::text::date AS left) d
    JOIN jsonb_to_recordset($3::jsonb) AS near(rank int, days int) ON near.rank = f.severity
   WHERE f.state <> 'closed' AND f.due_on IS NOT NULL AND (d.left <= 0 OR (d.left <= near.days AND f.state NOT IN ('accepted', 'false-positive')))`;

/** $2 days after which is escalated. */
const NOT_ACKNOWLEDGED = `
  SELECT 'not-acknowledged:' || f.id || ':' || f.episode_count AS key, 'not-acknowledged' AS kind, f.severity, f.owner_id, f.id AS finding_id,
         jsonb_build_object(${FINDING_FACTS}, 'toldOn', (told.at AT TIME ZONE 'UTC')::date) AS facts
    ${FINDING} CROSS JOIN LATERAL (SELECT min(o.occurred_at) AS at FROM notification_event o WHERE o.finding_id = f.id AND o.occurred_at >= f.opened_at) told
   WHERE f.state = 'open' AND f.severity >= 3 AND told.at <= $1::timestamptz - make_interval(days => $2::int)`;

/** $2 days. */
const ACCEPTANCE_EXPIRING = `
  SELECT 'acceptance-expiring:' || f.id || ':' || (f.accepted_until AT TIME ZONE 'UTC')::date AS key, 'acceptance-expiring' AS kind, f.severity, f.owner_id,
         f.id AS finding_id, jsonb_build_object(${FINDING_FACTS}, 'until', (f.accepted_until AT TIME ZONE 'UTC')::date) AS facts
    ${FINDING} WHERE f.state = 'accepted' AND f.accepted_until > $1::timestamptz AND f.accepted_until <= $1::timestamptz + make_interval(days => $2::int)`;

/** $2 and $3 ids of events. */
const ACCEPTANCE_EXPIRED = `
  SELECT 'acceptance-expired:' || v.id AS key, 'acceptance-expired' AS kind, f.severity, f.owner_id, f.id AS finding_id,
         jsonb_build_object(${FINDING_FACTS}, 'until', ((v.detail->>'expiredAt')::timestamptz AT TIME ZONE 'UTC')::date) AS facts
    ${FINDING} JOIN finding_episode e ON e.finding_id = f.id JOIN finding_event v ON v.episode_id = e.id
   WHERE v.id > $2::text::bigint AND v.id <= $3::text::bigint AND v.from_state = 'accepted' AND v.to_state = 'open' AND v.detail ? 'expiredAt' AND f.state <> 'closed'`;

/** One event per account and moment at which reading began to fail; a repeated sync that fails the same is the same. */
const SCOPES_FAILING = `
  SELECT 'scopes-failing:' || s.account_id || ':' || to_char(s.failing_since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS') AS key, 'sync-failed' AS kind,
         CASE WHEN bool_or(s.source IN ('sts-identity', 'mq-brokers', 'mq-descriptions')) THEN 3 ELSE 2 END AS severity, NULL::int AS owner_id,
         NULL::int AS finding_id,
         jsonb_build_object('account', s.account_id, 'since', (s.failing_since AT TIME ZONE 'UTC')::date, 'scopeCount', count(*),
           'scopes', to_jsonb((array_agg(concat_ws(' ', s.source, NULLIF(s.region, '')) ORDER BY s.source, s.region))[1:5]), 'message', COALESCE(min(s.message), '')) AS facts
    FROM scope_state s JOIN aws_account a ON a.account_id = s.account_id AND a.removed_at IS NULL
   WHERE s.failing_since IS NOT NULL AND s.last_status IN ('partial', 'denied', 'failed') GROUP BY s.account_id, s.failing_since`;

/** The first failed sync after one that brought something; those that fail after it are the same. */
const RUN_FAILED = `
  SELECT 'sync-run:' || COALESCE(good.id, 0) AS key, 'sync-failed' AS kind, 3 AS severity, NULL::int AS owner_id, NULL::int AS finding_id,
         jsonb_build_object('runId', r.id, 'message', COALESCE(r.error, '')) AS facts
    FROM (SELECT max(id) AS id FROM sync_run WHERE status IN ('complete', 'partial')) good
    CROSS JOIN LATERAL (SELECT id, error FROM sync_run WHERE status = 'failed' AND id > COALESCE(good.id, 0) ORDER BY id LIMIT 1) r
   WHERE $1::timestamptz IS NOT NULL`;

export interface UnroutedEvent {
  id: string;
  kind: string;
  severity: number;
  ownerId: number | null;
}

/** Events for which no recipients were chosen yet, the oldest first. */
export function unroutedEvents(tx: Database, limit: number): Promise<UnroutedEvent[]> {
  return tx.rows<UnroutedEvent>(
    `SELECT id::text AS id, kind, severity, owner_id AS "ownerId" FROM notification_event WHERE routed_at IS NULL ORDER BY id LIMIT $1::int`,
    limit,
  );
}

export async function markRouted(tx: Database, ids: readonly string[], at: Date): Promise<void> {
  await tx.execute(
    `UPDATE notification_event SET routed_at = $2 WHERE id = ANY(ARRAY(SELECT unnest($1::text[])::bigint))`,
    [...ids],
    at,
  );
}

/** Final daily totals of accounts (billed Amazon MQ service charges, amounts as text), ascending. */
export function finalCostDays(
  db: Database,
  from: PlainDate,
): Promise<{ accountId: string; currency: string; day: string; billed: string }[]> {
  return db.rows(
    `SELECT account_id AS "accountId", currency, day::text AS day, billed::text AS billed FROM cost_allocation_day
      WHERE day >= $1::text::date AND NOT estimated ORDER BY account_id, currency, day`,
    from,
  );
}
