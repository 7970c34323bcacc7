import type { Database } from "@/lib/db/client";

/**
 * What a query that starts now would see, as PostgreSQL's own text "xmin:xmax:running": equal texts mean that no transaction that
 * writes has committed in between.
 */
export async function databaseSnapshot(db: Database): Promise<string> {
  const [row] = await db.rows<{ snapshot: string }>("SELECT pg_current_snapshot()::text AS snapshot");
  return row?.snapshot ?? "";
}
