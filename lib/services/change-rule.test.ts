import { afterAll, beforeAll, expect, it } from "vitest";
import { ruleDetail, ruleList } from "@/lib/contracts/rules";
import { evaluateFleet } from "@/lib/services/evaluate-fleet";
import { type ApiHarness, COSTS_AND_METRICS, startApiHarness } from "@/lib/testing/api-harness";
import { buildPersonActor } from "@/lib/testing/build-actor";

let api: ApiHarness;

beforeAll(async () => {
  api = await startApiHarness({ historyDays: 3 });
  await api.connect();
  await api.sync("2026-11-20T06:00:00Z", COSTS_AND_METRICS);
}, 120_000);
afterAll(() => api.close());

const RULE = "general-logs-enabled";
const put = (body: unknown, id = RULE) => api.call("PUT", `/api/v1/rules/${id}/settings`, { body });
const evaluate = async () => evaluateFleet({ ctx: await api.ctx(), input: { reason: "test" } });
const read = async (id = RULE) => ruleDetail.parse(await api.get(`/api/v1/rules/${id}`));
const rowsOf = async <T extends object>(sql: string) => (await api.ctx()).db.rows<T>(sql);

it("counts what the last evaluation stored, for every rule", async () => {
  const { items } = ruleList.parse(await api.get("/api/v1/rules"));
  const [stored] = await rowsOf<{ brokers: number }>(
    `SELECT count(*)::int AS brokers FROM broker WHERE gone_at IS NULL AND rule_results <> '{}'`,
  );
  for (const { id, counts, subject } of items) {
    if (subject !== "broker") continue;
    const sum = counts.pass + counts.fail + counts.unknown + counts.notApplicable;
    expect([id, sum]).toEqual([id, stored?.brokers]);
  }
  const [open] = await rowsOf<{ n: number }>(
    `SELECT count(*)::int AS n FROM finding WHERE rule_id = '${RULE}' AND state <> 'closed'`,
  );
  expect((await read()).rule.openFindings).toBe(open?.n);
});

it("gives failing findings the severity that an environment was given", async () => {
  const settings = [{ environment: "production", enabled: true, severity: "high" }];
  expect((await put({ reason: "Logs are mandatory here", settings, thresholds: {} })).status).toBe(200);
  await evaluate();
  const found = await rowsOf<{ environment: string; severity: number }>(
    `SELECT DISTINCT environment, severity FROM finding WHERE rule_id = '${RULE}' AND state <> 'closed' ORDER BY 1, 2`,
  );
  expect(found.length).toBeGreaterThan(1);
  for (const { environment, severity } of found)
    expect([environment, severity]).toEqual([environment, environment === "production" ? 3 : 1]);
});

it("closes the findings of a rule that is switched off, as no remediation, and records who did it and why", async () => {
  const before = await read();
  expect(before.rule.openFindings).toBeGreaterThan(0);
  const settings = [{ environment: "", enabled: false, severity: null }];
  const answer = await put({ reason: "Logs are collected elsewhere", settings, thresholds: {} });
  expect(ruleDetail.parse(JSON.parse(answer.text))).toMatchObject({
    rule: { changed: true },
    change: { reason: "Logs are collected elsewhere" },
  });
  await evaluate();
  const after = await read();
  expect(after.rule.openFindings).toBe(0);
  expect(after.rule.counts).toMatchObject({ pass: 0, fail: 0, unknown: 0 });
  const causes = await rowsOf(
    `SELECT DISTINCT close_cause AS cause FROM finding WHERE rule_id = '${RULE}' AND closed_at >= '2026-11-20T06:00:00Z'`,
  );
  expect(causes).toEqual([{ cause: "not-remediation" }]);
  const [event] = await rowsOf<{ action: string; permission: string; after: { reason: string } }>(
    `SELECT action, permission, after FROM audit_event WHERE subject_type = 'rule' ORDER BY id DESC LIMIT 1`,
  );
  expect(event).toMatchObject({
    action: "rule.change",
    permission: "rules:write",
    after: { reason: "Logs are collected elsewhere" },
  });
});

it("goes back to the default when nothing differs any more", async () => {
  expect((await put({ reason: "As shipped again", settings: [], thresholds: {} })).status).toBe(200);
  await evaluate();
  const { rule, settings } = await read();
  expect([rule.changed, settings]).toEqual([false, []]);
  expect(rule.openFindings).toBeGreaterThan(0);
});

it("overrides a threshold, which decides anew", async () => {
  const id = "maintenance-outside-business-hours";
  const { rule: before } = await read(id);
  const thresholds = { [`${id}.first-hour`]: 0, [`${id}.last-hour`]: 24 };
  expect((await put({ reason: "We work around the clock", settings: [], thresholds }, id)).status).toBe(200);
  await evaluate();
  const after = await read(id);
  expect(after.rule.counts.fail).toBeGreaterThan(before.counts.fail);
  expect(after.thresholds.map(({ value }) => value).sort()).toEqual([0, 24]);
});

it.each([
  ["no reason", { reason: " ", settings: [], thresholds: {} }, RULE, 422],
  [
    "a threshold of another rule",
    { reason: "because of that", settings: [], thresholds: { "queues-below-limit.percent": 5 } },
    RULE,
    422,
  ],
  ["a rule that does not exist", { reason: "because of that", settings: [], thresholds: {} }, "no-such-rule", 404],
] as const)("refuses %s", async (_, body, id, status) => {
  const answer = await put(body, id);
  expect([400, 422, 404]).toContain(answer.status);
  expect(answer.status === 404).toBe(status === 404);
});

it("asks for its own permission", async () => {
  api.actAs(buildPersonActor({ role: "viewer" }));
  expect((await put({ reason: "because of that", settings: [], thresholds: {} })).status).toBe(403);
  expect((await api.call("GET", "/api/v1/rules")).status).toBe(200);
  api.actAs(null);
});
