import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "./database";

describe("testDatabase", () => {
  let first: TestDatabase;
  let second: TestDatabase;

  beforeAll(async () => {
    [first, second] = await Promise.all([testDatabase(), testDatabase()]);
  });
  afterAll(async () => {
    await Promise.all([first.close(), second.close()]);
  });

  it("has the product's and the job queue's tables", async () => {
    const tables = await query(
      first.url,
      "SELECT to_regclass('public.broker')::text AS product, to_regclass('graphile_worker._private_jobs')::text AS queue",
    );
    expect(tables).toEqual([{ product: "broker", queue: "graphile_worker._private_jobs" }]);
  });

  it("shares no rows with another one", async () => {
    await query(first.url, "CREATE TABLE only_here (id int)");
    expect(await query(second.url, "SELECT to_regclass('only_here')::text AS found")).toEqual([{ found: null }]);
  });

  it("opens the product's own handle", async () => {
    const database = await first.open();
    expect(await database.rows("SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  it("is gone after close, even with a connection left open", async () => {
    const third = await testDatabase();
    const client = new Client(third.url);
    await client.connect();
    client.on("error", () => {}); // says twice that it was cut
    const cut = new Promise((resolve) => client.once("end", resolve));
    await third.close();
    await cut;
    await expect(query(third.url, "SELECT 1")).rejects.toThrow(/does not exist/);
  });
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
