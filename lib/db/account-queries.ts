import type { Database } from "@/lib/db/client";

export interface AccountScopeRow {
  accountId: string;
  source: string;
  region: string;
  status: string;
  lastCompleteAt: Date | null;
  message: string | null;
  wayOut: string | null;
}

/** Latest outcome of every scope of every account. */
export function accountScopes(db: Database): Promise<AccountScopeRow[]> {
  return db.rows<AccountScopeRow>(
    `SELECT account_id AS "accountId", source, region, last_status AS status, last_complete_at AS "lastCompleteAt", message, way_out AS "wayOut"
       FROM scope_state ORDER BY account_id, source, region`,
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
