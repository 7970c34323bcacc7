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

/** The latest state of one scope; null when it was never tried. */
export async function loadScopeState(
  db: Database,
  scope: { source: string; accountId: string; region: string },
): Promise<{ lastStatus: string; lastCompleteAt: Date | null; message: string | null } | null> {
  const rows = await db.rows<{ lastStatus: string; lastCompleteAt: Date | null; message: string | null }>(
    `SELECT last_status AS "lastStatus", last_complete_at AS "lastCompleteAt", message FROM scope_state
     WHERE source = $1 AND account_id = $2 AND region = $3`,
    scope.source,
    scope.accountId,
    scope.region,
  );
  return rows[0] ?? null;
}

/** The states of all scopes ever read. */
export async function loadScopeStates(db: Database): Promise<ScopeStateRow[]> {
  return db.rows<ScopeStateRow>(
    `SELECT source, account_id AS "accountId", region, last_status AS "lastStatus", last_attempt_at AS "lastAttemptAt",
       last_read_at AS "lastReadAt", last_complete_at AS "lastCompleteAt" FROM scope_state`,
  );
}
