import type { Database } from "@/lib/db/client";
import type { PlainDate } from "@/lib/domain/plain-date";

export interface KpiTargetRow {
  kpiId: string;
  startOn: string;
  /** Exact text. */
  target: string;
  setAt: Date;
  setBy: string;
}

const COLUMNS = `kpi_id AS "kpiId", start_on::text AS "startOn", target::text AS target, set_at AS "setAt", set_by AS "setBy"`;

/** The targets of a KPI, newest quarter first. */
export function targetsOfKpi(db: Database, kpiId: string): Promise<KpiTargetRow[]> {
  return db.rows<KpiTargetRow>(`SELECT ${COLUMNS} FROM kpi_target WHERE kpi_id = $1 ORDER BY start_on DESC`, kpiId);
}

/** The target of each KPI that has one in force on a day: that of the latest quarter that has begun. */
export function targetsInForce(db: Database, on: PlainDate): Promise<KpiTargetRow[]> {
  return db.rows<KpiTargetRow>(
    `SELECT DISTINCT ON (kpi_id) ${COLUMNS} FROM kpi_target WHERE start_on <= $1::text::date ORDER BY kpi_id, start_on DESC`,
    on,
  );
}

/** Sets the target of a KPI from a quarter on. The caller has seen to it that the quarter has not begun. */
export async function saveKpiTarget(
  db: Database,
  target: { kpiId: string; startOn: PlainDate; target: string; setAt: Date; setBy: string },
): Promise<void> {
  await db.execute(
    `INSERT INTO kpi_target (kpi_id, start_on, target, set_at, set_by) VALUES ($1, $2::text::date, $3::text::numeric, $4, $5)
     ON CONFLICT (kpi_id, start_on) DO UPDATE SET target = EXCLUDED.target, set_at = EXCLUDED.set_at, set_by = EXCLUDED.set_by`,
    target.kpiId,
    target.startOn,
    target.target,
    target.setAt,
    target.setBy,
  );
}
