import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import {
  calendarView,
  importList,
  importResult,
  type overrideInput,
  overrideSaved,
  referenceTable,
} from "@/lib/contracts/reference";
import { ADVISORIES } from "@/lib/reference/advisories";
import { SHIPPED_PRICES } from "@/lib/reference/prices";
import { evaluateFleet } from "@/lib/services/evaluate-fleet";
import { type ApiHarness, COSTS_AND_METRICS, startApiHarness } from "@/lib/testing/api-harness";

let api: ApiHarness;

beforeAll(async () => {
  api = await startApiHarness({ historyDays: 3 });
  await api.connect();
  await api.sync("2026-11-20T06:00:00Z", COSTS_AND_METRICS);
}, 120_000);
afterAll(() => api.close());

const evaluate = async () => evaluateFleet({ ctx: await api.ctx(), input: { reason: "test" } });
const calendar = async () => calendarView.parse(await api.get("/api/v1/reference/calendar"));
const rowOf = async (engine: string, key: string) => {
  const row = (await calendar()).rows.find((candidate) => candidate.engine === engine && candidate.key === key);
  if (!row) throw new Error(`no row ${engine} ${key}`);
  return row;
};
const table = async (kind: string, query = "") =>
  referenceTable.parse(await api.get(`/api/v1/reference/tables/${kind}${query}`));
const rowsOf = async <T extends object>(sql: string) => (await api.ctx()).db.rows<T>(sql);
const override = (body: Partial<z.input<typeof overrideInput>>) =>
  api.call("POST", "/api/v1/reference/overrides", {
    body: { kind: "engine-line", engine: "ACTIVEMQ", key: "5.18", endOfSupport: null, reason: "read it", ...body },
  });
const withdraw = (id: number) =>
  api.call("POST", `/api/v1/reference/overrides/${id}/withdraw`, { body: { reason: "was a mistake" } });
const supportFindings = (line: string) =>
  rowsOf<{ open: number; causes: string[] | null }>(
    `SELECT count(*) FILTER (WHERE f.state <> 'closed')::int AS open, array_agg(DISTINCT f.close_cause) FILTER (WHERE f.state = 'closed') AS causes
       FROM finding f JOIN broker b ON b.arn = f.subject_key
      WHERE f.rule_id = 'engine-version-supported' AND b.engine = 'ACTIVEMQ' AND b.engine_line = '${line}'`,
  );

describe("the support calendar", () => {
  it("has every running line and type, with what AWS offers live beside it", async () => {
    const { rows, offersReadAt, published } = await calendar();
    expect(offersReadAt).not.toBeNull();
    expect(published.map(({ engine, importedAt }) => [engine, importedAt])).toEqual([
      ["ACTIVEMQ", null],
      ["RABBITMQ", null],
    ]);
    const running = await rowsOf<{ engine: string; line: string }>(
      `SELECT DISTINCT engine, engine_line AS line FROM broker WHERE gone_at IS NULL AND engine_line IS NOT NULL`,
    );
    expect(running.length).toBeGreaterThan(3);
    for (const { engine, line } of running)
      expect(
        rows.find((row) => row.engine === engine && row.key === line)?.brokers,
        `${engine} ${line}`,
      ).toBeGreaterThan(0);
    expect(rows.filter(({ live }) => live !== null && live.regions > 0).length).toBeGreaterThan(3);
  });

  it("takes an override into every finding and figure, and back as no remediation", async () => {
    const before = await rowOf("ACTIVEMQ", "5.18");
    expect(before).toMatchObject({ inForce: { status: "supported" }, overrides: [] });
    expect(before.brokers).toBeGreaterThan(0);
    const answer = await override({
      endOfSupport: "2026-11-10",
      source: "https://docs.aws.amazon.com/",
      reason: "AWS wrote to us",
    });
    expect(answer.status, answer.text).toBe(201);
    const { id } = overrideSaved.parse(answer.json());
    const row = await rowOf("ACTIVEMQ", "5.18");
    expect(row).toMatchObject({
      inForce: { status: "past-end-of-support", stage: "forced-upgrade-window", endOfSupport: "2026-11-10" },
      shipped: { endOfSupport: null },
      overrides: [{ id, reason: "AWS wrote to us", endedAt: null }],
    });
    expect(row.differences.join(" ")).toContain("The override says end of support on 2026-11-10");
    await evaluate();
    expect((await supportFindings("5.18"))[0]?.open).toBe(before.brokers);
    const [derived] = await rowsOf<{ brokers: number }>(
      `SELECT count(*)::int AS brokers FROM broker WHERE support_status = 'past-end-of-support' AND engine = 'ACTIVEMQ' AND engine_line = '5.18'`,
    );
    expect(derived?.brokers).toBe(before.brokers);

    expect((await withdraw(id)).status).toBe(200);
    await evaluate();
    expect(await supportFindings("5.18")).toEqual([{ open: 0, causes: ["not-remediation"] }]);
    const after = await rowOf("ACTIVEMQ", "5.18");
    expect(after.inForce).toEqual(before.inForce);
    expect(after.overrides).toMatchObject([{ id, endedReason: "was a mistake" }]);
    expect((await withdraw(id)).status).toBe(409);
    const events = await rowsOf(
      `SELECT action, before, after FROM audit_event WHERE subject_type = 'support-calendar' ORDER BY id`,
    );
    expect(events).toMatchObject([
      {
        action: "reference.override",
        before: { from: "shipped", endOfSupport: null },
        after: { from: "override", endOfSupport: "2026-11-10", reason: "AWS wrote to us" },
      },
      {
        action: "reference.withdraw-override",
        before: { from: "override", endOfSupport: "2026-11-10" },
        after: { from: "shipped", endOfSupport: null, reason: "was a mistake" },
      },
    ]);
  });

  it("keeps an override that another replaces in the history", async () => {
    const first = overrideSaved.parse((await override({ key: "5.19", endOfSupport: "2028-01-01" })).json());
    const second = overrideSaved.parse((await override({ key: "5.19", endOfSupport: "2028-02-01" })).json());
    const { overrides, inForce } = await rowOf("ACTIVEMQ", "5.19");
    expect(overrides.map(({ id, endedAt }) => [id, endedAt === null])).toEqual([
      [second.id, true],
      [first.id, false],
    ]);
    expect(inForce?.endOfSupport).toBe("2028-02-01");
    await withdraw(second.id);
  });

  it.each([
    ["a row that nobody knows", { key: "9.9" }],
    ["a reason that says nothing", { reason: "no" }],
    ["a day that does not exist", { endOfSupport: "2026-02-30" }],
  ])("refuses an override of %s", async (_, body) => {
    expect((await override(body)).status).toBe(400);
  });
});

describe("the reference tables", () => {
  it("show every shipped row, the unverified ones too", async () => {
    const advisories = await table("advisories", "?limit=500");
    expect(advisories.total).toBe(ADVISORIES.length);
    expect(advisories.unverified).toBe(ADVISORIES.filter(({ verified }) => !verified).length);
    for (const row of advisories.items) expect([row.source !== "", row.checkedOn]).toEqual([true, expect.any(String)]);
    const prices = await table("prices", "?limit=1");
    expect(prices.total).toBeGreaterThanOrEqual(SHIPPED_PRICES.prices.length);
    const unverified = await table("prices", "?q=unverified&limit=500");
    expect(unverified.items.length).toBe(prices.unverified);
  });

  it("pages without losing or repeating a row", async () => {
    const whole = await table("prices", "?limit=500");
    const halves = [await table("prices", "?limit=250"), await table("prices", "?limit=250&offset=250")];
    expect(halves.flatMap(({ items }) => items.map(({ id }) => id))).toEqual(whole.items.map(({ id }) => id));
    expect(new Set(whole.items.map(({ id }) => id)).size).toBe(whole.items.length);
  });

  it("has no table of another name", async () => {
    expect((await api.call("GET", "/api/v1/reference/tables/secrets")).status).toBe(404);
  });
});

describe("published sources", () => {
  const load = (kind: string, json: unknown, more: object = {}) =>
    api.call("POST", "/api/v1/reference/imports", {
      body: { from: "file", kind, name: `${kind}.json`, encoding: "text", content: JSON.stringify(json), ...more },
    });
  const takeBack = (id: number) =>
    api.call("POST", `/api/v1/reference/imports/${id}/withdraw`, { body: { reason: "wrong file" } });

  it("stand beside the shipped calendar, change nothing, and can be taken back", async () => {
    const before = await rowOf("RABBITMQ", "3.13");
    const answer = await load("endoflife-rabbitmq", [
      { cycle: "3.13", eol: "2027-06-30" },
      { cycle: "9.7", eol: false },
      { cycle: "next", eol: false },
    ]);
    expect(answer.status, answer.text).toBe(201);
    const loaded = importResult.parse(answer.json());
    expect(loaded).toMatchObject({ rows: 2, origin: "file", refused: [{ what: "next" }] });
    expect(loaded.sha256).toMatch(/^[0-9a-f]{64}$/);
    const after = await rowOf("RABBITMQ", "3.13");
    expect(after.inForce).toEqual(before.inForce);
    expect(after.published).toEqual({ endOfSupport: "2027-06-30", ended: false });
    expect(after.differences.join(" ")).toContain("published source says end of support on 2027-06-30");
    expect((await rowOf("RABBITMQ", "9.7")).inForce).toBeNull();
    // What only the source knows can be adopted.
    expect((await override({ engine: "RABBITMQ", key: "9.7", endOfSupport: "2029-01-01" })).status).toBe(201);
    expect((await rowOf("RABBITMQ", "9.7")).inForce?.endOfSupport).toBe("2029-01-01");
    expect((await takeBack(loaded.id)).status).toBe(200);
    expect((await rowOf("RABBITMQ", "3.13")).published).toBeNull();
    expect((await takeBack(loaded.id)).status).toBe(409);
  });

  it("judge brokers by an advisory that is not shipped, and no longer once it is taken back", async () => {
    const [running] = await rowsOf<{ version: string }>(
      `SELECT engine_version AS version FROM broker WHERE engine = 'ACTIVEMQ' AND gone_at IS NULL AND engine_version LIKE '5.18.%' LIMIT 1`,
    );
    if (!running) throw new Error("no broker on 5.18");
    const vulnerability = (name: string) => ({
      package: { ecosystem: "maven", name },
      vulnerable_version_range: "<= 5.18.99",
      first_patched_version: null,
    });
    const advisory = {
      ghsa_id: "GHSA-aaaa-bbbb-cccc",
      cve_id: "CVE-2026-99009",
      summary: "Broker falls over",
      severity: "critical",
      published_at: "2026-11-10T00:00:00Z",
      vulnerabilities: [vulnerability("org.apache.activemq:activemq-broker")],
    };
    const packed = gzipSync(
      JSON.stringify([
        advisory,
        { ...advisory, cve_id: "CVE-2026-99010", vulnerabilities: [vulnerability("log4j:log4j")] },
      ]),
    ).toString("base64");
    const answer = await load("advisories", null, { encoding: "gzip-base64", content: packed });
    expect(answer.status, answer.text).toBe(201);
    const loaded = importResult.parse(answer.json());
    expect(loaded).toMatchObject({ rows: 1, refused: [{ what: "CVE-2026-99010" }] });
    const findings = () =>
      rowsOf<{ state: string; cause: string | null; severity: number }>(
        `SELECT DISTINCT state, close_cause AS cause, severity FROM finding WHERE discriminator = 'CVE-2026-99009'`,
      );
    await evaluate();
    expect(await findings()).toEqual([{ state: "open", cause: null, severity: 4 }]);
    const shown = await table("advisories", "?q=CVE-2026-99009");
    expect(shown.items).toMatchObject([{ origin: "loaded", verified: false, cells: { kev: "unknown" } }]);
    await takeBack(loaded.id);
    await evaluate();
    expect(await findings()).toMatchObject([{ state: "closed", cause: "not-remediation" }]);
  });

  it("put loaded prices beside the shipped ones", async () => {
    const shipped = SHIPPED_PRICES.prices.find(({ rateCode, usd }) => rateCode && usd);
    const rateCode = shipped?.rateCode ?? "";
    const sku = rateCode.split(".")[0] ?? "";
    const dimension = { rateCode, unit: "Hrs", pricePerUnit: { USD: "99.5" } };
    const answer = await load("price-list", {
      offerCode: "AmazonMQ",
      publicationDate: "2026-11-15T00:00:00Z",
      products: { [sku]: { sku, productFamily: "Broker Instances", attributes: { regionCode: "us-east-1" } } },
      terms: {
        OnDemand: { [sku]: { t: { effectiveDate: "2026-11-15T00:00:00Z", priceDimensions: { d: dimension } } } },
      },
    });
    expect(answer.status, answer.text).toBe(201);
    const { items } = await table("prices", "?q=99.5&limit=500");
    const all = await table("prices", "?limit=500");
    const differing = [...items, ...all.items].filter(({ difference }) => difference?.includes("99.5"));
    expect(differing.length).toBeGreaterThan(0);
    expect((await takeBack(importResult.parse(answer.json()).id)).status).toBe(409);
  });

  it.each([
    ["another product's calendar", "endoflife-rabbitmq", { result: { name: "python", releases: [] } }, {}, 400],
    ["what is no JSON", "advisories", null, { content: "{" }, 400],
    ["what is not packed", "advisories", null, { encoding: "gzip-base64", content: "e30=" }, 400],
    [
      "what unpacks to more than 20 MB",
      "advisories",
      null,
      { encoding: "gzip-base64", content: gzipSync(Buffer.alloc(20_000_001, " ")).toString("base64") },
      413,
    ],
    ["an address inside", "advisories", null, { from: "address", address: "https://169.254.169.254/latest" }, 400],
    ["an address without TLS", "advisories", null, { from: "address", address: "http://endoflife.date/x" }, 400],
    ["another service's prices", "price-list", { offerCode: "AmazonEC2", products: {}, terms: {} }, {}, 400],
  ])("refuse %s", async (_, kind, json, more, status) => {
    const before = importList.parse(await api.get("/api/v1/reference/imports")).items.length;
    expect((await load(kind, json, more)).status).toBe(status);
    expect(importList.parse(await api.get("/api/v1/reference/imports")).items.length).toBe(before);
  });
});
