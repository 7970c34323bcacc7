import type { Database } from "@/lib/db/client";
import { inScopeSql } from "@/lib/db/cut-sql";
import type { DayInterval, PlainDate } from "@/lib/domain/plain-date";

/** A present broker as recommendations need it. */
export interface RecommendationSubjectRow {
  id: number;
  arn: string;
  name: string;
  region: string;
  state: string;
  engine: string;
  engineVersion: string | null;
  deploymentMode: string | null;
  instanceType: string | null;
  storageType: string | null;
  storageSizeGb: number | null;
  environment: string;
  environmentSource: string;
  countsAsProduction: boolean;
  existsSince: PlainDate;
  replicationMode: string | null;
  pendingInstanceType: string | null;
  instanceTypeChangedOn: PlainDate | null;
  monthlyCost: string | null;
  costCurrency: string | null;
  costBasis: string | null;
  observedAt: Date;
}

/** All present brokers of accounts in scope; changes of instance types are looked for since `from`. */
export function recommendationSubjects(db: Database, from: PlainDate): Promise<RecommendationSubjectRow[]> {
  return db.rows<RecommendationSubjectRow>(
    `SELECT b.id, b.arn, b.name, b.region, b.state, b.engine, b.engine_version AS "engineVersion", b.deployment_mode AS "deploymentMode",
            b.instance_type AS "instanceType", b.storage_type AS "storageType", (b.attributes ->> 'storageSizeGb')::int AS "storageSizeGb",
            b.environment, b.environment_source AS "environmentSource", b.counts_as_production AS "countsAsProduction",
            (COALESCE(b.aws_created_at, b.first_seen_at) AT TIME ZONE 'UTC')::date::text AS "existsSince",
            b.attributes ->> 'dataReplicationMode' AS "replicationMode", b.attributes #>> '{pending,instanceType}' AS "pendingInstanceType",
            c.changed_on::text AS "instanceTypeChangedOn",
            b.monthly_cost::text AS "monthlyCost", b.cost_currency AS "costCurrency", b.cost_basis AS "costBasis",
            COALESCE(b.described_until, d.last_read_at, l.last_read_at, b.first_seen_at) AS "observedAt"
       FROM broker b
       LEFT JOIN scope_state d ON d.source = 'mq-descriptions' AND d.account_id = b.account_id AND d.region = b.region
       LEFT JOIN scope_state l ON l.source = 'mq-brokers' AND l.account_id = b.account_id AND l.region = b.region
       LEFT JOIN (SELECT broker_id, max((observed_at AT TIME ZONE 'UTC')::date) AS changed_on FROM broker_change
                   WHERE attribute = 'instanceType' AND observed_at >= $1::date AND old_value IS NOT NULL GROUP BY broker_id) c ON c.broker_id = b.id
      WHERE b.gone_at IS NULL AND ${inScopeSql("b")} ORDER BY b.id`,
    from,
  );
}

/** A broker's metrics over whole days: per metric the peak, the smallest and the mean daily value of the busiest instance, and the days with data. */
export interface WindowMetricsRow {
  brokerId: number;
  metrics: Readonly<Record<string, readonly [peak: number, low: number, mean: number, days: number]>>;
}

/** Some metrics of all brokers, one row per broker: a row per metric would cost more to read than to compute. */
export function windowMetrics(
  db: Database,
  { start, endExclusive }: DayInterval,
  metrics: readonly string[],
): Promise<WindowMetricsRow[]> {
  return db.rows<WindowMetricsRow>(
    `WITH part AS (
       SELECT d.broker_id, d.metric, d.dimension, s.hi, s.lo, s.total, s.days
         FROM metrics.daily d CROSS JOIN LATERAL (
           SELECT max(v) AS hi, min(v) AS lo, sum(v) AS total, count(v)::int AS days
             FROM unnest(d.values[GREATEST($1::date - d.month + 1, 1) : ($2::date - d.month)]) v) s
        WHERE d.month BETWEEN date_trunc('month', $1::date)::date AND ($2::date - 1) AND d.metric = ANY($3::text[]) AND s.days > 0
     ), instance AS (
       SELECT broker_id, metric, max(hi) AS hi, min(lo) AS lo, sum(total) / sum(days) AS mean, sum(days)::int AS days
         FROM part GROUP BY broker_id, metric, dimension
     ), whole AS (
       SELECT broker_id, metric, max(hi) AS peak, min(lo) AS low, max(mean) AS mean, max(days) AS days FROM instance GROUP BY broker_id, metric
     )
     SELECT broker_id AS "brokerId", json_object_agg(metric, json_build_array(peak, low, mean, days)) AS metrics FROM whole GROUP BY broker_id`,
    start,
    endExclusive,
    [...metrics],
  );
}

/** Instance options that AWS offers live, by region. */
export function liveInstanceOptions(
  db: Database,
): Promise<{ region: string; engine: string; instanceType: string; storageType: string; payload: unknown }[]> {
  return db.rows(
    `SELECT region, split_part(key, '/', 1) AS engine, split_part(key, '/', 2) AS "instanceType", split_part(key, '/', 3) AS "storageType", payload
       FROM engine_offer WHERE kind = 'instance-option' ORDER BY region, key`,
  );
}
