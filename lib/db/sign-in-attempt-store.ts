import type { Database } from "@/lib/db/client";

/**
 * Counts one more attempt of a key and returns how many there were within the window, this one included. One statement, so that attempts at the same
 * moment are all counted. `now` is wall time.
 */
export async function countAttempt(
  db: Database,
  key: string,
  { now, windowMs }: { now: Date; windowMs: number },
): Promise<number> {
  const [row] = await db.rows<{ count: number }>(
    `INSERT INTO sign_in_attempt AS a (key, count, since) VALUES ($1, 1, $2)
     ON CONFLICT (key) DO UPDATE SET
       count = CASE WHEN a.since < $3 THEN 1 ELSE a.count + 1 END,
       since = CASE WHEN a.since < $3 THEN $2 ELSE a.since END
     RETURNING count`,
    key,
    now,
    new Date(now.getTime() - windowMs),
  );
  return row?.count ?? 0;
}

/** Forgets a key's attempts, and those of all keys from before `olderThan`. */
export async function clearAttempts(db: Database, key: string, olderThan: Date): Promise<void> {
  await db.execute(`DELETE FROM sign_in_attempt WHERE key = $1 OR since < $2`, key, olderThan);
}

/** How many attempts of a key there were within the window, without counting one. */
export async function attemptsOf(
  db: Database,
  key: string,
  { now, windowMs }: { now: Date; windowMs: number },
): Promise<number> {
  const [row] = await db.rows<{ count: number }>(
    `SELECT count FROM sign_in_attempt WHERE key = $1 AND since >= $2`,
    key,
    new Date(now.getTime() - windowMs),
  );
  return row?.count ?? 0;
}
