import type { Database } from "@/lib/db/client";
import { cutConditions, type FleetCut, OWNER_KEY } from "@/lib/db/cut-sql";
import {
  booleanTokenSql,
  isEquality,
  type ListFilter,
  listWhere,
  type PropertySql,
  propertyOf,
  type SqlParams,
  type Token,
  text,
  tokenSql,
} from "@/lib/db/filter-sql";
import { invalidFilter } from "@/lib/db/filter-value";
import { keysetPage } from "@/lib/db/keyset-page";
import { SEVERITIES, severityRank } from "@/lib/domain/finding";

export interface BrokerListInput extends FleetCut, ListFilter {
  sort?: string | undefined;
  order?: "asc" | "desc" | undefined;
  limit: number;
  cursor?: string | undefined;
  /** Business instant; observations older than three days are stale. */
  staleBefore: Date;
}

export interface BrokerRow {
  dbId: number;
  id: string;
  arn: string;
  name: string;
  accountId: string;
  accountName: string | null;
  region: string;
  engine: string;
  engineVersion: string | null;
  engineLine: string | null;
  deploymentMode: string | null;
  instanceType: string | null;
  storageType: string | null;
  state: string;
  publiclyAccessible: boolean | null;
  autoMinorVersionUpgrade: boolean | null;
  environment: string;
  environmentSource: string;
  countsAsProduction: boolean;
  ownerKey: string | null;
  ownerName: string | null;
  ownerVerified: boolean | null;
  ownerSource: string;
  supportStatus: string;
  supportStage: string | null;
  endOfSupport: string | null;
  openFindings: number;
  worstSeverity: number;
  monthlyCost: string | null;
  costCurrency: string | null;
  costBasis: string | null;
  awsCreatedAt: Date | null;
  firstSeenAt: Date;
  lastSeenAt: Date | null;
  goneAt: Date | null;
  observedAt: Date | null;
  tags: unknown;
  sortValue: string;
}

// Its region is read on after a broker is gone; nothing was observed of the broker itself.
const OBSERVED_AT = "LEAST(COALESCE(b.described_until, d.last_read_at, l.last_read_at), b.gone_at)";
export const PRESENCE = `CASE WHEN b.gone_at IS NOT NULL THEN 'gone' WHEN b.state IN ('CREATION_IN_PROGRESS','CREATION_FAILED','DELETION_IN_PROGRESS') THEN 'not-in-service' WHEN b.state = 'REPLICA' THEN 'replica' ELSE 'in-scope' END`;
const HIGHLY_AVAILABLE = `CASE WHEN b.deployment_mode IS NULL THEN 'unknown' WHEN b.engine = 'ACTIVEMQ' THEN (b.deployment_mode = 'ACTIVE_STANDBY_MULTI_AZ')::text WHEN b.engine = 'RABBITMQ' THEN (b.deployment_mode = 'CLUSTER_MULTI_AZ')::text ELSE 'unknown' END`;

const ENGINE_LINE = "COALESCE(b.engine_line, 'unknown')";

const parseSeverity = (value: string): string => {
  if (value === "none") return "0";
  const severity = SEVERITIES.find((s) => s === value.toLowerCase());
  if (!severity) throw invalidFilter(`not a severity: ${value}; one of none, ${SEVERITIES.join(", ")}`);
  return String(severityRank(severity));
};

const PROPERTIES: Readonly<Record<string, PropertySql>> = {
  name: text("b.name"),
  id: text("b.broker_id"),
  arn: text("b.arn"),
  account: text("b.account_id"),
  region: text("b.region"),
  engine: text("b.engine"),
  engineVersion: { expr: "b.engine_version_parts", textExpr: "b.engine_version", type: "version" },
  engineLine: {
    expr: "CASE WHEN b.engine_line IS NULL THEN '{}'::int[] ELSE b.engine_version_parts[1:2] END",
    textExpr: ENGINE_LINE,
    type: "version",
  },
  deploymentMode: text("b.deployment_mode"),
  instanceType: text("b.instance_type"),
  storageType: text("b.storage_type"),
  state: text("b.state"),
  presence: text(PRESENCE),
  environment: text("b.environment"),
  environmentSource: text("b.environment_source"),
  countsAsProduction: text("b.counts_as_production::text"),
  owner: text(OWNER_KEY),
  ownerSource: text("b.owner_source"),
  supportStatus: text("b.support_status"),
  supportStage: text("b.support_stage"),
  endOfSupport: { expr: "b.end_of_support", type: "date", nullSort: "'infinity'::date" },
  publiclyAccessible: text("COALESCE(b.publicly_accessible::text, 'unknown')"),
  autoMinorVersionUpgrade: text("COALESCE(b.auto_minor_version_upgrade::text, 'unknown')"),
  highlyAvailable: text(HIGHLY_AVAILABLE),
  severity: {
    expr: "b.worst_severity",
    textExpr: `(ARRAY['none', ${SEVERITIES.map((s) => `'${s}'`).join(", ")}])[b.worst_severity + 1]`,
    type: "int",
    parse: parseSeverity,
  },
  openFindings: { expr: "b.open_findings", type: "int" },
  monthlyCost: { expr: "b.monthly_cost", type: "numeric" },
  createdAt: { expr: "b.aws_created_at", type: "timestamptz" },
  firstSeenAt: { expr: "b.first_seen_at", type: "timestamptz" },
  observedAt: { expr: OBSERVED_AT, type: "timestamptz" },
};

const FROM = `FROM broker b
  LEFT JOIN owner o ON o.id = b.owner_id
  LEFT JOIN aws_account a ON a.account_id = b.account_id
  LEFT JOIN scope_state d ON d.source = 'mq-descriptions' AND d.account_id = b.account_id AND d.region = b.region
  LEFT JOIN scope_state l ON l.source = 'mq-brokers' AND l.account_id = b.account_id AND l.region = b.region`;

/** What is listed at all: accounts in scope. */
const IN_SCOPE = "(a.account_id IS NULL OR a.removed_at IS NULL)";

const COLUMNS = `b.id AS "dbId", b.broker_id AS id, b.arn, b.name, b.account_id AS "accountId", a.name AS "accountName", b.region, b.engine,
  b.engine_version AS "engineVersion", b.engine_line AS "engineLine", b.deployment_mode AS "deploymentMode", b.instance_type AS "instanceType",
  b.storage_type AS "storageType", b.state, b.publicly_accessible AS "publiclyAccessible", b.auto_minor_version_upgrade AS "autoMinorVersionUpgrade",
  b.environment, b.environment_source AS "environmentSource", b.counts_as_production AS "countsAsProduction",
  o.key AS "ownerKey", o.display_name AS "ownerName", o.verified AS "ownerVerified", b.owner_source AS "ownerSource",
  b.support_status AS "supportStatus", b.support_stage AS "supportStage", b.end_of_support::text AS "endOfSupport",
  b.open_findings AS "openFindings", b.worst_severity AS "worstSeverity", b.monthly_cost::text AS "monthlyCost", b.cost_currency AS "costCurrency",
  b.cost_basis AS "costBasis", b.aws_created_at AS "awsCreatedAt", b.first_seen_at AS "firstSeenAt", l.last_complete_at AS "lastSeenAt",
  b.gone_at AS "goneAt", ${OBSERVED_AT} AS "observedAt", b.tags`;

function tokenCondition(token: Token, params: SqlParams, staleBefore: Date): string {
  if (token.property.startsWith("tag.")) {
    const key = params.add(tagKey(token.property.slice("tag.".length)));
    return tokenSql(token, { expr: `(b.tags ->> ${key}::text)`, type: "text" }, params);
  }
  if (token.property === "rule") {
    const [rule = "", outcome = "fail"] = token.value.split(":");
    const is = `COALESCE(b.rule_results ->> ${params.add(rule)}::text, 'not-evaluated') = ${params.add(outcome)}::text`;
    return isEquality(token) ? is : `NOT (${is})`;
  }
  if (token.property === "stale") {
    const old = `COALESCE(${OBSERVED_AT} < ${params.add(staleBefore)}::timestamptz, true)`;
    return booleanTokenSql(token, `(b.gone_at IS NULL AND ${old})`);
  }
  return tokenSql(token, propertyOf(PROPERTIES, token.property), params);
}

/** Tag keys travel URI-encoded, because they may hold what separates property and operator. Errors: invalid-input. */
function tagKey(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw invalidFilter(`not a URI-encoded tag key: ${JSON.stringify(encoded.slice(0, 60))}`);
  }
}

function whereSql(input: BrokerListInput, params: SqlParams): string {
  const ofPresence = input.filter?.some(({ property }) => property === "presence");
  const fixed = [IN_SCOPE, ...cutConditions("b", input, params), ofPresence ? null : "b.gone_at IS NULL"];
  return listWhere(fixed, input, params, {
    token: (token) => tokenCondition(token, params, input.staleBefore),
    searched: ["b.name", "b.broker_id", "b.account_id", "a.name", "o.display_name"],
    alsoSearched: (pattern, q) => {
      // Most rows are told apart by the tags' text as a whole; where JSON would write the text otherwise, it says nothing.
      const asWritten = /["\\\p{Cc}]/u.test(q) ? "true" : `b.tags::text ILIKE ${pattern}`;
      return `(${asWritten} AND EXISTS (SELECT 1 FROM jsonb_each_text(b.tags) t WHERE t.key ILIKE ${pattern} OR t.value ILIKE ${pattern}))`;
    },
  });
}

/** A page of brokers by keyset, with the number of all that match. Errors: invalid-input for unknown properties, values and cursors. */
export async function listBrokers(
  db: Database,
  input: BrokerListInput,
): Promise<{ rows: BrokerRow[]; total: number; nextCursor: string | null }> {
  const sort = input.sort ?? "name";
  const direction = input.order ?? "asc";
  return await keysetPage<BrokerRow>(
    db,
    {
      name: "brokers",
      columns: COLUMNS,
      from: FROM,
      where: (params) => whereSql(input, params),
      properties: PROPERTIES,
      sort,
      direction,
      idExpr: "b.id",
      limit: input.limit,
      cursor: input.cursor,
    },
    ({ dbId }) => dbId,
  );
}

/** Brokers by AWS broker id or ARN (the one present first, when an id stands twice). Null when never seen. */
export async function findBroker(db: Database, idOrArn: string): Promise<BrokerRow | null> {
  const rows = await db.rows<BrokerRow>(
    `SELECT ${COLUMNS}, '' AS "sortValue" ${FROM} WHERE b.broker_id = $1 OR b.arn = $1 ORDER BY b.gone_at DESC NULLS FIRST, b.id DESC LIMIT 1`,
    idOrArn,
  );
  return rows[0] ?? null;
}

const FACETS = [
  "engine",
  "region",
  "account",
  "engineLine",
  "deploymentMode",
  "instanceType",
  "storageType",
  "state",
  "environment",
  "owner",
  "ownerSource",
  "supportStatus",
  "supportStage",
] as const;

/** Names of the values of a facet, where the value itself is a key. */
const FACET_LABELS: Readonly<Record<string, string>> = { owner: "o.display_name", account: "a.name" };

export interface FacetRow {
  property: string;
  value: string;
  label: string | null;
  count: number;
}

/** How many present brokers carry each value of the enumerable properties, and each tag value (the 40 most frequent per key, 60 keys). */
export async function brokerFacetRows(db: Database): Promise<FacetRow[]> {
  const [values, tags] = await Promise.all([facetValues(db), tagValues(db)]);
  return [...values, ...tags];
}

/** All enumerable properties in one pass over the brokers. */
function facetValues(db: Database): Promise<FacetRow[]> {
  const exprOf = (p: (typeof FACETS)[number]) => `(${PROPERTIES[p]?.textExpr ?? PROPERTIES[p]?.expr})::text`;
  const inner = FACETS.flatMap((p) => [
    `${exprOf(p)} AS "${p}"`,
    ...(FACET_LABELS[p] ? [`${FACET_LABELS[p]} AS "${p} label"`] : []),
  ]);
  const sets = FACETS.map((p) => (FACET_LABELS[p] ? `("${p}", "${p} label")` : `("${p}")`));
  const chosen = (of: (p: (typeof FACETS)[number]) => string) =>
    `CASE ${FACETS.map((p) => `WHEN GROUPING("${p}") = 0 THEN ${of(p)}`).join(" ")} END`;
  return db.rows<FacetRow>(
    `SELECT * FROM (
       SELECT ${chosen((p) => `'${p}'`)} AS property, ${chosen((p) => `"${p}"`)} AS value,
              ${chosen((p) => (FACET_LABELS[p] ? `"${p} label"` : "NULL"))} AS label, count(*)::int AS count
         FROM (SELECT ${inner.join(", ")} ${FROM} WHERE ${IN_SCOPE} AND b.gone_at IS NULL) present
        GROUP BY GROUPING SETS (${sets.join(", ")})) facet
      WHERE value IS NOT NULL ORDER BY property, count DESC, value`,
  );
}

function tagValues(db: Database): Promise<FacetRow[]> {
  return db.rows<FacetRow>(
    `SELECT 'tag.' || key AS property, value, NULL AS label, count FROM (
       SELECT t.key, t.value, count(*)::int AS count, row_number() OVER (PARTITION BY t.key ORDER BY count(*) DESC, t.value) AS nth,
              dense_rank() OVER (ORDER BY t.key) AS key_nth
         FROM broker b LEFT JOIN aws_account a ON a.account_id = b.account_id CROSS JOIN LATERAL jsonb_each_text(b.tags) t
        WHERE ${IN_SCOPE} AND b.gone_at IS NULL GROUP BY t.key, t.value) x
      WHERE nth <= 40 AND key_nth <= 60
      ORDER BY 1, 4 DESC, 2`,
  );
}

export interface BrokerDocumentRow {
  attributes: unknown;
  attributeObservedAt: unknown;
  descriptionFailure: string | null;
  ruleResults: unknown;
  payload: unknown;
  payloadObservedAt: Date | null;
}

/** Attributes, raw payload and rule results of one broker. */
export async function brokerDocument(db: Database, dbId: number): Promise<BrokerDocumentRow | null> {
  const rows = await db.rows<BrokerDocumentRow>(
    `SELECT b.attributes, b.attribute_observed_at AS "attributeObservedAt", b.description_failure AS "descriptionFailure", b.rule_results AS "ruleResults",
            p.payload, p.observed_at AS "payloadObservedAt"
       FROM broker b LEFT JOIN broker_payload p ON p.broker_id = b.id WHERE b.id = $1`,
    dbId,
  );
  return rows[0] ?? null;
}
