import type { Database } from "@/lib/db/client";

/** What processes cache, each with a version of its own. */
export type DataVersionName = "fleet" | "settings" | "costs";

/** Tells every process that caches the named data to read it again. Call it in the transaction that changes the data. */
export async function bumpDataVersions(db: Database, ...names: readonly DataVersionName[]): Promise<void> {
  // Sorted, so that two transactions lock the rows in one order.
  await db.execute(
    `INSERT INTO data_version (name, version) SELECT name, 1 FROM unnest($1::text[]) AS name ORDER BY name
     ON CONFLICT (name) DO UPDATE SET version = data_version.version + 1`,
    [...new Set(names)].sort(),
  );
}
