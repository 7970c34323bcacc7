import type { Database } from "@/lib/db/client";

/** An AWS account as the services need it. */
export interface AccountRow {
  accountId: string;
  name: string | null;
  partition: string;
  /** ambient, manual, organizations */
  origin: string;
  roleArn: string | null;
  externalId: string | null;
  /** Empty: all regions where Amazon MQ exists. */
  regions: readonly string[];
  defaultEnvironment: string | null;
  defaultOwnerId: number | null;
  readCosts: boolean;
  enabled: boolean;
  addedAt: Date;
  removedAt: Date | null;
}

const COLUMNS = `account_id AS "accountId", name, partition, origin, role_arn AS "roleArn", external_id AS "externalId", regions,
  default_environment AS "defaultEnvironment", default_owner_id AS "defaultOwnerId", read_costs AS "readCosts", enabled,
  added_at AS "addedAt", removed_at AS "removedAt"`;

/** All accounts ever connected, by id; those taken out of scope have `removedAt`. */
export async function loadAccounts(db: Database): Promise<AccountRow[]> {
  return db.rows<AccountRow>(`SELECT ${COLUMNS} FROM aws_account ORDER BY account_id`);
}

export async function findAccount(db: Database, accountId: string): Promise<AccountRow | null> {
  const rows = await db.rows<AccountRow>(`SELECT ${COLUMNS} FROM aws_account WHERE account_id = $1`, accountId);
  return rows[0] ?? null;
}

/** Writes an account as given, new or known. */
export async function saveAccount(db: Database, account: AccountRow): Promise<void> {
  await db.execute(
    `INSERT INTO aws_account (account_id, name, partition, origin, role_arn, external_id, regions, default_environment, default_owner_id,
       read_costs, enabled, added_at, removed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7::text[], $8, $9::int, $10, $11, $12, $13::timestamptz)
     ON CONFLICT (account_id) DO UPDATE SET name = EXCLUDED.name, partition = EXCLUDED.partition, origin = EXCLUDED.origin,
       role_arn = EXCLUDED.role_arn, external_id = EXCLUDED.external_id, regions = EXCLUDED.regions,
       default_environment = EXCLUDED.default_environment, default_owner_id = EXCLUDED.default_owner_id,
       read_costs = EXCLUDED.read_costs, enabled = EXCLUDED.enabled, added_at = EXCLUDED.added_at, removed_at = EXCLUDED.removed_at`,
    account.accountId,
    account.name,
    account.partition,
    account.origin,
    account.roleArn,
    account.externalId,
    account.regions,
    account.defaultEnvironment,
    account.defaultOwnerId,
    account.readCosts,
    account.enabled,
    account.addedAt,
    account.removedAt,
  );
}
