import type { Database } from "@/lib/db/client";

/** The instant at which the business clock of demo and test mode stands; null: it runs with the machine. */
export async function readBusinessInstant(db: Database): Promise<Date | null> {
  const rows = await db.rows<{ instant: Date | null }>("SELECT instant FROM business_clock WHERE id = 1");
  return rows[0]?.instant ?? null;
}

/** Sets or (with null) releases the business clock of demo and test mode. Production never reads it. */
export async function setBusinessInstant(db: Database, instant: Date | null, wallNow: Date): Promise<void> {
  await db.execute(
    `INSERT INTO business_clock (id, instant, updated_at) VALUES (1, $1, $2)
     ON CONFLICT (id) DO UPDATE SET instant = EXCLUDED.instant, updated_at = EXCLUDED.updated_at`,
    instant,
    wallNow,
  );
}
