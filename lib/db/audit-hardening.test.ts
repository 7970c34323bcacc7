import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { grantApplication } from "@/lib/db/application-role";
import { auditMonths, auditProtection, changedAuditMonths } from "@/lib/db/audit-queries";
import { retainAudit, SEALED_COLUMNS } from "@/lib/db/audit-retention";
import { appendAuditEvent } from "@/lib/db/audit-store";
import { type Database, openDatabase } from "@/lib/db/client";
import { migrateDatabase } from "@/lib/db/migrate";
import { auditChain } from "@/lib/domain/audit-chain";
import { env } from "@/lib/env";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { SUPERUSER } from "@/scripts/embedded-postgres/initialize";
import { projectRoot } from "@/scripts/project-root";

const NOW = new Date("2026-11-20T06:00:00Z");
const event = (at: string, key: string) => ({
  at: new Date(at),
  actor: "ada@example.com",
  action: "settings.update",
  permission: null,
  subjectType: "settings",
  subjectKey: key,
  before: null,
  after: { key },
  requestId: null,
});

/** Runs SQL as the role of an address; the error's SQLSTATE, or null. */
async function attempt(url: string, sql: string): Promise<string | null> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(sql);
    return null;
  } catch (error) {
    return error instanceof pg.DatabaseError ? (error.code ?? "") : String(error);
  } finally {
    await client.end();
  }
}

const REWRITES = [
  "UPDATE audit_event SET actor = 'nobody'",
  "DELETE FROM audit_event",
  "TRUNCATE audit_event",
  "UPDATE audit_month SET sha256 = ''",
  "DELETE FROM audit_month",
  "TRUNCATE audit_month",
];

describe("with a role of its own", () => {
  const suffix = randomBytes(4).toString("hex");
  const [owner, app] = [`steward_owner_${suffix}`, `steward_app_${suffix}`];
  let scratch: TestDatabase;
  /** Somebody who may make roles: the embedded server's superuser, or whoever TEST_DATABASE_URL names. */
  let admin: string;
  let ownerUrl: string;
  let appUrl: string;
  let db: Database;
  const migrate = () =>
    migrateDatabase({
      databaseUrl: appUrl,
      migrationDatabaseUrl: ownerUrl,
      prismaDirectory: join(projectRoot(), "prisma"),
    });

  beforeAll(async () => {
    scratch = await testDatabase();
    const adminUrl = new URL(scratch.url);
    if (env().testDatabaseUrl === undefined) adminUrl.username = SUPERUSER;
    admin = adminUrl.href;
    const name = `test_${process.pid}_hardened_${suffix}`;
    for (const sql of [
      `CREATE ROLE ${app} LOGIN PASSWORD 'app'`,
      `CREATE ROLE ${owner} LOGIN PASSWORD 'owner' IN ROLE ${app}`,
      `CREATE DATABASE ${name} OWNER ${owner}`,
    ])
      expect(await attempt(admin, sql)).toBeNull();
    const as = (role: string, password: string) => {
      const url = new URL(scratch.url);
      [url.username, url.password, url.pathname] = [role, password, `/${name}`];
      return url.href;
    };
    [ownerUrl, appUrl] = [as(owner, "owner"), as(app, "app")];
    await migrate();
    db = openDatabase({ url: appUrl, maxConnections: 3 });
  }, 60_000);
  afterAll(async () => {
    await db.close();
    const name = new URL(ownerUrl).pathname.slice(1);
    for (const sql of [`DROP DATABASE ${name} WITH (FORCE)`, `DROP ROLE ${owner}`, `DROP ROLE ${app}`])
      await attempt(admin, sql);
    await scratch.close();
  });

  it("adds and reads events, and is refused everything else by its rights", async () => {
    await appendAuditEvent(db, event("2026-11-01T00:00:00Z", "a"));
    expect(await db.rows("SELECT subject_key FROM audit_event")).toEqual([{ subject_key: "a" }]);
    expect(await auditProtection(db)).toEqual({ role: app, mayRewrite: false, triggers: true });
    // Somebody without the right to give a right is told so by a warning; nothing is given.
    await attempt(appUrl, `GRANT ALL ON audit_event TO ${app}`);
    expect(await auditProtection(db)).toMatchObject({ mayRewrite: false });
    for (const sql of [
      ...REWRITES,
      "ALTER TABLE audit_event DISABLE TRIGGER ALL",
      "ALTER TABLE audit_event OWNER TO CURRENT_USER",
      "DROP TABLE audit_event",
      "CREATE RULE away AS ON INSERT TO audit_event DO INSTEAD NOTHING",
      "INSERT INTO audit_month VALUES ('2999-01-01', 1, 1, 'x', 'x', now())",
      `SET ROLE ${owner}`,
      "CREATE OR REPLACE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
      "UPDATE _prisma_migrations SET checksum = ''",
    ])
      expect([sql, await attempt(appUrl, sql)]).toEqual([sql, "42501"]);
    expect(await db.rows("SELECT actor FROM audit_event")).toEqual([{ actor: "ada@example.com" }]);
  });

  it("does everything else that the application does: settings, jobs, partitions of metrics", async () => {
    expect(
      await attempt(appUrl, "INSERT INTO setting (key, value, updated_at, updated_by) VALUES ('x', '1', now(), 'x')"),
    ).toBeNull();
    expect(await attempt(appUrl, "DELETE FROM setting")).toBeNull();
    expect(await attempt(appUrl, "SELECT graphile_worker.add_job('x', '{}'::json)")).toBeNull();
    expect(await db.rows("SELECT task_identifier FROM graphile_worker.jobs")).toEqual([{ task_identifier: "x" }]);
    expect(
      await attempt(
        appUrl,
        "CREATE TABLE metrics.p PARTITION OF metrics.daily FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')",
      ),
    ).toBeNull();
  });

  it("is the same after the next start, whose migrations find nothing to do", async () => {
    expect(await migrate()).toEqual([]);
    expect(await auditProtection(db)).toMatchObject({ mayRewrite: false });
  });

  it("runs nothing of the application's with the owner's rights: what lies in the queue's schema runs as the application", async () => {
    for (const sql of [
      "CREATE TABLE metrics.ran (by_role text)",
      "GRANT INSERT ON metrics.ran TO PUBLIC",
      "CREATE FUNCTION graphile_worker.told(id int) RETURNS int LANGUAGE plpgsql AS 'BEGIN INSERT INTO metrics.ran VALUES (current_user); RETURN id; END'",
      "ALTER TABLE graphile_worker.migrations RENAME TO kept",
      "CREATE VIEW graphile_worker.migrations AS SELECT graphile_worker.told(id) AS id, ts, breaking FROM graphile_worker.kept",
    ])
      expect([sql, await attempt(appUrl, sql)]).toEqual([sql, null]);
    await migrate();
    expect(await db.rows("SELECT DISTINCT by_role FROM metrics.ran")).toEqual([{ by_role: app }]);
    for (const sql of [
      "DROP VIEW graphile_worker.migrations",
      "ALTER TABLE graphile_worker.kept RENAME TO migrations",
      "DROP TABLE metrics.ran",
    ])
      expect([sql, await attempt(appUrl, sql)]).toEqual([sql, null]);
  });

  it("takes over a database that one role had made for itself, its queue included", async () => {
    const name = `${new URL(ownerUrl).pathname.slice(1)}_split`;
    expect(await attempt(admin, `CREATE DATABASE ${name} OWNER ${owner}`)).toBeNull();
    try {
      const [one, two] = [new URL(`/${name}`, ownerUrl).href, new URL(`/${name}`, appUrl).href];
      const prismaDirectory = join(projectRoot(), "prisma");
      await migrateDatabase({ databaseUrl: one, prismaDirectory });
      expect(await migrateDatabase({ databaseUrl: two, migrationDatabaseUrl: one, prismaDirectory })).toEqual([]);
      expect(await attempt(two, "SELECT graphile_worker.add_job('x', '{}'::json)")).toBeNull();
      expect(await attempt(two, "DELETE FROM audit_event")).toBe("42501");
    } finally {
      await attempt(admin, `DROP DATABASE ${name} WITH (FORCE)`);
    }
  });

  it("is not believed where the roles are one, or the wrong way round", async () => {
    const one = grantApplication({ databaseUrl: ownerUrl, migrationDatabaseUrl: ownerUrl });
    await expect(one).rejects.toThrow(/same role/);
    const mighty = new URL(ownerUrl);
    [mighty.username, mighty.password] = [new URL(admin).username, new URL(admin).password];
    await expect(grantApplication({ databaseUrl: mighty.href, migrationDatabaseUrl: ownerUrl })).rejects.toThrow(
      /superuser/,
    );
    await expect(grantApplication({ databaseUrl: ownerUrl, migrationDatabaseUrl: appUrl })).rejects.toThrow(
      /take that back/,
    );
  });
});

describe("with one role for everything", () => {
  let database: TestDatabase;
  let db: Database;
  let folder: string;

  beforeAll(async () => {
    database = await testDatabase();
    db = await database.open();
    folder = await mkdtemp(join(tmpdir(), "audit-"));
    for (const [at, key] of [
      ["2026-06-01T00:00:00Z", "june"],
      ["2026-06-30T23:59:59.999Z", "june's last"],
      ["2026-08-15T12:00:00Z", "august"],
      ["2026-10-31T23:59:59Z", "october"],
      ["2026-11-02T00:00:00Z", "november"],
    ] as const)
      await appendAuditEvent(db, event(at, key));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
    await database.close();
  });
  const retain = (keepMonths?: number, now = NOW) =>
    retainAudit({ databaseUrl: database.url, folder, keepMonths, now });
  const keys = async () =>
    (await db.rows<{ key: string }>("SELECT subject_key AS key FROM audit_event ORDER BY id")).map(({ key }) => key);

  it("is kept by triggers, and says so", async () => {
    expect(await auditProtection(db)).toMatchObject({ mayRewrite: true, triggers: true });
    for (const sql of REWRITES.filter((text) => text.includes("audit_event")))
      expect([sql, await attempt(database.url, sql)]).toEqual([sql, "23000"]);
    await attempt(database.url, "ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only");
    expect(await auditProtection(db)).toMatchObject({ mayRewrite: true, triggers: false });
    await attempt(database.url, "ALTER TABLE audit_event ENABLE TRIGGER audit_event_append_only");
  });

  it("seals the months that are over, once, each holding the one before, and drops nothing unasked", async () => {
    expect(await retain()).toEqual({ sealed: ["2026-06", "2026-08", "2026-10"], dropped: [], problems: [] });
    expect(await retain()).toEqual({ sealed: [], dropped: [], problems: [] });
    const months = await auditMonths(db);
    expect(months.map(({ month, events }) => [month, events])).toEqual([
      ["2026-06-01", 2],
      ["2026-08-01", 1],
      ["2026-10-01", 1],
    ]);
    let chain: string | null = null;
    for (const month of months) {
      chain = auditChain(chain, month);
      expect(month.chain).toBe(chain);
    }
    expect((await keys()).length).toBe(5);
    for (const sql of REWRITES.filter((text) => text.includes("audit_month")))
      expect([sql, await attempt(database.url, sql)]).toEqual([sql, "23000"]);
  });

  it("exports what is older than is kept, with the hash of its seal, and only then drops it", async () => {
    expect(await retain(4)).toEqual({ sealed: [], dropped: ["2026-06"], problems: [] });
    expect(await keys()).toEqual(["august", "october", "november", "2026-06"]);
    const [june] = await auditMonths(db);
    const text = gunzipSync(await readFile(join(folder, june?.file ?? ""))).toString();
    expect(createHash("sha256").update(text).digest("hex")).toBe(june?.sha256);
    expect(
      text
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).subject_key),
    ).toEqual(["june", "june's last"]);
    expect(await retain(4)).toEqual({ sealed: [], dropped: [], problems: [] });
    expect(await auditProtection(db), "the triggers are back").toMatchObject({ triggers: true });
    expect(await attempt(database.url, "DELETE FROM audit_event")).toBe("23000");
  });

  it("never replaces a file: one with the sealed content is taken, any other keeps the month here", async () => {
    const file = join(folder, new URL(database.url).pathname.slice(1), "audit-2026-08.ndjson.gz");
    await writeFile(file, "somebody else's");
    expect(await retain(2)).toEqual({ sealed: [], dropped: [], problems: [expect.stringContaining(file)] });
    expect(await readFile(file, "utf8")).toBe("somebody else's");
    expect(await keys()).toContain("august");
    const lines = await db.rows<{ line: string }>(
      `SELECT to_jsonb(e)::text AS line FROM audit_event e WHERE at >= '2026-08-01' AND at < '2026-09-01' ORDER BY id`,
    );
    const own = gzipSync(lines.map(({ line }) => `${line}\n`).join(""), { level: 1 });
    await writeFile(file, own);
    expect(await retain(2)).toEqual({ sealed: [], dropped: ["2026-08"], problems: [] });
    expect(await readFile(file)).toEqual(own);
    expect(await readdir(dirname(file))).toEqual(["audit-2026-06.ndjson.gz", "audit-2026-08.ndjson.gz"]);
  });

  it("warns of a month that is no longer what was sealed, drops nothing of it, and goes on", async () => {
    await appendAuditEvent(db, event("2026-10-20T00:00:00Z", "slipped in"));
    await appendAuditEvent(db, event("2026-07-20T00:00:00Z", "into a month without events"));
    await appendAuditEvent(db, event("2026-06-20T00:00:00Z", "into a dropped one"));
    expect(await changedAuditMonths(db)).toEqual(["2026-06", "2026-07", "2026-10"]);
    await appendAuditEvent(db, event("2026-12-05T00:00:00Z", "december"));
    const { sealed, dropped, problems } = await retain(0, new Date("2026-12-05T00:00:00Z"));
    expect(sealed).toEqual(["2026-11"]);
    expect(dropped).toEqual(["2026-11"]);
    expect(problems).toEqual([
      expect.stringMatching(/2026-06 is no longer/),
      expect.stringMatching(/2026-07 has events but no seal/),
      expect.stringMatching(/2026-10 is no longer/),
      expect.stringMatching(/Nothing of the audit of 2026-10 is dropped/),
    ]);
    expect(await keys()).toContain("october");
  });
});

describe("a seal", () => {
  let database: TestDatabase;
  let db: Database;
  beforeAll(async () => {
    database = await testDatabase();
    db = await database.open();
    await appendAuditEvent(db, event("2026-10-31T23:59:59Z", "october"));
  });
  afterAll(() => database.close());
  const retain = (now: string, keepMonths?: number) =>
    withFolder((folder) => retainAudit({ databaseUrl: database.url, folder, keepMonths, now: new Date(now) }));

  it("is made when the month has been over for a day and events have gone on, also beside a forged one of the future", async () => {
    await attempt(database.url, "INSERT INTO audit_month VALUES ('2999-01-01', 1, 1, 'x', 'x', now())");
    expect((await retain("2026-11-05T00:00:00Z")).sealed, "no later event has come").toEqual([]);
    await appendAuditEvent(db, event("2026-11-02T00:00:00Z", "november"));
    expect((await retain("2026-11-01T23:59:59Z")).sealed).toEqual([]);
    const { sealed, problems } = await retain("2026-11-02T00:00:00Z");
    expect(sealed).toEqual(["2026-10"]);
    expect(problems).toEqual([expect.stringContaining("2026-11"), expect.stringContaining("2999-01")]);
  });

  it("holds every column there is, and still holds when another is added", async () => {
    const columns = await db.rows<{ name: string }>(
      "SELECT attname AS name FROM pg_attribute WHERE attrelid = 'audit_event'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
    );
    expect(new Set(columns.map(({ name }) => name))).toEqual(new Set(SEALED_COLUMNS));
    await attempt(database.url, "ALTER TABLE audit_event ADD COLUMN later text DEFAULT 'x'");
    expect((await retain("2026-12-02T00:00:00Z", 0)).dropped).toContain("2026-10");
  });
});

async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "audit-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
