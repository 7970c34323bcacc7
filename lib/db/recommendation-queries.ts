import type { CutQuery, ListQuery } from "@/lib/contracts/common";
import { PRESENCE } from "@/lib/db/broker-queries";
import type { Database } from "@/lib/db/client";
import { cutConditions, inScopeSql, OWNER_KEY } from "@/lib/db/cut-sql";
import {
  booleanTokenSql,
  listWhere,
  type PropertySql,
  propertyOf,
  SqlParams,
  type Token,
  text,
  tokenSql,
} from "@/lib/db/filter-sql";
import { keysetPage } from "@/lib/db/keyset-page";

export type RecommendationListInput = ListQuery & CutQuery & { today: string };

export interface RecommendationListRow {
  id: number;
  kind: string;
  nature: string;
  state: string;
  brokerId: string;
  brokerName: string;
  accountId: string;
  region: string;
  engine: string;
  engineVersion: string | null;
  instanceType: string | null;
  deploymentMode: string | null;
  environment: string;
  ownerKey: string | null;
  ownerName: string | null;
  ownerVerified: boolean | null;
  ownerSource: string | null;
  counted: boolean;
  confidence: string;
  openedAt: Date;
  lastSeenAt: Date;
  endedAt: Date | null;
  endCause: string | null;
  endedBy: string | null;
  endReason: string | null;
  dismissedUntil: string | null;
  detail: unknown;
  openedDetail: unknown;
  detailChanged: boolean;
  realised: string | null;
  realisedCurrency: string | null;
  realisedExplanation: string | null;
  sortValue: string;
}

/** Days come from the clock, not from outside. */
const stateSql = (today: string): string =>
  `CASE WHEN r.ended_at IS NULL THEN 'open' WHEN r.end_cause = 'dismissed' AND r.dismissed_until > '${today}'::date THEN 'dismissed' ELSE 'ended' END`;

const propertiesOn = (today: string): Readonly<Record<string, PropertySql>> => ({
  kind: text("r.kind"),
  nature: text("r.nature"),
  state: text(stateSql(today)),
  confidence: {
    expr: "array_position(ARRAY['low', 'medium', 'high'], r.confidence)",
    textExpr: "r.confidence",
    type: "int",
    parse: confidenceRank,
  },
  cause: text("r.end_cause"),
  broker: text("b.name"),
  brokerId: text("b.broker_id"),
  account: text("b.account_id"),
  region: text("b.region"),
  engine: text("b.engine"),
  environment: text("b.environment"),
  owner: text(OWNER_KEY),
  instanceType: text("b.instance_type"),
  monthly: { expr: "r.monthly", type: "numeric" },
  openedAt: { expr: "r.opened_at", type: "timestamptz" },
  endedAt: { expr: "r.ended_at", type: "timestamptz" },
});

const LEVELS = ["low", "medium", "high"];

function confidenceRank(value: string): string {
  return String(LEVELS.indexOf(value.toLowerCase()) + 1);
}

const FROM = "FROM cost_recommendation r JOIN broker b ON b.id = r.broker_id LEFT JOIN owner o ON o.id = b.owner_id";

const columnsOn = (
  today: string,
): string => `r.id, r.kind, r.nature, ${stateSql(today)} AS state, b.broker_id AS "brokerId", b.name AS "brokerName",
  b.account_id AS "accountId", b.region, b.engine, b.engine_version AS "engineVersion", b.instance_type AS "instanceType",
  b.deployment_mode AS "deploymentMode", b.environment, o.key AS "ownerKey", o.display_name AS "ownerName", o.verified AS "ownerVerified",
  b.owner_source AS "ownerSource", r.counted, r.confidence, r.opened_at AS "openedAt", r.last_seen_at AS "lastSeenAt", r.ended_at AS "endedAt",
  r.end_cause AS "endCause", r.ended_by AS "endedBy", r.end_reason AS "endReason", r.dismissed_until::text AS "dismissedUntil", r.detail,
  r.opened_detail AS "openedDetail", r.detail <> r.opened_detail AS "detailChanged", r.realised::text AS realised,
  r.realised_currency AS "realisedCurrency", r.realised_detail ->> 'explanation' AS "realisedExplanation"`;

function whereSql(input: RecommendationListInput, params: SqlParams): string {
  const properties = propertiesOn(input.today);
  const ofState = input.filter?.some(({ property }) => property === "state" || property === "cause");
  const fixed = [inScopeSql("b"), ...cutConditions("b", input, params), ofState ? null : "r.ended_at IS NULL"];
  return listWhere(fixed, input, params, {
    token: (token) => tokenCondition(token, properties, params),
    searched: ["b.name", "o.display_name", "r.detail ->> 'summary'"],
  });
}

function tokenCondition(token: Token, properties: Readonly<Record<string, PropertySql>>, params: SqlParams): string {
  if (token.property === "counted") return booleanTokenSql(token, "r.counted");
  return tokenSql(token, propertyOf(properties, token.property), params);
}

/** A page of recommendations by keyset; by default the open ones, the largest first. Errors: invalid-input. */
export function listRecommendations(
  db: Database,
  input: RecommendationListInput,
): Promise<{ rows: RecommendationListRow[]; total: number; nextCursor: string | null }> {
  return keysetPage<RecommendationListRow>(
    db,
    {
      name: "recommendations",
      columns: columnsOn(input.today),
      from: FROM,
      where: (params) => whereSql(input, params),
      properties: propertiesOn(input.today),
      sort: input.sort ?? "monthly",
      direction: input.order ?? "desc",
      idExpr: "r.id",
      limit: input.limit,
      cursor: input.cursor,
    },
    ({ id }) => id,
  );
}

/** One recommendation as the list shows it; null when there is none. */
export async function findRecommendation(
  db: Database,
  id: number,
  today: string,
): Promise<RecommendationListRow | null> {
  const [row] = await db.rows<RecommendationListRow>(
    `SELECT ${columnsOn(today)}, '' AS "sortValue" ${FROM} WHERE r.id = $1`,
    id,
  );
  return row ?? null;
}

/** Recommendations of a broker, open ones first, then the newest. */
export function recommendationsOfBroker(
  db: Database,
  brokerRowId: number,
  today: string,
): Promise<RecommendationListRow[]> {
  return db.rows<RecommendationListRow>(
    `SELECT ${columnsOn(today)}, '' AS "sortValue" ${FROM} WHERE r.broker_id = $1
      ORDER BY r.ended_at DESC NULLS FIRST, r.counted DESC, r.monthly DESC NULLS LAST, r.id DESC LIMIT 50`,
    brokerRowId,
  );
}

/** A sum by nature and currency: what of it is billed, and the days of the list prices in the rest. */
export interface RecommendationSumRow {
  nature: string;
  currency: string;
  amount: string;
  billed: string;
  priceListFrom: string | null;
  priceListTo: string | null;
  brokers: number;
}

/** Sums of what a filter matches: counted savings and premiums by currency, and how many of each kind. */
export async function recommendationSums(
  db: Database,
  input: RecommendationListInput,
): Promise<{
  sums: RecommendationSumRow[];
  kinds: { kind: string; recommendations: number; withoutPrice: number }[];
}> {
  const params = new SqlParams();
  const where = whereSql(input, params);
  const [row] = await db.rows<Awaited<ReturnType<typeof recommendationSums>>>(
    `WITH hit AS MATERIALIZED (SELECT r.kind, r.nature, r.counted OR r.nature = 'premium' AS adds, r.monthly, r.currency, r.broker_id,
         r.detail #>> '{price,basis}' AS basis, r.detail #>> '{monthly,priceListOf}' AS price_list_of ${FROM} WHERE ${where})
     SELECT COALESCE((SELECT jsonb_agg(s ORDER BY s.nature, s.currency) FROM (
         SELECT nature, currency, sum(monthly)::text AS amount, COALESCE(sum(monthly) FILTER (WHERE basis = 'billed'), 0)::text AS billed,
           min(price_list_of) AS "priceListFrom", max(price_list_of) AS "priceListTo", count(DISTINCT broker_id)::int AS brokers FROM hit
          WHERE adds AND monthly IS NOT NULL GROUP BY nature, currency) s), '[]') AS sums,
       COALESCE((SELECT jsonb_agg(k ORDER BY k.kind) FROM (
         SELECT kind, count(*)::int AS recommendations, count(*) FILTER (WHERE adds AND monthly IS NULL)::int AS "withoutPrice" FROM hit GROUP BY kind) k), '[]') AS kinds`,
    ...params.values,
  );
  return row ?? { sums: [], kinds: [] };
}

/** How many brokers of a cut in scope for KPIs were looked at, and how many of them could not be judged, by kind. */
export async function judgedBrokers(
  db: Database,
  cut: CutQuery,
): Promise<{ judged: number; notJudged: { kind: string; brokers: number }[] }> {
  const params = new SqlParams();
  const conditions = [inScopeSql("b"), `${PRESENCE} = 'in-scope'`, ...cutConditions("b", cut, params)].filter(
    (part) => part !== null,
  );
  const [row] = await db.rows<Awaited<ReturnType<typeof judgedBrokers>>>(
    `WITH judged AS MATERIALIZED (SELECT u.outcomes FROM recommendation_outcome u JOIN broker b ON b.id = u.broker_id LEFT JOIN owner o ON o.id = b.owner_id
        WHERE ${conditions.join(" AND ")})
     SELECT (SELECT count(*)::int FROM judged) AS judged,
       COALESCE((SELECT jsonb_agg(n ORDER BY n.kind) FROM (
         SELECT k.kind, count(*)::int AS brokers FROM judged CROSS JOIN LATERAL jsonb_each(outcomes) AS k(kind, said) WHERE k.said ->> 0 = 'unknown' GROUP BY k.kind) n), '[]') AS "notJudged"`,
    ...params.values,
  );
  return row ?? { judged: 0, notJudged: [] };
}

/** What every kind says of a broker; undefined when it was never judged. */
export async function outcomesOfBroker(db: Database, brokerRowId: number): Promise<unknown> {
  const [row] = await db.rows<{ outcomes: unknown }>(
    "SELECT outcomes FROM recommendation_outcome WHERE broker_id = $1",
    brokerRowId,
  );
  return row?.outcomes;
}
