import pg from "pg";
import { AppError } from "@/lib/domain/errors";

/** Tables that the application's own role does not rewrite. */
const APPEND_ONLY = ["audit_event", "audit_month"];
/**
 * Schemas whose tables the application makes and drops itself: partitions of metrics, and the job queue (which lets nobody but its owner see rows).
 * The owner reads and writes nothing in them: a view or trigger of the application's would run with the owner's rights.
 */
const ITS_OWN = ["metrics", "graphile_worker"];

/**
 * Gives the application's role what it needs of a database that another role has just migrated, and takes from it what would let it rewrite the audit.
 * The migrating role has to be a member of the application's (`GRANT app TO owner`), never the other way round. Errors: AppError "conflict" with the
 * way out where the two are one, or the wrong way round.
 */
export async function grantApplication({
  databaseUrl,
  migrationDatabaseUrl,
}: {
  databaseUrl: string;
  migrationDatabaseUrl: string;
}): Promise<void> {
  const role = await roleOf(databaseUrl);
  const client = new pg.Client(migrationDatabaseUrl);
  await client.connect();
  try {
    await assertRoles(client, role);
    const app = pg.escapeIdentifier(role);
    await client.query("BEGIN");
    await client.query(`
      GRANT USAGE ON SCHEMA public TO ${app};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${app};
      GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${app};
      REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON _prisma_migrations FROM ${app};
      REVOKE INSERT ON audit_month FROM ${app}, PUBLIC;
      ${APPEND_ONLY.map((table) => `REVOKE UPDATE, DELETE, TRUNCATE, TRIGGER, REFERENCES ON ${table} FROM ${app}, PUBLIC;`).join("\n")}`);
    const queue = await client.query("SELECT 1 WHERE to_regnamespace('graphile_worker') IS NOT NULL");
    if (queue.rowCount === 0) await client.query("CREATE SCHEMA graphile_worker");
    for (const schema of ITS_OWN) await handOver(client, schema, app);
    await client.query("COMMIT");
  } finally {
    await client.end();
  }
}

/** Name of the role of a connection string; the database must be the migrated one. */
async function roleOf(databaseUrl: string): Promise<string> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    const { rows } = await client.query<{ role: string; migrated: boolean }>(
      "SELECT current_user AS role, EXISTS (SELECT 1 FROM pg_class WHERE relname = 'audit_event') AS migrated",
    );
    const [found] = rows;
    if (found?.migrated) return found.role;
    throw new AppError("conflict", "DATABASE_URL and MIGRATION_DATABASE_URL name different databases.");
  } finally {
    await client.end();
  }
}

async function assertRoles(client: pg.Client, role: string): Promise<void> {
  const { rows } = await client.query<{ own: string; member: boolean; reverse: boolean; mighty: boolean }>(
    `SELECT current_user AS own, pg_has_role(current_user, $1, 'MEMBER') AS member, pg_has_role($1, current_user, 'MEMBER') AS reverse,
       (SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = $1) AS mighty`,
    [role],
  );
  const [found] = rows;
  const problem =
    found?.own === role
      ? "DATABASE_URL and MIGRATION_DATABASE_URL use the same role: give the application one of its own."
      : found?.mighty
        ? `The role ${role} of DATABASE_URL is a superuser or makes roles: it could give itself any right.`
        : found?.reverse
          ? `The role ${role} of DATABASE_URL is a member of the one that migrates, and has all its rights: take that back.`
          : found?.member
            ? null
            : `The migrating role has to be a member of the application's: GRANT ${role} TO ${found?.own}.`;
  if (problem !== null) throw new AppError("conflict", problem);
}

/** Makes the application's role the owner of a schema and of everything in it. */
async function handOver(client: pg.Client, schema: string, app: string): Promise<void> {
  const { rows } = await client.query<{ statement: string }>(
    `SELECT format('ALTER %s %s OWNER TO ', CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, c.oid::regclass) AS statement
       FROM pg_class c WHERE c.relnamespace = $1::regnamespace AND c.relkind IN ('r', 'p', 'v', 'S')
         AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('a', 'i') AND c.relkind = 'S')
     UNION ALL
     SELECT format('ALTER FUNCTION %s OWNER TO ', p.oid::regprocedure) FROM pg_proc p WHERE p.pronamespace = $1::regnamespace
     UNION ALL
     SELECT format('ALTER TYPE %s OWNER TO ', t.oid::regtype) FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid
      WHERE t.typnamespace = $1::regnamespace AND (t.typtype IN ('e', 'd') OR (t.typtype = 'c' AND c.relkind = 'c'))`,
    [schema],
  );
  await client.query(`ALTER SCHEMA ${pg.escapeIdentifier(schema)} OWNER TO ${app}`);
  for (const { statement } of rows) await client.query(`${statement}${app}`);
}
