import type { Database } from "@/lib/db/client";
import { toJsonb } from "@/lib/db/to-jsonb";

export interface NewOffer {
  /** engine-version, instance-option */
  kind: string;
  /** ENGINE/version, or ENGINE/instance type/storage type */
  key: string;
  payload: unknown;
}

/** Replaces what AWS offers in a region by what was just read; an offer that did not change is only marked as observed. */
export async function replaceOffers(
  db: Database,
  region: string,
  offers: readonly NewOffer[],
  at: Date,
): Promise<void> {
  const rows = toJsonb(offers);
  await db.execute(
    `DELETE FROM engine_offer o WHERE o.region = $1 AND NOT EXISTS
       (SELECT 1 FROM jsonb_to_recordset($2::jsonb) AS n(kind text, key text) WHERE n.kind = o.kind AND n.key = o.key)`,
    region,
    rows,
  );
  await db.execute(
    `INSERT INTO engine_offer (region, kind, key, payload, observed_at)
     SELECT DISTINCT ON (kind, key) $1, kind, key, payload, $3::timestamptz
     FROM jsonb_to_recordset($2::jsonb) AS n(kind text, key text, payload jsonb) ORDER BY kind, key
     ON CONFLICT (region, kind, key) DO UPDATE SET payload = EXCLUDED.payload, observed_at = EXCLUDED.observed_at`,
    region,
    rows,
    at,
  );
}
