import type { Database } from "@/lib/db/client";

/** The latest state of a scope, as sync needs it. */
export interface ScopeStateRow {
  source: string;
  accountId: string;
  region: string;
  lastStatus: string;
  lastAttemptAt: Date;
  lastReadAt: Date | null;
  lastCompleteAt: Date | null;
}

/** The states of all scopes ever read. */
export async function loadScopeStates(db: Database): Promise<ScopeStateRow[]> {
  return db.rows<ScopeStateRow>(
    `SELECT source, account_id AS "accountId", region, last_status AS "lastStatus", last_attempt_at AS "lastAttemptAt",
       last_read_at AS "lastReadAt", last_complete_at AS "lastCompleteAt" FROM scope_state`,
  );
}
