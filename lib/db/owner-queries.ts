import type { Database } from "@/lib/db/client";

/** An owner entity with what it answers for. Money is exact text. */
export interface OwnerFigures {
  id: number;
  key: string;
  displayName: string;
  email: string | null;
  chatHandle: string | null;
  aliases: string[];
  verified: boolean;
  createdAt: Date;
  mergedIntoId: number | null;
  mergedAt: Date | null;
  brokers: number;
  productionBrokers: number;
  brokersWithoutCost: number;
  total: number;
  critical: number;
  high: number;
  medium: number;
  low: number;
  overdue: number;
  expiringAcceptances: number;
}

const IN_SCOPE = (alias: string) =>
  `NOT EXISTS (SELECT 1 FROM aws_account a WHERE a.account_id = ${alias}.account_id AND a.removed_at IS NOT NULL)`;
const SEVERITY_COUNT = (rank: number) => `count(*) FILTER (WHERE f.severity = ${rank})::int`;

/**
 * Owners by name with their brokers (not gone) and findings (not closed), those merged into another left out; or the one of an id, merged or not. `until` is
 * the end of what counts as expiring soon, `today` the UTC day for "overdue".
 */
export function ownerFigures(
  db: Database,
  { now, until, today, id }: { now: Date; until: Date; today: string; id?: number },
): Promise<OwnerFigures[]> {
  const one = (column: string) => (id === undefined ? "" : `AND ${column} = $4::int`);
  return db.rows<OwnerFigures>(
    `SELECT o.id, o.key, o.display_name AS "displayName", o.email, o.chat_handle AS "chatHandle", o.aliases, o.verified, o.created_at AS "createdAt",
            o.merged_into_id AS "mergedIntoId", o.merged_at AS "mergedAt",
            COALESCE(b.brokers, 0) AS brokers, COALESCE(b.production, 0) AS "productionBrokers", COALESCE(b."noCost", 0) AS "brokersWithoutCost",
            COALESCE(f.total, 0) AS total, COALESCE(f.critical, 0) AS critical, COALESCE(f.high, 0) AS high, COALESCE(f.medium, 0) AS medium,
            COALESCE(f.low, 0) AS low, COALESCE(f.overdue, 0) AS overdue, COALESCE(f.expiring, 0) AS "expiringAcceptances"
       FROM owner o
       LEFT JOIN (SELECT b.owner_id, count(*)::int AS brokers, count(*) FILTER (WHERE b.counts_as_production)::int AS production,
                         count(*) FILTER (WHERE b.monthly_cost IS NULL)::int AS "noCost"
                    FROM broker b WHERE b.gone_at IS NULL AND ${IN_SCOPE("b")} ${one("b.owner_id")} GROUP BY b.owner_id) b ON b.owner_id = o.id
       LEFT JOIN (SELECT f.owner_id, count(*)::int AS total, ${SEVERITY_COUNT(4)} AS critical, ${SEVERITY_COUNT(3)} AS high,
                         ${SEVERITY_COUNT(2)} AS medium, ${SEVERITY_COUNT(1)} AS low,
                         count(*) FILTER (WHERE f.due_on <= $3::text::date)::int AS overdue,
                         count(*) FILTER (WHERE f.state = 'accepted' AND f.accepted_until > $1 AND f.accepted_until <= $2)::int AS expiring
                    FROM finding f WHERE f.state <> 'closed' AND ${IN_SCOPE("f")} ${one("f.owner_id")} GROUP BY f.owner_id) f ON f.owner_id = o.id
      WHERE ${id === undefined ? "o.merged_into_id IS NULL" : "o.id = $4::int"}
      ORDER BY lower(o.display_name), o.id`,
    now,
    until,
    today,
    ...(id === undefined ? [] : [id]),
  );
}

/** Run rates of the present brokers of owners, one sum for each owner and currency; `id` limits it to one owner. */
export function ownerCosts(
  db: Database,
  id?: number,
): Promise<{ ownerId: number; currency: string; amount: string }[]> {
  return db.rows(
    `SELECT b.owner_id AS "ownerId", b.cost_currency AS currency, sum(b.monthly_cost)::text AS amount
       FROM broker b WHERE b.gone_at IS NULL AND b.owner_id IS NOT NULL AND b.monthly_cost IS NOT NULL AND b.cost_currency IS NOT NULL
        AND ${IN_SCOPE("b")} ${id === undefined ? "" : "AND b.owner_id = $1::int"}
      GROUP BY b.owner_id, b.cost_currency ORDER BY b.owner_id, b.cost_currency`,
    ...(id === undefined ? [] : [id]),
  );
}

/** The id of an owner by its key, or by its id as text; a key wins. Null when there is none. */
export async function ownerIdOf(db: Database, text: string): Promise<number | null> {
  const [row] = await db.rows<{ id: number }>(
    `SELECT id FROM owner WHERE key = $1 OR id::text = $1 ORDER BY (key = $1) DESC LIMIT 1`,
    text,
  );
  return row?.id ?? null;
}

/** A present broker with the tags that say who owns it, and the open assignment made here. */
export interface OwnershipRow {
  id: string;
  arn: string;
  name: string;
  accountId: string;
  accountName: string | null;
  region: string;
  engine: string;
  environment: string;
  countsAsProduction: boolean;
  described: boolean;
  tags: Record<string, string>;
  assignedAt: Date | null;
  assignedBy: string | null;
  reason: string | null;
}

/** Brokers that are not gone, production first; of their tags those with one of the keys (case ignored). */
export function ownershipRows(db: Database, tagKeys: readonly string[]): Promise<OwnershipRow[]> {
  return db.rows<OwnershipRow>(
    `SELECT b.broker_id AS id, b.arn, b.name, b.account_id AS "accountId", a.name AS "accountName", b.region, b.engine, b.environment,
            b.counts_as_production AS "countsAsProduction", b.payload_hash IS NOT NULL AS described,
            COALESCE((SELECT jsonb_object_agg(t.key, t.value) FROM jsonb_each_text(b.tags) t WHERE lower(btrim(t.key)) = ANY($1::text[])), '{}') AS tags,
            s.assigned_at AS "assignedAt", s.assigned_by AS "assignedBy", s.reason
       FROM broker b
       LEFT JOIN aws_account a ON a.account_id = b.account_id
       LEFT JOIN owner_assignment s ON s.broker_arn = b.arn AND s.ended_at IS NULL
      WHERE b.gone_at IS NULL AND (a.account_id IS NULL OR a.removed_at IS NULL)
      ORDER BY b.counts_as_production DESC, lower(b.name), b.id`,
    tagKeys.map((key) => key.trim().toLowerCase()),
  );
}

/** Findings of an owner that are not closed, by severity rank and age of the present episode; an acceptance that has expired is over. */
export function findingAges(
  db: Database,
  { ownerId, now, today, soon }: { ownerId: number; now: Date; today: string; soon: string },
): Promise<
  {
    severity: number;
    total: number;
    overdue: number;
    dueSoon: number;
    setAside: number;
    under7: number;
    under30: number;
    under90: number;
    older: number;
  }[]
> {
  const age = (from: number | null, until: number | null) =>
    `count(*) FILTER (WHERE ${[
      ...(from === null ? [] : [`f.opened_at <= $2::timestamptz - interval '${from} days'`]),
      ...(until === null ? [] : [`f.opened_at > $2::timestamptz - interval '${until} days'`]),
    ].join(" AND ")})::int`;
  return db.rows(
    `SELECT f.severity, count(*)::int AS total, count(*) FILTER (WHERE f.due_on <= $3::text::date)::int AS overdue,
            count(*) FILTER (WHERE f.due_on > $3::text::date AND f.due_on <= $4::text::date)::int AS "dueSoon",
            count(*) FILTER (WHERE f.state = 'false-positive' OR f.state = 'accepted' AND f.accepted_until > $2)::int AS "setAside",
            ${age(null, 7)} AS under7, ${age(7, 30)} AS under30, ${age(30, 90)} AS under90, ${age(90, null)} AS older
       FROM finding f WHERE f.owner_id = $1 AND f.state <> 'closed' AND ${IN_SCOPE("f")} GROUP BY f.severity ORDER BY f.severity DESC`,
    ownerId,
    now,
    today,
    soon,
  );
}

export interface DatedFinding {
  id: number;
  summary: string;
  severity: number;
  state: string;
  brokerId: string | null;
  brokerName: string | null;
  dueOn: string | null;
  acceptedUntil: Date | null;
}

const DATED = `SELECT f.id, f.summary, f.severity, f.state, b.broker_id AS "brokerId", b.name AS "brokerName", f.due_on::text AS "dueOn",
    f.accepted_until AS "acceptedUntil" FROM finding f LEFT JOIN broker b ON b.id = f.broker_id`;

/** Findings of an owner that are due, the most urgent first; accepted ones and false positives are not. */
export function dueFindings(db: Database, ownerId: number, now: Date, limit: number): Promise<DatedFinding[]> {
  return db.rows<DatedFinding>(
    `${DATED} WHERE f.owner_id = $1 AND f.state NOT IN ('closed', 'false-positive') AND NOT (f.state = 'accepted' AND f.accepted_until > $2)
        AND f.due_on IS NOT NULL AND ${IN_SCOPE("f")} ORDER BY f.due_on, f.severity DESC, f.id LIMIT $3::int`,
    ownerId,
    now,
    limit,
  );
}

/** Acceptances of an owner's findings that end within (now, until], the next one first. */
export function expiringAcceptances(db: Database, ownerId: number, now: Date, until: Date): Promise<DatedFinding[]> {
  return db.rows<DatedFinding>(
    `${DATED} WHERE f.owner_id = $1 AND f.state = 'accepted' AND f.accepted_until > $2 AND f.accepted_until <= $3 AND ${IN_SCOPE("f")}
      ORDER BY f.accepted_until, f.severity DESC, f.id LIMIT 100`,
    ownerId,
    now,
    until,
  );
}

/** Who belongs to an owner, by name. */
export function peopleOfOwner(
  db: Database,
  ownerId: number,
): Promise<{ id: string; name: string; email: string; role: string; disabled: boolean }[]> {
  return db.rows(
    `SELECT p.id, p.name, p.email, p.role, p.disabled_at IS NOT NULL AS disabled FROM person_owner po JOIN person p ON p.id = po.person_id
      WHERE po.owner_id = $1 ORDER BY lower(p.name), p.id`,
    ownerId,
  );
}

/** Connected accounts whose default owner it is. */
export function accountsOfDefaultOwner(
  db: Database,
  ownerId: number,
): Promise<{ accountId: string; name: string | null }[]> {
  return db.rows(
    `SELECT account_id AS "accountId", name FROM aws_account WHERE default_owner_id = $1 AND removed_at IS NULL ORDER BY account_id`,
    ownerId,
  );
}

/** Keys of owners that were merged into one. */
export async function mergedKeys(db: Database, ownerId: number): Promise<string[]> {
  const rows = await db.rows<{ key: string }>(`SELECT key FROM owner WHERE merged_into_id = $1 ORDER BY key`, ownerId);
  return rows.map(({ key }) => key);
}
