import type { Database } from "@/lib/db/client";
import { arrayLiteral, slicesOf } from "@/lib/db/cost-array-literal";
import type { MetricTable } from "@/lib/db/metric-partitions";
import { toJsonb } from "@/lib/db/to-jsonb";
import type { PlainDate } from "@/lib/domain/plain-date";

/** Values of one series: the days of a month (`start` its first day) or the hours of a day (`start` that day). Null: nothing new of that place. */
export interface MetricValues {
  brokerId: number;
  metric: string;
  dimension: string;
  stat: string;
  start: PlainDate;
  values: readonly (number | null)[];
}

const ROWS_PER_STATEMENT = 5_000;
const PERIOD_COLUMN = { daily: "month", hourly: "day" } as const;

/**
 * Writes values, merging them with those that are there: a value replaces, null leaves what is known. Rows that would not change are not touched.
 * Each key at most once per call; the partitions must exist. Answers the number of rows written.
 */
export async function storeMetricValues(
  db: Database,
  table: MetricTable,
  rows: readonly MetricValues[],
): Promise<number> {
  const period = PERIOD_COLUMN[table];
  const merged = `(SELECT array_agg(COALESCE(fresh, known) ORDER BY place) FROM unnest(m.values, EXCLUDED.values) WITH ORDINALITY AS v(known, fresh, place))`;
  let written = 0;
  for (const slice of slicesOf(rows, ROWS_PER_STATEMENT)) {
    written += await db.execute(
      `INSERT INTO metrics.${table} AS m (broker_id, metric, dimension, stat, ${period}, values)
       SELECT "brokerId", metric, dimension, stat, start, values::double precision[]
         FROM jsonb_to_recordset($1::jsonb) AS r("brokerId" int, metric text, dimension text, stat text, start date, values text)
        ORDER BY 1, 2, 3, 4, 5
       ON CONFLICT (broker_id, metric, dimension, stat, ${period}) DO UPDATE SET values = ${merged}
        WHERE m.values IS DISTINCT FROM ${merged}`,
      toJsonb(slice.map((row) => ({ ...row, values: arrayLiteral(row.values) }))),
    );
  }
  return written;
}
