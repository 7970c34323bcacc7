import type { Database } from "@/lib/db/client";

export interface AccountScopesRow {
  accountId: string;
  /** Scopes ever tried. */
  scopes: number;
  /** Those whose last outcome is not one of `fine`, by source and region. */
  problems: { source: string; region: string; status: string; message: string | null; wayOut: string | null }[];
}

/** How many scopes each account has, and those with problems: whose latest outcome is not one of `fine`. */
export function accountScopes(db: Database, fine: readonly string[]): Promise<AccountScopesRow[]> {
  return db.rows<AccountScopesRow>(
    `SELECT account_id AS "accountId", count(*)::int AS scopes,
       COALESCE(jsonb_agg(jsonb_build_object('source', source, 'region', region, 'status', last_status, 'message', message, 'wayOut', way_out)
         ORDER BY source, region) FILTER (WHERE last_status <> ALL ($1::text[])), '[]') AS problems
       FROM scope_state GROUP BY account_id`,
    [...fine],
  );
}

/** Brokers present by account. */
export function brokerCounts(db: Database): Promise<{ accountId: string; brokers: number }[]> {
  return db.rows(
    `SELECT account_id AS "accountId", count(*)::int AS brokers FROM broker WHERE gone_at IS NULL GROUP BY account_id`,
  );
}

/** Owner key by id, of the owners that accounts name as their default. */
export function defaultOwners(db: Database): Promise<{ id: number; key: string }[]> {
  return db.rows(`SELECT id, key FROM owner WHERE id IN (SELECT default_owner_id FROM aws_account)`);
}
