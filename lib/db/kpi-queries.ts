import type { Database } from "@/lib/db/client";

export interface SnapshotPointRow {
  kpiId: string;
  series: string;
  day: string;
  value: string | null;
  numerator: string | null;
  denominator: string | null;
  unknowns: number;
  version: number;
}

/** Daily snapshots of KPIs for one dimension and key, [from, until), ascending by day. Values are exact text. */
export function snapshotPoints(
  db: Database,
  input: { kpiIds: readonly string[]; dimension: string; key: string; from: string; until: string },
): Promise<SnapshotPointRow[]> {
  return db.rows<SnapshotPointRow>(
    `SELECT kpi_id AS "kpiId", series, day::text AS day, value::text AS value, numerator::text AS numerator, denominator::text AS denominator, unknowns,
            kpi_version AS version
       FROM kpi_snapshot
      WHERE kpi_id = ANY($1::text[]) AND dimension = $2 AND key = $3 AND day >= $4::text::date AND day < $5::text::date ORDER BY kpi_id, series, day`,
    [...input.kpiIds],
    input.dimension,
    input.key,
    input.from,
    input.until,
  );
}
