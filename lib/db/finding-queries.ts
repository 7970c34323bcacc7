import type { BrokerListInput } from "@/lib/db/broker-queries";
import type { Database } from "@/lib/db/client";
import { cutConditions, inScopeSql, OWNER_KEY } from "@/lib/db/cut-sql";
import {
  booleanTokenSql,
  isEquality,
  listWhere,
  type PropertySql,
  propertyOf,
  SqlParams,
  type Token,
  text,
  tokenSql,
} from "@/lib/db/filter-sql";
import { invalidFilter } from "@/lib/db/filter-value";
import { keysetPage } from "@/lib/db/keyset-page";
import { SEVERITIES, SHARED_ADVISORIES, severityRank } from "@/lib/domain/finding";
import { NOT_OF_SUBJECT } from "@/lib/domain/finding-subject";

export type FindingListInput = BrokerListInput & {
  /** Business instant: an acceptance that has expired by then is over, whether or not an evaluation has said so. */
  now: Date;
  /** UTC day for "overdue". */
  today: string;
  /** Rule ids of a category, for the filter `category`. */
  rulesOfCategory: (category: string) => readonly string[];
};

export interface FindingRow {
  id: number;
  ruleId: string;
  severity: number;
  state: string;
  closeCause: string | null;
  summary: string;
  discriminator: string;
  subjectType: string;
  subjectKey: string;
  /** What an account or a configuration is called; null where it has no name or is not there any more. */
  subjectName: string | null;
  brokerId: string | null;
  brokerName: string | null;
  accountId: string;
  region: string;
  engine: string;
  engineVersion: string | null;
  environment: string;
  ownerKey: string | null;
  ownerName: string | null;
  ownerVerified: boolean | null;
  ownerSource: string | null;
  openedAt: Date;
  firstOpenedAt: Date;
  closedAt: Date | null;
  dueOn: string | null;
  recurring: boolean;
  episodeCount: number;
  assignee: string | null;
  targetOn: string | null;
  acceptedUntil: Date | null;
  fixClaimedAt: Date | null;
  dueMoved: boolean;
  observedAt: Date | null;
  brokerGone: boolean | null;
  sortValue: string;
}

const parseSeverity = (value: string): string => {
  const severity = SEVERITIES.find((s) => s === value.toLowerCase());
  if (!severity) throw invalidFilter(`not a severity: ${value}; one of ${SEVERITIES.join(", ")}`);
  return String(severityRank(severity));
};

/** The state as it is at an instant. The instant comes from the clock, not from outside: ISO text, safe within the statement. */
function stateAt(now: Date): string {
  return `CASE WHEN f.state = 'accepted' AND f.accepted_until <= '${now.toISOString()}'::timestamptz THEN 'open' ELSE f.state END`;
}

const propertiesAt = (now: Date): Readonly<Record<string, PropertySql>> => ({
  ...PROPERTIES,
  state: text(`(${stateAt(now)})`),
});

const PROPERTIES: Readonly<Record<string, PropertySql>> = {
  rule: text("f.rule_id"),
  severity: {
    expr: "f.severity",
    textExpr: `(ARRAY[${SEVERITIES.map((s) => `'${s}'`).join(", ")}])[f.severity]`,
    type: "int",
    parse: parseSeverity,
  },
  closeCause: text("f.close_cause"),
  account: text("f.account_id"),
  region: text("f.region"),
  engine: text("f.engine"),
  engineVersion: { expr: "COALESCE(b.engine_version_parts, '{}')", textExpr: "b.engine_version", type: "version" },
  environment: text("f.environment"),
  owner: text(OWNER_KEY),
  broker: text("b.name"),
  brokerId: text("b.broker_id"),
  subjectType: text("f.subject_type"),
  summary: text("f.summary"),
  openedAt: { expr: "f.opened_at", type: "timestamptz" },
  firstOpenedAt: { expr: "f.first_opened_at", type: "timestamptz" },
  closedAt: { expr: "f.closed_at", type: "timestamptz", nullSort: "'infinity'::timestamptz", indexed: true },
  dueOn: { expr: "f.due_on", type: "date", nullSort: "'infinity'::date" },
  recurring: text("f.recurring::text"),
  assignee: text("f.assignee"),
  targetOn: { expr: "f.target_on", type: "date", nullSort: "'infinity'::date" },
  dueMoved: text("f.due_moved::text"),
};

const FROM = `FROM finding f LEFT JOIN broker b ON b.id = f.broker_id LEFT JOIN owner o ON o.id = f.owner_id`;
const IN_SCOPE = inScopeSql("f");

const columnsAt = (
  now: Date,
): string => `f.id, f.rule_id AS "ruleId", f.severity, ${stateAt(now)} AS state, f.close_cause AS "closeCause", f.summary, f.discriminator,
  f.subject_type AS "subjectType", f.subject_key AS "subjectKey",
  CASE f.subject_type WHEN 'account' THEN (SELECT a.name FROM aws_account a WHERE a.account_id = f.subject_key)
    WHEN 'configuration' THEN (SELECT c.name FROM configuration c WHERE c.arn = f.subject_key) END AS "subjectName", b.broker_id AS "brokerId", b.name AS "brokerName", f.account_id AS "accountId",
  f.region, f.engine, b.engine_version AS "engineVersion", f.environment, o.key AS "ownerKey", o.display_name AS "ownerName", o.verified AS "ownerVerified", 
  CASE WHEN f.subject_type = 'account' THEN 'account-default' ELSE b.owner_source END AS "ownerSource",
  f.opened_at AS "openedAt", f.first_opened_at AS "firstOpenedAt", f.closed_at AS "closedAt", f.due_on::text AS "dueOn", f.recurring,
  f.episode_count AS "episodeCount", CASE WHEN b.id IS NOT NULL THEN b.gone_at IS NOT NULL END AS "brokerGone",
  f.assignee, f.target_on::text AS "targetOn", f.accepted_until AS "acceptedUntil", f.fix_claimed_at AS "fixClaimedAt", f.due_moved AS "dueMoved",
  CASE f.subject_type WHEN 'configuration' THEN ${lastReadOf("mq-configuration-list")} WHEN 'account' THEN ${LISTED_IN_ACCOUNT}
    ELSE COALESCE(b.described_until, ${lastReadOf("mq-descriptions")}, ${lastReadOf("mq-brokers")}) END AS "observedAt"`;

/** When brokers of the account were last listed: in the finding's region, or in any where it has none. */
const LISTED_IN_ACCOUNT = `(SELECT max(s.last_read_at) FROM scope_state s WHERE s.source = 'mq-brokers' AND s.account_id = f.account_id
    AND f.region IN (s.region, '${NOT_OF_SUBJECT}'))`;

/** When a source of the finding's scope was last read. */
function lastReadOf(source: "mq-descriptions" | "mq-brokers" | "mq-configuration-list"): string {
  return `(SELECT s.last_read_at FROM scope_state s WHERE s.source = '${source}' AND s.account_id = f.account_id AND s.region = f.region)`;
}

function tokenCondition(token: Token, input: FindingListInput, params: SqlParams): string {
  if (token.property === "overdue") {
    const due = `f.due_on <= ${params.add(input.today)}::text::date AND f.state <> 'closed'`;
    return booleanTokenSql(token, `COALESCE(${due}, false)`);
  }
  if (token.property === "category") {
    const is = `f.rule_id = ANY(${params.add([...input.rulesOfCategory(token.value)])}::text[])`;
    return isEquality(token) ? is : `NOT (${is})`;
  }
  // What is closed is so at every instant: the column alone tells it, without a text made for each row.
  if (token.property === "state" && token.operator === "=" && token.value.toLowerCase() === "closed")
    return "f.state = 'closed'";
  if (token.property === "fixClaimed") return booleanTokenSql(token, "f.fix_claimed_at IS NOT NULL");
  return tokenSql(token, propertyOf(propertiesAt(input.now), token.property), params);
}

/**
 * Whether what is looked for is closed or not, said so that an index of only those serves (finding_live, finding_closed_at); null where it can be both. Lists
 * that ask for no state hold what is not closed.
 */
function liveness(tokens: readonly Token[], any: boolean): string | null {
  const asked = tokens.filter((token) => token.property === "state" || token.property === "closeCause");
  if (asked.length === 0) return "f.state <> 'closed'";
  const states = asked
    .filter((token) => token.property === "state" && token.operator === "=")
    .map(({ value }) => value.toLowerCase());
  if (any || states.length === 0) return null;
  return states.includes("closed") ? "f.state = 'closed'" : "f.state <> 'closed'";
}

function whereSql(input: FindingListInput, params: SqlParams): string {
  const live = liveness(input.filter ?? [], input.match === "any");
  return listWhere([IN_SCOPE, ...cutConditions("f", input, params), live], input, params, {
    token: (token) => tokenCondition(token, input, params),
    searched: ["f.summary", "f.rule_id", "b.name", "f.subject_key", "o.display_name", "f.discriminator"],
    alsoSearched: (pattern) => `(f.discriminator = '${SHARED_ADVISORIES}' AND EXISTS (SELECT 1 FROM finding_episode e
      WHERE e.finding_id = f.id AND e.number = f.episode_count AND (e.evidence->'advisories')::text ILIKE ${pattern}))`,
  });
}

/** A page of findings by keyset; by default the ones that are not closed. Errors: invalid-input. */
export async function listFindings(
  db: Database,
  input: FindingListInput,
): Promise<{ rows: FindingRow[]; total: number; nextCursor: string | null }> {
  const sort = input.sort ?? "severity";
  const direction = input.order ?? (sort === "severity" ? "desc" : "asc");
  return await keysetPage<FindingRow>(
    db,
    {
      name: "findings",
      columns: columnsAt(input.now),
      from: FROM,
      where: (params) => whereSql(input, params),
      properties: propertiesAt(input.now),
      sort,
      direction,
      idExpr: "f.id",
      limit: input.limit,
      cursor: input.cursor,
    },
    ({ id }) => id,
  );
}

/** One finding by id, null when there is none. */
export async function findFinding(db: Database, id: number, now: Date): Promise<FindingRow | null> {
  const rows = await db.rows<FindingRow>(`SELECT ${columnsAt(now)}, '' AS "sortValue" ${FROM} WHERE f.id = $1`, id);
  return rows[0] ?? null;
}

/** Row id of the broker that a finding is about; null where there is none. */
export async function findingBrokerId(db: Database, id: number): Promise<number | null> {
  const rows = await db.rows<{ brokerId: number | null }>(
    `SELECT broker_id AS "brokerId" FROM finding WHERE id = $1`,
    id,
  );
  return rows[0]?.brokerId ?? null;
}

/** Ids of all findings that a list's filter finds (`only`: of those named), ascending, at most `limit`. Errors: invalid-input. */
export async function filteredFindingIds(
  db: Database,
  input: FindingListInput,
  only: readonly number[] | null,
  limit: number,
): Promise<number[]> {
  const params = new SqlParams();
  const where = whereSql(input, params);
  const named = only === null ? "" : ` AND f.id = ANY(${params.add([...only])}::int[])`;
  const rows = await db.rows<{ id: number }>(
    `SELECT f.id ${FROM} WHERE ${where}${named} ORDER BY f.id LIMIT ${params.add(limit)}::int`,
    ...params.values,
  );
  return rows.map(({ id }) => id);
}

/** What needs attention next: not closed, not accepted, worst severity first, then what is due first, then the oldest. */
export function attentionRows(db: Database, input: FindingListInput): Promise<FindingRow[]> {
  const params = new SqlParams();
  const where = whereSql(input, params);
  return db.rows<FindingRow>(
    `SELECT ${columnsAt(input.now)}, '' AS "sortValue" ${FROM} WHERE ${where} AND ${stateAt(input.now)} NOT IN ('accepted', 'false-positive')
     ORDER BY f.severity DESC, COALESCE(f.due_on, 'infinity'::date), f.opened_at, f.id LIMIT ${params.add(input.limit)}::int`,
    ...params.values,
  );
}

/** Numbers of findings that are not closed, by severity rank; overdue ones counted beside. */
export async function findingCounts(
  db: Database,
  input: FindingListInput,
): Promise<{ severity: number; count: number; overdue: number }[]> {
  const params = new SqlParams();
  const where = whereSql(input, params);
  return db.rows(
    `SELECT f.severity, count(*)::int AS count, count(*) FILTER (WHERE f.due_on <= ${params.add(input.today)}::text::date)::int AS overdue
     ${FROM} WHERE ${where} GROUP BY f.severity`,
    ...params.values,
  );
}

export interface EpisodeHistoryRow {
  id: number;
  number: number;
  state: string;
  severity: number;
  openedAt: Date;
  openedAfter: Date | null;
  closedAt: Date | null;
  closedAfter: Date | null;
  closeCause: string | null;
  recurring: boolean;
  flaps: number;
}

export interface EpisodeEventRow {
  episodeId: number;
  kind: string;
  at: Date;
  actor: string;
  fromState: string | null;
  toState: string;
  note: string | null;
  detail: unknown;
}

/** Episodes of a finding, newest first, with their events in order. */
export async function findingHistory(
  db: Database,
  findingId: number,
): Promise<{
  episodes: EpisodeHistoryRow[];
  events: EpisodeEventRow[];
}> {
  const episodes = await db.rows<EpisodeHistoryRow>(
    `SELECT id, number, state, severity, opened_at AS "openedAt", opened_after AS "openedAfter", closed_at AS "closedAt", closed_after AS "closedAfter",
            close_cause AS "closeCause", recurring, flaps FROM finding_episode WHERE finding_id = $1 ORDER BY number DESC LIMIT 200`,
    findingId,
  );
  const events = await db.rows<EpisodeEventRow>(
    `SELECT episode_id AS "episodeId", kind, at, actor, from_state AS "fromState", to_state AS "toState", note, detail
       FROM finding_event WHERE episode_id = ANY($1::int[]) ORDER BY at, id`,
    episodes.map((e) => e.id),
  );
  return { episodes, events };
}
