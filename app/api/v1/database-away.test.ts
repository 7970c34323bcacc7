import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { problem } from "@/lib/contracts/common";
import { syncPage } from "@/lib/contracts/syncs";
import { openDatabase } from "@/lib/db/client";
import { executeSync, recoverRuns } from "@/lib/services/execute-sync";
import { startSync } from "@/lib/services/start-sync";
import { type ApiHarness, COSTS_AND_METRICS, startApiHarness } from "@/lib/testing/api-harness";
import { type DatabaseProxy, databaseProxy } from "@/lib/testing/database-proxy";
import { type Examples, exampleAddresses, examplesOf } from "@/lib/testing/example-addresses";

/** What the web process answers without its database. */
const WITHOUT_DATABASE = ["referenceTable", "session", "health", "openapi", "policy"];

let proxy: DatabaseProxy;
let api: ApiHarness;
let examples: Examples;

beforeAll(async () => {
  api = await startApiHarness({
    brokers: ["checkout-orders", "route-planner"],
    databaseUrlOf: async (url) => {
      proxy = await databaseProxy(url);
      return proxy.url;
    },
  });
  await api.connect();
  expect(await api.sync("2026-11-19T06:00:00Z", COSTS_AND_METRICS)).toBe("complete");
  examples = await examplesOf(api);
}, 120_000);
afterAll(async () => {
  await api.close();
  await proxy.close();
});

describe("while the database is gone", () => {
  it("everything answers 503 as a problem that says so, and recovers by itself", async () => {
    await proxy.stop();
    for (const [name, addresses] of Object.entries(exampleAddresses(examples))) {
      const [address] = addresses ?? [];
      const answer = await api.call("GET", `/api/v1${address}`);
      if (WITHOUT_DATABASE.includes(name)) expect(answer.status, name).toBe(200);
      else expectUnavailable(answer, name);
    }
    for (const [method, address, body] of [
      ["POST", "/syncs", {}],
      ["PATCH", "/settings", { metricsSeriesPerBroker: 3 }],
      ["POST", "/accounts", { accountId: "999988887777" }],
      ["DELETE", "/accounts/111122223333", undefined],
    ] as const) {
      expectUnavailable(await api.call(method, `/api/v1${address}`, { body }), `${method} ${address}`);
    }
    await proxy.start();
    for (const addresses of Object.values(exampleAddresses(examples))) {
      const [address] = addresses ?? [];
      expect((await api.call("GET", `/api/v1${address}`)).status, address).toBe(200);
    }
    const { metricsSeriesPerBroker } = z
      .looseObject({ metricsSeriesPerBroker: z.number() })
      .parse(z.object({ settings: z.unknown() }).parse(await api.get("/api/v1/settings")).settings);
    expect(metricsSeriesPerBroker, "what was refused was not done").not.toBe(3);
  });
});

function expectUnavailable(answer: Awaited<ReturnType<ApiHarness["call"]>>, what: string): void {
  expect(answer.status, `${what}: ${answer.text.slice(0, 200)}`).toBe(503);
  expect(answer.headers.get("content-type"), what).toBe("application/problem+json");
  expect(answer.headers.get("retry-after"), what).toBe("5");
  const body = problem.strict().parse(answer.json());
  expect(body).toMatchObject({ status: 503, code: "unavailable", requestId: answer.headers.get("x-request-id") });
  expect(body.detail).toContain("database");
}

describe("a database that hangs", () => {
  it("keeps nobody waiting for longer than requests may wait, and is used again when it answers", async () => {
    const database = openDatabase({ url: proxy.url, maxConnections: 2, answerWithinMs: 300 });
    const one = () => database.rows<{ one: number }>("SELECT 1 AS one");
    const inTransaction = () => database.transaction((tx) => tx.rows("SELECT 1 AS one"));
    await Promise.all([one(), one()]);
    proxy.freeze();
    for (const ask of [one, inTransaction]) await expect(ask()).rejects.toMatchObject({ code: "unavailable" });
    proxy.thaw();
    expect(await Promise.all([one(), inTransaction(), one()])).toEqual([[{ one: 1 }], [{ one: 1 }], [{ one: 1 }]]);
    await database.close();
  });
});

describe("a sync that loses the database half-way", () => {
  it("is marked aborted at the next start, and the next one is complete on consistent data", async () => {
    api.clock.set("2026-11-20T06:00:00Z");
    api.simulator.setClock({ asOf: "2026-11-20T06:00:00Z", rate: 0 });
    const ctx = await api.ctx();
    const { runId } = await startSync({ ctx, input: { trigger: "command-line", executor: "caller" } });
    let stopped: Promise<void> | null = null;
    const sync = executeSync({
      ctx,
      input: {
        runId,
        leaveOut: COSTS_AND_METRICS,
        onProgress: (progress) => {
          if (progress.phase === "reading" && progress.done > 0) stopped ??= proxy.stop();
        },
      },
    });
    await expect(sync).rejects.toMatchObject({ code: "unavailable" });
    await stopped;
    await proxy.start();
    expect(await recoverRuns({ ctx })).toEqual([runId]);
    expect(await api.sync("2026-11-20T07:00:00Z", COSTS_AND_METRICS)).toBe("complete");
    const { items } = syncPage.parse(await api.get("/api/v1/syncs?limit=2"));
    expect(items.map(({ status }) => status)).toEqual(["complete", "aborted"]);
    expect(items[1]?.outcomes).not.toHaveProperty("pending");
    expect(items[0]?.counts).toMatchObject({ brokersNew: 0, brokersGone: 0 });
  });
});
