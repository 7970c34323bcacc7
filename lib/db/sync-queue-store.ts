import type { Database } from "@/lib/db/client";

/** Jobs of a run that will still be tried. Zero for a running run means that nothing will ever end it. */
export async function waitingJobsOfRun(db: Database, runId: number): Promise<number> {
  const rows = await db.rows<{ count: number }>(
    `SELECT count(*)::int AS count FROM graphile_worker.jobs
     WHERE attempts < max_attempts AND (key LIKE 'sync-scope:' || $1::text || ':%' OR key IN ('sync-plan:' || $1::text, 'sync-finish:' || $1::text)
       OR locked_at IS NOT NULL)`,
    String(runId),
  );
  return rows[0]?.count ?? 0;
}
