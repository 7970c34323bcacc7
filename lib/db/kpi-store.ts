import type { Database } from "@/lib/db/client";
import { toJsonb } from "@/lib/db/to-jsonb";
import type { PlainDate } from "@/lib/domain/plain-date";

/** One value of a KPI for a day: whole (dimension "all", key '') or of one key of a dimension. Decimals as exact text. */
export interface KpiSnapshotRow {
  kpiId: string;
  kpiVersion: number;
  series: string;
  dimension: string;
  key: string;
  value: string | null;
  numerator: string | null;
  denominator: string | null;
  unknowns: number;
  detail: unknown;
}

const ROWS_PER_STATEMENT = 2_000;

/** The newest day with a snapshot; null before the first. */
export async function newestSnapshotDay(db: Database): Promise<string | null> {
  const rows = await db.rows<{ day: string | null }>("SELECT max(day)::text AS day FROM kpi_snapshot");
  return rows[0]?.day ?? null;
}

/** Replaces the snapshot of a day. Only for the present day: earlier ones are frozen (the caller sees to it). */
export async function replaceDaySnapshot(
  db: Database,
  day: PlainDate,
  asOf: Date,
  rows: readonly KpiSnapshotRow[],
): Promise<void> {
  await db.execute("DELETE FROM kpi_snapshot WHERE day = $1::text::date", day);
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    await db.execute(
      `INSERT INTO kpi_snapshot (day, kpi_id, series, dimension, key, kpi_version, value, numerator, denominator, unknowns, detail, as_of)
       SELECT $1::text::date, "kpiId", series, dimension, key, "kpiVersion", value, numerator, denominator, unknowns, detail, $2::timestamptz
       FROM jsonb_to_recordset($3::jsonb) AS s("kpiId" text, series text, dimension text, key text, "kpiVersion" int, value numeric,
         numerator numeric, denominator numeric, unknowns int, detail jsonb)`,
      day,
      asOf,
      toJsonb(rows.slice(start, start + ROWS_PER_STATEMENT)),
    );
  }
}
