import type { Database } from "@/lib/db/client";

export interface SettingRow {
  key: string;
  value: unknown;
  updatedAt: Date;
  updatedBy: string;
}

/** Settings that were changed from their defaults, sorted by key. The caller checks the values' shape. */
export async function changedSettings(db: Database): Promise<SettingRow[]> {
  return db.rows<SettingRow>(
    `SELECT key, value, updated_at AS "updatedAt", updated_by AS "updatedBy" FROM setting ORDER BY key`,
  );
}

/** Writes settings; a value of `undefined` goes back to the default (its row is removed). */
export async function saveSettings(
  db: Database,
  values: Readonly<Record<string, unknown>>,
  by: { at: Date; actor: string },
): Promise<void> {
  const set = Object.entries(values).filter(([, value]) => value !== undefined);
  const unset = Object.keys(values).filter((key) => values[key] === undefined);
  if (unset.length > 0) await db.execute("DELETE FROM setting WHERE key = ANY($1::text[])", unset);
  if (set.length === 0) return;
  await db.execute(
    `INSERT INTO setting (key, value, updated_at, updated_by)
     SELECT key, value, $2, $3 FROM jsonb_each($1::jsonb)
     ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, updated_at = EXCLUDED.updated_at, updated_by = EXCLUDED.updated_by
     WHERE setting.value <> EXCLUDED.value`,
    JSON.stringify(Object.fromEntries(set)),
    by.at,
    by.actor,
  );
}
