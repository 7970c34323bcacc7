import type { Database } from "@/lib/db/client";
import { isPlainDate, type PlainDate } from "@/lib/domain/plain-date";

/**
 * The earliest day of which some cost was read anew (first read or restated) since the last run that was judged; null when there is none. Days are
 * written only when they differ, so their observation instant tells.
 */
export async function earliestCostDayReadSinceEvaluation(
  db: Database,
  runId: number | null,
): Promise<PlainDate | null> {
  const rows = await db.rows<{ day: string | null }>(
    `SELECT min(day)::text AS day FROM cost_day WHERE observed_at > COALESCE(
       (SELECT max(as_of) FROM sync_run WHERE status IN ('complete', 'partial') AND ($1::int IS NULL OR id < $1::int)), '-infinity')`,
    runId,
  );
  const day = rows[0]?.day ?? null;
  return day !== null && isPlainDate(day) ? day : null;
}
