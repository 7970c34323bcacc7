import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { diffMigrationsToSchema, migrateDatabase } from "./migrate";

const SCHEMA = `
datasource db {
  provider = "postgresql"
}
model Thing {
  id   Int    @id
  name String
  @@map("thing")
}
`;

describe("migrations of the product", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  it("add up to what schema.prisma says (otherwise: npm run migration -- <name>)", async () => {
    expect(await diffMigrationsToSchema({ databaseUrl: database.url, prismaDirectory: "prisma" })).toBe("");
  });

  it("are applied once", async () => {
    expect(await migrateDatabase({ databaseUrl: database.url, prismaDirectory: "prisma" })).toEqual([]);
  });
});

describe("migrateDatabase", () => {
  let database: TestDatabase;
  let name: string;
  let databaseUrl: string;
  let prismaDirectory: string;

  beforeAll(async () => {
    database = await testDatabase();
    name = `${new URL(database.url).pathname.slice(1)}_migrate`;
  });
  afterAll(() => database.close());

  beforeEach(async () => {
    prismaDirectory = mkdtempSync(join(tmpdir(), "mq-steward migrate "));
    mkdirSync(join(prismaDirectory, "migrations"));
    writeFileSync(join(prismaDirectory, "schema.prisma"), SCHEMA);
    await sql(database.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await sql(database.url, `CREATE DATABASE ${name}`);
    databaseUrl = new URL(`/${name}`, database.url).href;
  });
  afterEach(async () => {
    rmSync(prismaDirectory, { recursive: true });
    await sql(database.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  });

  function addMigration(name: string, content: string): void {
    mkdirSync(join(prismaDirectory, "migrations", name), { recursive: true });
    writeFileSync(join(prismaDirectory, "migrations", name, "migration.sql"), content);
  }

  it("applies in order what is missing, function bodies with semicolons included", async () => {
    addMigration(
      "2_body",
      "CREATE FUNCTION two() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 2; END; $$;",
    );
    addMigration("1_thing", "CREATE TABLE thing (id int PRIMARY KEY, name text NOT NULL);");
    expect(await migrateDatabase({ databaseUrl, prismaDirectory })).toEqual(["1_thing", "2_body"]);
    addMigration("3_row", "INSERT INTO thing VALUES (two(), 'it''s; here');");
    expect(await migrateDatabase({ databaseUrl, prismaDirectory })).toEqual(["3_row"]);
    expect(await sql(databaseUrl, "SELECT * FROM thing")).toEqual([{ id: 2, name: "it's; here" }]);
  });

  it("leaves nothing of a migration that fails, names it, and succeeds once it is put right", async () => {
    addMigration("1_broken", "CREATE TABLE thing (id int PRIMARY KEY, name text NOT NULL); SELECT no_such_function();");
    await expect(migrateDatabase({ databaseUrl, prismaDirectory })).rejects.toThrow(/no_such_function[\s\S]+1_broken/);
    expect(await sql(databaseUrl, "SELECT to_regclass('thing')::text AS found")).toEqual([{ found: null }]);
    addMigration("1_broken", "CREATE TABLE thing (id int PRIMARY KEY, name text NOT NULL);");
    expect(await migrateDatabase({ databaseUrl, prismaDirectory })).toEqual(["1_broken"]);
  });

  it("refuses a migration that was changed after it was applied", async () => {
    addMigration("1_thing", "CREATE TABLE thing (id int PRIMARY KEY);");
    await migrateDatabase({ databaseUrl, prismaDirectory });
    addMigration("1_thing", "CREATE TABLE thing (id bigint PRIMARY KEY);");
    await expect(migrateDatabase({ databaseUrl, prismaDirectory })).rejects.toThrow(
      /Changed after it was applied to this database: migration 1_thing/,
    );
  });

  it("compares the PostgreSQL schema public alone", async () => {
    addMigration(
      "1_thing",
      "CREATE TABLE thing (id int PRIMARY KEY, name text NOT NULL); CREATE SCHEMA metrics; CREATE TABLE metrics.x (at date) PARTITION BY RANGE (at);",
    );
    expect(await diffMigrationsToSchema({ databaseUrl, prismaDirectory })).toBe("");
  });

  it("writes what the migrations lack", async () => {
    addMigration("1_thing", "CREATE TABLE thing (id int PRIMARY KEY);");
    const diff = await diffMigrationsToSchema({ databaseUrl, prismaDirectory });
    expect(diff).toContain('ALTER TABLE "thing" ADD COLUMN     "name" TEXT NOT NULL');
    addMigration("2_name", diff);
    expect(await diffMigrationsToSchema({ databaseUrl, prismaDirectory })).toBe("");
  });

  it("leaves no connection behind, whose advisory lock would stop the next run", async () => {
    addMigration("1_thing", "CREATE TABLE thing (id int PRIMARY KEY);");
    await migrateDatabase({ databaseUrl, prismaDirectory });
    await sql(database.url, `DROP DATABASE ${name}`); // fails while somebody is connected
    expect(await sql(database.url, `SELECT 1 FROM pg_database WHERE datname = '${name}'`)).toEqual([]);
  });
});

async function sql(url: string, text: string): Promise<unknown[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}
