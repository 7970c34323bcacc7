import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { MigrationFile, MigrationList } from "@prisma/schema-engine-wasm/schema_engine_bg";
import { runMigrations } from "graphile-worker";
import pg from "pg";
import { AppError } from "@/lib/domain/errors";
import { grantApplication } from "./application-role";
import { CONNECTION_BUDGET } from "./connection-budget";
import type { SchemaEngine } from "./schema-engine";

/** The engine compares public alone; the queue's and the metrics' schemas are not Prisma's. */
const FILTERS = { externalTables: [], externalEnums: [] };

const NOTHING_TO_DO = /^\s*(--[^\n]*\s*)*$/;

/**
 * Brings a database up to date: every migration of `<prismaDirectory>/migrations` that it lacks, then the tables of the job
 * queue (graphile-worker keeps its own migrations in its own schema). With `migrationDatabaseUrl` its role owns the tables and
 * grants the application's what it needs; the queue is the application's own, so it is installed as `databaseUrl` even then: what the
 * application could have put there must not run with the owner's rights. Returns the names of the migrations applied.
 * Rejects with the engine's message, which names the failed migration and the SQL error.
 */
export async function migrateDatabase({
  databaseUrl,
  migrationDatabaseUrl,
  prismaDirectory,
}: {
  databaseUrl: string;
  migrationDatabaseUrl?: string | undefined;
  prismaDirectory: string;
}): Promise<string[]> {
  const ownerUrl = migrationDatabaseUrl ?? databaseUrl;
  const migrationsList = await readMigrations(prismaDirectory);
  const applied = (await isUpToDate(ownerUrl, migrationsList))
    ? []
    : await applyMigrations(ownerUrl, migrationsList, await readSchema(prismaDirectory));
  if (migrationDatabaseUrl !== undefined) await grantApplication({ databaseUrl, migrationDatabaseUrl });
  await installQueue(databaseUrl);
  return applied;
}

/**
 * The SQL that is missing between the migrations and schema.prisma; empty when they agree. The migrations are replayed in
 * a shadow database on the server of `databaseUrl`, whose role must be allowed to create databases. Only the PostgreSQL
 * schema "public" is compared: partitioned tables in other schemas, triggers and functions are hand-written.
 */
export async function diffMigrationsToSchema({
  databaseUrl,
  prismaDirectory,
}: {
  databaseUrl: string;
  prismaDirectory: string;
}): Promise<string> {
  const migrationsList = await readMigrations(prismaDirectory);
  const schema = await readSchema(prismaDirectory);
  const { withSchemaEngine } = await import("./schema-engine");
  const { stdout } = await withSchemaEngine(databaseUrl, schema, (engine) =>
    engine.diff({
      from: { tag: "migrations", ...migrationsList },
      to: { tag: "schemaDatamodel", files: [schema] },
      script: true,
      exitCode: null,
      filters: FILTERS,
    }),
  );
  const sql = stdout ?? "";
  return NOTHING_TO_DO.test(sql) ? "" : sql;
}

/**
 * Whether exactly the migrations on disk are applied, unchanged. Almost every start finds it so, and need not load the engine
 * for it (a second of computing). The table is the engine's own; a checksum is the SHA-256 of the file.
 */
async function isUpToDate(databaseUrl: string, { migrationDirectories }: MigrationList): Promise<boolean> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    const table = await client.query("SELECT 1 WHERE to_regclass('public._prisma_migrations') IS NOT NULL");
    if (table.rowCount === 0) return false;
    const applied = await client.query<{ name: string; checksum: string; finished: boolean }>(
      "SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished FROM public._prisma_migrations WHERE rolled_back_at IS NULL",
    );
    const wanted = new Map(migrationDirectories.map(({ path, migrationFile }) => [path, checksumOf(migrationFile)]));
    return (
      applied.rows.length === wanted.size &&
      applied.rows.every(({ name, checksum, finished }) => finished && wanted.get(name) === checksum)
    );
  } finally {
    await client.end();
  }
}

function checksumOf({ content }: MigrationFile): string | undefined {
  return content.tag === "ok" ? createHash("sha256").update(content.value).digest("hex") : undefined;
}

async function applyMigrations(
  databaseUrl: string,
  migrationsList: MigrationList,
  schema: { path: string; content: string },
): Promise<string[]> {
  const { withSchemaEngine } = await import("./schema-engine");
  const { appliedMigrationNames } = await withSchemaEngine(databaseUrl, schema, async (engine) => {
    await settleHistory(engine, migrationsList);
    return await engine.applyMigrations({ migrationsList, filters: FILTERS });
  });
  return appliedMigrationNames;
}

/**
 * Refuses a database whose applied migrations are not those on disk: nobody would know what its tables look like.
 * An attempt that failed or was killed stays on record, and the engine then refuses everything until a person decides. Here
 * nobody needs to: each migration runs in one transaction (see schema-engine.ts), so a failed one has left nothing behind.
 */
async function settleHistory(engine: SchemaEngine, migrationsList: MigrationList): Promise<void> {
  const { failedMigrationNames, editedMigrationNames } = await engine.diagnoseMigrationHistory({
    migrationsList,
    optInToShadowDatabase: false,
    filters: FILTERS,
  });
  const edited = editedMigrationNames.filter((name) => !failedMigrationNames.includes(name));
  if (edited.length > 0) {
    throw new AppError(
      "conflict",
      `Changed after it was applied to this database: migration ${edited.join(", ")}. Restore the file and put the change into a new migration, or begin anew with an empty database.`,
    );
  }
  for (const migrationName of failedMigrationNames) await engine.markMigrationRolledBack({ migrationName });
}

/** Names of the migrations on disk, oldest first. */
export async function migrationNames(prismaDirectory: string): Promise<string[]> {
  const entries = await readdir(join(prismaDirectory, "migrations"), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

async function readMigrations(prismaDirectory: string): Promise<MigrationList> {
  const baseDir = join(prismaDirectory, "migrations");
  const names = await migrationNames(prismaDirectory);
  return {
    baseDir,
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(
      names.map(async (name) => ({
        path: name,
        migrationFile: {
          path: "migration.sql",
          content: { tag: "ok" as const, value: await readFile(join(baseDir, name, "migration.sql"), "utf8") },
        },
      })),
    ),
  };
}

async function readSchema(prismaDirectory: string): Promise<{ path: string; content: string }> {
  const path = join(prismaDirectory, "schema.prisma");
  return { path, content: await readFile(path, "utf8") };
}

async function installQueue(databaseUrl: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: CONNECTION_BUDGET.commandLine });
  try {
    // graphile-worker's first step, where the owner has made the empty schema: its own asks for the right to make schemas even then.
    await pool.query(`
      DO $$ BEGIN
        IF to_regnamespace('graphile_worker') IS NOT NULL AND to_regclass('graphile_worker.migrations') IS NULL THEN
          CREATE TABLE graphile_worker.migrations (id int PRIMARY KEY, ts timestamptz NOT NULL DEFAULT now(), breaking boolean NOT NULL DEFAULT false);
        END IF;
      END $$`);
    await runMigrations({ pgPool: pool });
  } finally {
    await pool.end();
  }
}
