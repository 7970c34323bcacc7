import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import type { Database } from "@/lib/db/client";
import { migrateDatabase, migrationNames } from "@/lib/db/migrate";
import { env } from "@/lib/env";
import { openScratchServer, scratchDirectory } from "@/scripts/embedded-postgres/scratch-server";
import { withLock } from "@/scripts/process/file-lock.mjs";
import { projectRoot } from "@/scripts/project-root";

/** A database of one test file, with all migrations and the job queue's tables, and without rows. */
export interface TestDatabase {
  /** Connection string; its role owns the database. */
  readonly url: string;
  /** The product's own handle on it; opened at the first call, closed with the database. */
  open(): Promise<Database>;
  /** Drops the database, cutting connections that are still open. */
  close(): Promise<void>;
}

/**
 * Makes a fresh database. Call it in `beforeAll` and `close()` it in `afterAll`:
 *
 *     const database = await testDatabase();
 *     const db = await database.open();
 *
 * It is a copy of a template that is migrated once per state of prisma/migrations, which takes about 0.1 s. The server is
 * an embedded one that the first test file starts (0.5 s; 2 s the very first time) and that all test runs of the
 * checkout share; runs without a database test start none. TEST_DATABASE_URL names another server: its role must be
 * allowed to create databases.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const server = await testServer();
  const name = `test_${process.pid}_${counter++}`;
  await createFromTemplate(server, name);
  const url = server.url(name);
  let handle: Promise<Database> | undefined;
  return {
    url,
    open() {
      handle ??= import("@/lib/db/client").then(({ openDatabase }) => openDatabase({ url, maxConnections: 5 }));
      return handle;
    },
    async close() {
      await (await handle)?.close();
      await execute(server.url(server.maintenanceDatabase), `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
      await server.release();
    },
  };
}

let counter = 0;

interface TestServer {
  readonly maintenanceDatabase: string;
  url(database: string): string;
  release(): Promise<void>;
}

async function testServer(): Promise<TestServer> {
  const given = env().testDatabaseUrl;
  if (given !== undefined) {
    const maintenanceDatabase = decodeURIComponent(new URL(given).pathname.slice(1));
    return {
      maintenanceDatabase,
      url(database) {
        const url = new URL(given);
        url.pathname = `/${database}`;
        return url.href;
      },
      release: async () => {},
    };
  }
  const cluster = await openScratchServer(projectRoot());
  if (!cluster.adopted) await sweep(cluster.url());
  return { maintenanceDatabase: "mq_steward", url: cluster.url, release: () => cluster.release() };
}

/** Databases that killed runs left behind: when the server has just been started, nobody can be using them. */
async function sweep(url: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  try {
    const leftovers = await client.query<{ datname: string }>(
      "SELECT datname FROM pg_database WHERE datname ~ '^(test_[0-9]|mq_steward_shadow_|template_.*_draft$)'",
    );
    for (const { datname } of leftovers.rows) await client.query(`DROP DATABASE IF EXISTS "${datname}" WITH (FORCE)`);
  } finally {
    await client.end();
  }
}

async function createFromTemplate(server: TestServer, name: string): Promise<void> {
  const prismaDirectory = join(projectRoot(), "prisma");
  const template = `template_${await fingerprint(prismaDirectory)}`;
  const maintenanceUrl = server.url(server.maintenanceDatabase);
  const exists = await holds(maintenanceUrl, template);
  if (!exists) {
    await withLock(join(scratchDirectory(projectRoot()), "template.lock"), async () => {
      if (await holds(maintenanceUrl, template)) return;
      const draft = `${template}_draft`;
      await execute(maintenanceUrl, `DROP DATABASE IF EXISTS "${draft}" WITH (FORCE)`);
      await execute(maintenanceUrl, `CREATE DATABASE "${draft}"`);
      await migrateDatabase({ databaseUrl: server.url(draft), prismaDirectory });
      await execute(maintenanceUrl, `ALTER DATABASE "${draft}" RENAME TO "${template}"`);
    });
  }
  await execute(maintenanceUrl, `CREATE DATABASE "${name}" TEMPLATE "${template}" STRATEGY FILE_COPY`);
}

/** Changes whenever a migration changes, or the job queue's version and with it its tables. */
async function fingerprint(prismaDirectory: string): Promise<string> {
  const hash = createHash("sha256");
  for (const migration of await migrationNames(prismaDirectory)) {
    hash.update(migration).update(readFileSync(join(prismaDirectory, "migrations", migration, "migration.sql")));
  }
  hash.update(readFileSync(join(projectRoot(), "node_modules/graphile-worker/package.json")));
  return hash.digest("hex").slice(0, 12);
}

async function holds(url: string, database: string): Promise<boolean> {
  const client = new Client(url);
  await client.connect();
  try {
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [database]);
    return found.rowCount === 1;
  } finally {
    await client.end();
  }
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
