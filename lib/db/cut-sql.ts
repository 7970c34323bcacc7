import { inSql, type SqlParams } from "@/lib/db/filter-sql";

/** Keys that figures and lists are limited to; a dimension without keys limits nothing. */
export interface FleetCut {
  account?: readonly string[] | undefined;
  region?: readonly string[] | undefined;
  engine?: readonly string[] | undefined;
  environment?: readonly string[] | undefined;
  owner?: readonly string[] | undefined;
}

/** The key of an owner `o` as cuts and filters name it. */
export const OWNER_KEY = "COALESCE(o.key, '(none)')";

/** What belongs to an account that was not removed; `table` has an account_id. */
export function inScopeSql(table: string): string {
  return `NOT EXISTS (SELECT 1 FROM aws_account a WHERE a.account_id = ${table}.account_id AND a.removed_at IS NOT NULL)`;
}

/** One condition per dimension of a cut (null: not limited) on a table with its columns, whose owner is joined as `o`. */
export function cutConditions(table: string, cut: FleetCut, params: SqlParams): (string | null)[] {
  return [
    inSql(`${table}.account_id`, cut.account, params),
    inSql(`${table}.region`, cut.region, params),
    inSql(`${table}.engine`, cut.engine, params),
    inSql(`${table}.environment`, cut.environment, params),
    inSql(OWNER_KEY, cut.owner, params),
  ];
}
