import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { bulkOrganisation } from "@/e2e/aws-simulator/organisation/bulk-organisation";
import { type Simulator, startSimulator } from "@/e2e/aws-simulator/simulator";
import { saveAccount } from "@/lib/db/account-store";
import type { Database } from "@/lib/db/client";
import { saveSettings } from "@/lib/db/setting-store";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { harnessQueries } from "@/lib/testing/sync-assertions";
import { projectRoot } from "../project-root";

const [NEAR, FAR] = ["us-east-1", "us-east-2"] as const;
const START = new Date("2026-11-01T06:00:00Z");
const directory = join(projectRoot(), ".cache", "sync-child");
const program = join(directory, `${process.pid}.mjs`);
const result = z.object({ runId: z.number(), status: z.string() });

let database: TestDatabase;
let db: Database;
let simulator: Simulator;
const children: ChildProcess[] = [];

beforeAll(async () => {
  mkdirSync(directory, { recursive: true });
  await build({
    absWorkingDir: projectRoot(),
    entryPoints: ["scripts/sync/testing/sync-child.ts"],
    outfile: program,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
  });
  database = await testDatabase();
  db = await database.open();
  const organisation = bulkOrganisation({ accounts: 1, regions: 2, brokers: 6 });
  await saveAccount(db, {
    accountId: organisation.managementAccountId,
    name: null,
    partition: "aws",
    origin: "ambient",
    roleArn: null,
    externalId: null,
    regions: [NEAR, FAR],
    defaultEnvironment: null,
    defaultOwnerId: null,
    readCosts: false,
    enabled: true,
    addedAt: START,
    removedAt: null,
  });
  await saveSettings(db, { metricsSeriesPerBroker: 0 }, { at: START, actor: "test" });
  simulator = await startSimulator({ port: 0, organisation, asOf: START.toISOString(), rate: 0, throttle: false });
});
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await simulator.close();
  await database.close();
  rmSync(program, { force: true });
});

/** A sync in a process of its own, with the settings given beside those of a person at a terminal. */
function startProcess(settings: Record<string, string> = {}) {
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, [program], {
    env: {
      PATH,
      NODE_ENV: "test",
      DATABASE_URL: database.url,
      LOG_LEVEL: "silent",
      AWS_ENDPOINT_URL: simulator.url,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "AKIATEST",
      AWS_SECRET_ACCESS_KEY: "test",
      ...settings,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk) => {
    output += String(chunk);
  });
  child.stderr.on("data", (chunk) => {
    errors += String(chunk);
  });
  const ended = new Promise<{ code: number | null; output: string; errors: string }>((resolve) => {
    child.once("close", (code) => resolve({ code, output, errors }));
  });
  return { child, ended };
}

describe("a sync in a process of its own", () => {
  it("that is killed half-way is marked aborted by the next one, which finds consistent data and completes it", async () => {
    const ask = harnessQueries(db);
    simulator.control("POST", "/faults", { add: [{ kind: "hang", service: "mq", region: FAR }] });
    const { child, ended } = startProcess();
    // One region is stored, the other one hangs.
    await vi.waitFor(
      async () => expect(await db.rows("SELECT DISTINCT region FROM broker")).toEqual([{ region: NEAR }]),
      { timeout: 30_000, interval: 50 },
    );
    child.kill("SIGKILL");
    await ended;
    const [killed] = await db.rows<{ id: number; status: string }>("SELECT id, status FROM sync_run");
    expect(killed?.status).toBe("running");
    expect(await ask.count("broker_payload")).toBe(await ask.count("broker"));
    simulator.control("DELETE", "/faults");

    const { output, errors } = await startProcess().ended;
    const { runId, status } = result.parse(JSON.parse(output || JSON.stringify({ errors })));
    expect(status).toBe("complete");
    expect(runId).not.toBe(killed?.id);
    expect((await ask.run(killed?.id ?? 0)).status).toBe("aborted");
    expect(Object.keys(await ask.statuses(killed?.id ?? 0)).join()).not.toMatch(/pending|running/);
    expect(await ask.count("broker")).toBe(6);
    expect((await ask.run(runId)).counts).toMatchObject({ brokersSeen: 6, brokersGone: 0 });
    expect(await db.rows("SELECT 1 FROM broker WHERE rule_results = '{}'")).toEqual([]);
  }, 90_000);

  it("two at once: one executes, the other follows it to the same end", async () => {
    const both = await Promise.all([startProcess().ended, startProcess().ended]);
    const runs = both.map(({ output, errors }) => result.parse(JSON.parse(output || JSON.stringify({ errors }))));
    const numbers = await db.rows<{ n: number }>("SELECT count(*)::int AS n FROM sync_run WHERE status = 'running'");
    expect(numbers).toEqual([{ n: 0 }]);
    expect(runs.map(({ status }) => status)).toEqual(["complete", "complete"]);
    // Joined, or one after the other where the first was over so soon: never beside each other.
    const overlapping = await db.rows(
      `SELECT a.id FROM sync_run a JOIN sync_run b ON a.id < b.id AND a.started_at < b.finished_at AND b.started_at < a.finished_at`,
    );
    expect(overlapping).toEqual([]);
  }, 90_000);

  it.each([
    ["LOG_LEVEL", "loud"],
    ["MQ_STEWARD_SYNC_CRON", "whenever"],
    ["DATABASE_URL", "mysql://user:geheim@127.0.0.1/x"],
  ])("refuses an unusable %s by its name, without a stack trace and without its value", async (name, value) => {
    const { code, output, errors } = await startProcess({ [name]: value }).ended;
    expect([code, output]).toEqual([1, ""]);
    expect(errors).toMatch(new RegExp(`^Unusable settings:\\n {2}${name} must `));
    expect(errors).not.toMatch(/\n\s+at |geheim/);
  });
});
