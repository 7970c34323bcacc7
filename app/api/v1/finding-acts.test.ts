import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { brokerDetail } from "@/lib/contracts/brokers";
import { bulkResult, findingDetail, findingExport, findingPage } from "@/lib/contracts/findings";
import { openWorkPath } from "@/lib/domain/open-work-path";
import { evaluateFleet } from "@/lib/services/evaluate-fleet";
import { type ApiHarness, COSTS_AND_METRICS, startApiHarness } from "@/lib/testing/api-harness";
import { buildPersonActor, NOBODY } from "@/lib/testing/build-actor";
import type { Answer } from "@/lib/testing/call-route";

const BROKERS = ["checkout-orders", "route-planner", "wms-core", "pallet-events", "dev-linus"];
const ANA = buildPersonActor({ id: "p-ana", name: "ana@example.com" });
const BEN = buildPersonActor({ id: "p-ben", name: "ben@example.com" });

let api: ApiHarness;

beforeAll(async () => {
  api = await startApiHarness({ brokers: BROKERS });
  await api.connect();
  expect(await api.sync("2026-11-20T06:00:00Z", COSTS_AND_METRICS)).toBe("complete");
}, 120_000);
afterAll(() => api.close());

const list = async (search = "") => findingPage.parse(await api.get(`/api/v1/findings?limit=500&${search}`));
const detail = async (id: number) => findingDetail.parse(await api.get(`/api/v1/findings/${id}`));
const post = (id: number, act: string, body: unknown): Promise<Answer> =>
  api.call("POST", `/api/v1/findings/${id}/${act}`, { body });
async function done(answer: Promise<Answer>) {
  const { status, text, json } = await answer;
  expect(status, text).toBe(200);
  return findingDetail.parse(json());
}
/** Open findings of brokers that no other test touches. */
async function untouched(count: number): Promise<number[]> {
  const { items } = await list("filter=state=open&filter=severity!=critical&filter=dueOn>2026-11-25");
  const ids = items.map(({ id }) => id).slice(0, count);
  expect(ids).toHaveLength(count);
  return ids;
}
const eventsOf = ({ episodes }: z.output<typeof findingDetail>) => episodes[0]?.events ?? [];
const audit = async (action: string) =>
  (await api.ctx()).db.rows<{
    actor: string;
    subjectKey: string;
    before: unknown;
    after: unknown;
    requestId: string | null;
  }>(
    `SELECT actor, subject_key AS "subjectKey", before, after, request_id AS "requestId" FROM audit_event WHERE action = $1 ORDER BY id`,
    action,
  );

describe("acknowledging", () => {
  it("stores who, note and target, tells it in the history, the list and the audit", async () => {
    const [id = 0] = await untouched(1);
    api.actAs(ANA);
    const body = { assignee: "Payments", note: "next sprint", targetOn: "2026-12-15" };
    const after = await done(post(id, "acknowledge", body));
    expect(after.finding).toMatchObject({ state: "acknowledged", assignee: "Payments", targetOn: "2026-12-15" });
    expect(eventsOf(after).at(-1)).toMatchObject({
      from: "open",
      to: "acknowledged",
      actor: ANA.name,
      note: "next sprint",
    });
    expect((await list("filter=assignee=payments")).items.map((item) => item.id)).toEqual([id]);
    const events = await audit("finding.acknowledge");
    expect(events.at(-1)).toMatchObject({
      actor: ANA.name,
      subjectKey: String(id),
      before: { state: "open" },
      after: { state: "acknowledged", assignee: "Payments" },
    });
    expect(events.at(-1)?.requestId).toBeTruthy();
  });

  it("survives the next evaluation, and a sync", async () => {
    const [before] = (await list("filter=state=acknowledged")).items;
    await evaluateFleet({ ctx: await api.ctx(), input: { reason: "test" } });
    expect((await detail(before?.id ?? 0)).finding).toEqual(before);
    expect(await api.sync("2026-11-20T12:00:00Z", COSTS_AND_METRICS)).toBe("complete");
    expect((await detail(before?.id ?? 0)).finding).toMatchObject({ state: "acknowledged", assignee: "Payments" });
  });

  it("refuses what does not fit: a past date, no note, no such finding", async () => {
    const [id = 0] = await untouched(1);
    const body = { assignee: "Payments", note: "later", targetOn: "2026-11-01" };
    const past = await post(id, "acknowledge", body);
    expect([past.status, past.json()]).toMatchObject([409, { detail: "The target date lies in the past." }]);
    expect((await post(id, "acknowledge", { ...body, note: " " })).status).toBe(400);
    expect((await post(999_999, "acknowledge", { ...body, targetOn: "2026-12-01" })).status).toBe(404);
    expect((await detail(id)).finding.state).toBe("open");
  });
});

describe("accepting a risk", () => {
  it("needs somebody else, holds until its day, and is then open for every reader although nobody evaluated", async () => {
    const [id = 0] = await untouched(1);
    const { sla } = await detail(id);
    api.actAs(ANA);
    await done(post(id, "request-acceptance", { kind: "accepted", reason: "closed network", expiresOn: "2026-12-05" }));
    const own = await post(id, "decide", { decision: "approve" });
    expect([own.status, own.json()]).toMatchObject([409, { detail: "Who asked cannot approve; somebody else must." }]);
    api.actAs(NOBODY);
    expect((await post(id, "decide", { decision: "approve" })).status).toBe(401);
    api.actAs(BEN);
    const accepted = await done(post(id, "decide", { decision: "approve", note: "for now" }));
    expect(accepted).toMatchObject({
      finding: { state: "accepted", acceptedUntil: "2026-12-05T00:00:00.000Z", dueMoved: true },
      acceptance: { requestedBy: { name: ANA.name }, approvedBy: { name: BEN.name } },
      sla: { baseOn: sla.baseOn, movedDays: 15, paused: true },
    });
    api.clock.set("2026-12-04T23:59:59Z");
    expect((await list("filter=state=accepted")).items.map((item) => item.id)).toEqual([id]);
    // A broker's count of open findings and the list under it leave out what was accepted.
    const { brokerId } = accepted.finding;
    const { openFindings } = brokerDetail.parse(await api.get(`/api/v1/brokers/${brokerId}`)).broker;
    expect((await list(openWorkPath(brokerId ?? "").split("?")[1])).total).toBe(openFindings);
    expect((await list(`filter=brokerId=${brokerId}`)).total).toBe(openFindings + 1);
    api.clock.set("2026-12-05T00:00:00Z");
    expect((await list("filter=state=accepted")).items).toEqual([]);
    expect((await list("filter=state=open&sort=state")).items.map((item) => item.id)).toContain(id);
    expect(await detail(id)).toMatchObject({ finding: { state: "open", acceptedUntil: null }, acceptance: null });
    const stored = await (await api.ctx()).db.rows<{ state: string }>("SELECT state FROM finding WHERE id = $1", id);
    expect(stored).toEqual([{ state: "accepted" }]);
    await evaluateFleet({ ctx: await api.ctx(), input: { reason: "test" } });
    const after = await detail(id);
    expect(eventsOf(after).at(-1)).toMatchObject({ from: "accepted", to: "open", note: "The acceptance expired." });
    expect(after.sla).toMatchObject({ movedDays: 15, paused: false });
    api.clock.set("2026-11-20T12:00:00Z");
  });

  it("counts the broker's open findings anew at once", async () => {
    const [id = 0] = await untouched(1);
    const { brokerId } = (await detail(id)).finding;
    const open = async () =>
      z.object({ broker: z.object({ openFindings: z.number() }) }).parse(await api.get(`/api/v1/brokers/${brokerId}`))
        .broker.openFindings;
    const before = await open();
    api.actAs(ANA);
    await done(post(id, "request-acceptance", { kind: "false-positive", reason: "lab" }));
    expect(await open()).toBe(before);
    api.actAs(BEN);
    expect((await done(post(id, "decide", { decision: "approve" }))).finding).toMatchObject({
      state: "false-positive",
      dueOn: null,
    });
    expect(await open()).toBe(before - 1);
    expect((await done(post(id, "decide", { decision: "end", note: "no" }))).finding.state).toBe("open");
    expect(await open()).toBe(before);
  });
});

describe("a claimed fix", () => {
  it("stays until the next sync looks, which refutes it where it still fails", async () => {
    const [id = 0] = await untouched(1);
    api.actAs(ANA);
    await done(post(id, "claim-fixed", { note: "done" }));
    expect((await list("filter=fixClaimed=true")).items.map((item) => item.id)).toEqual([id]);
    await evaluateFleet({ ctx: await api.ctx(), input: { reason: "test" } });
    expect((await detail(id)).fixClaim).not.toBe(null);
    expect(await api.sync("2026-11-20T18:00:00Z", COSTS_AND_METRICS)).toBe("complete");
    const after = await detail(id);
    expect(after.fixClaim).toBe(null);
    expect(eventsOf(after).map(({ note }) => note)).toContain("The claimed fix was refuted: it still fails.");
  });
});

describe("comments", () => {
  it("stand in the history and change nothing", async () => {
    const [id = 0] = await untouched(1);
    api.actAs(BEN);
    const before = (await detail(id)).finding;
    const after = await done(post(id, "comments", { text: "see ticket 12" }));
    expect(after.finding).toEqual(before);
    expect(eventsOf(after).filter(({ kind }) => kind === "comment")).toMatchObject([
      { actor: BEN.name, note: "see ticket 12" },
    ]);
  });
});

describe("what a person may do", () => {
  it("is told with the reason where not", async () => {
    const [id = 0] = await untouched(1);
    const actions = async () => new Map((await detail(id)).actions.map(({ act, refusal }) => [act, refusal]));
    api.actAs({ ...ANA, permissions: new Set(["findings:read", "findings:comment"]) });
    expect((await actions()).get("acknowledge")).toBe("This needs the permission findings:acknowledge.");
    expect((await actions()).get("comment")).toBe(null);
    api.actAs(ANA);
    expect((await actions()).get("acknowledge")).toBe(null);
    expect((await actions()).get("approve")).toBe("Nothing is asked for.");
  });

  it("ends at the findings of other owners for the role owner", async () => {
    const [id = 0] = await untouched(1);
    api.actAs(buildPersonActor({ role: "owner", ownerIds: [0] }));
    const answer = await post(id, "comments", { text: "mine?" });
    expect([answer.status, answer.json()]).toMatchObject([
      403,
      { detail: "It belongs to an owner you are not part of." },
    ]);
  });
});

describe("many at a time", () => {
  const address = (search: string) => `/api/v1/findings/bulk/acknowledge?${search}`;
  const act = { assignee: "Platform", note: "all of them", targetOn: "2026-12-31" };

  it("previews, refuses with counts, and then changes exactly what the filter finds", async () => {
    api.actAs(ANA);
    const search = "filter=severity=medium";
    const { items } = await list(search);
    const preview = await api.call("POST", address(search), { body: { act, preview: true } });
    const told = bulkResult.parse(preview.json());
    expect(told).toMatchObject({ matched: items.length, done: false });
    expect(told.allowed + told.refused.reduce((sum, { count }) => sum + count, 0)).toBe(items.length);
    expect((await list(search)).items).toEqual(items);
    const wrong = await api.call("POST", address(search), { body: { act, expected: told.allowed + 1 } });
    expect(wrong.status).toBe(409);
    expect((await list(search)).items).toEqual(items);
    const result = await api.call("POST", address(search), { body: { act, expected: told.allowed } });
    expect(bulkResult.parse(result.json())).toMatchObject({ allowed: told.allowed, done: true });
    const after = await list(`${search}&filter=assignee=platform`);
    expect(after.total).toBe(told.allowed);
    expect(
      (await audit("finding.acknowledge")).filter(({ after: facts }) => JSON.stringify(facts).includes("Platform")),
    ).toHaveLength(told.allowed);
  });

  it("changes of the filtered ones only those selected", async () => {
    const { items } = await list("filter=severity=low&filter=state=open");
    const [first] = items;
    expect(items.length).toBeGreaterThan(1);
    const other = (await list("filter=severity=medium")).items[0];
    const body = { act: { ...act, assignee: "Chosen" }, ids: [first?.id, other?.id] };
    const result = bulkResult.parse((await api.call("POST", address("filter=severity=low"), { body })).json());
    expect(result).toMatchObject({ matched: 1, allowed: 1 });
    expect((await list("filter=assignee=chosen")).items.map(({ id }) => id)).toEqual([first?.id]);
  });
});

describe("the export", () => {
  it("holds exactly the filtered findings in the list's order, as JSON", async () => {
    const search = "filter=severity>=medium&sort=openedAt&order=desc";
    const exported = findingExport.parse(await api.get(`/api/v1/findings/export/json?${search}`));
    expect(exported.items).toEqual((await list(search)).items);
    expect(exported.total).toBe(exported.items.length);
  });
});

describe("a replacement", () => {
  it("closes what it passes as replaced and goes on where it fails, with the original start", async () => {
    api.actAs(ANA);
    const [some] = (await list("filter=rule=general-logs-enabled")).items;
    const name = some?.brokerName ?? "";
    const before = (await list(`filter=brokerId=${some?.brokerId}`)).items;
    const [first] = before;
    if (!first) throw new Error("there is no broker with findings");
    api.simulator.setClock({ asOf: "2026-11-21T00:00:00Z", rate: 0 });
    const delta = (mutation: Record<string, unknown>) => api.simulator.control("POST", "/mutate", mutation);
    const set = { generalLogs: true, auditLogs: true, autoMinorVersionUpgrade: true };
    delta({ add: { like: first.brokerId, name, set } });
    delta({ broker: first.brokerId, delete: true });
    expect(await api.sync("2026-11-21T06:00:00Z", COSTS_AND_METRICS)).toBe("complete");
    const closed = await detail(first.id);
    expect(closed.finding).toMatchObject({ state: "closed", closeCause: "decommissioned" });
    const [candidate] = closed.replacement?.candidates ?? [];
    expect(candidate).toMatchObject({ name });
    api.actAs(NOBODY);
    expect((await post(first.id, "replacement", { brokerId: candidate?.brokerId })).status).toBe(401);
    api.actAs(ANA);
    const confirmed = await done(post(first.id, "replacement", { brokerId: candidate?.brokerId, note: "built anew" }));
    expect(confirmed.replacement?.standing).toMatchObject({
      basis: "same-name",
      confirmedBy: ANA.name,
      settledAt: null,
    });
    await evaluateFleet({ ctx: await api.ctx(), input: { reason: "test" } });
    const now = await list(`filter=brokerId=${candidate?.brokerId}`);
    const failing = new Map(now.items.map((item) => [`${item.ruleId} ${item.discriminator}`, item]));
    const causes = new Set<string>();
    for (const old of before) {
      const after = (await detail(old.id)).finding;
      const there = failing.get(`${old.ruleId} ${old.discriminator}`);
      causes.add(after.closeCause ?? "");
      if (!there) expect(["replaced", "not-remediation"]).toContain(after.closeCause);
      else {
        expect(after.closeCause).toBe("not-remediation");
        expect(there.openedAt).toBe(old.openedAt);
      }
    }
    expect(causes).toContain("replaced");
    expect((await detail(first.id)).replacement?.standing?.settledAt).toBe("2026-11-21T06:00:00.000Z");
    expect((await api.call("DELETE", `/api/v1/findings/${first.id}/replacement`)).status).toBe(409);
  });
});
