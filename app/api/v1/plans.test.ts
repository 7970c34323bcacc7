import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { brokerPage } from "@/lib/contracts/brokers";
import { findingPage } from "@/lib/contracts/findings";
import { type PlanDetail, planCreated, planDetail, planPage, planPreview } from "@/lib/contracts/plans";
import { isWindowStart } from "@/lib/remediation/maintenance-window";
import { evaluateFleet } from "@/lib/services/evaluate-fleet";
import { type ApiHarness, COSTS_AND_METRICS, startApiHarness } from "@/lib/testing/api-harness";
import { buildPersonActor } from "@/lib/testing/build-actor";

const BROKERS = ["checkout-orders", "route-planner", "wms-core", "pallet-events", "dev-linus"];
const ANA = buildPersonActor({ id: "p-ana", name: "ana@example.com" });

let api: ApiHarness;
let brokerId: string;

beforeAll(async () => {
  api = await startApiHarness({ brokers: BROKERS });
  await api.connect();
  expect(await api.sync("2026-11-20T06:00:00Z", COSTS_AND_METRICS)).toBe("complete");
  const { items } = brokerPage.parse(await api.get("/api/v1/brokers?limit=100"));
  brokerId = items.find(({ name }) => name === "pallet-events")?.id ?? "";
  api.actAs(ANA);
}, 120_000);
afterAll(() => api.close());

const post = (path: string, body: unknown) => api.call("POST", `/api/v1/plans${path}`, { body });
const read = async (id: number) => planDetail.parse(await api.get(`/api/v1/plans/${id}`));
const findingsOf = async (broker = brokerId) =>
  findingPage.parse(await api.get(`/api/v1/findings?limit=200&filter=brokerId=${broker}`)).items;
async function changed(answer: ReturnType<typeof post>): Promise<PlanDetail> {
  const { status, text, json } = await answer;
  expect([200, 201], text).toContain(status);
  return planDetail.parse(json());
}
const stepOf = (plan: PlanDetail, wanted: (step: PlanDetail["steps"][number]) => boolean) => {
  const step = plan.steps.find(wanted);
  if (!step) throw new Error(`no such step among ${plan.steps.map(({ key }) => key).join(", ")}`);
  return step;
};

describe("a plan", () => {
  let id: number;

  it("is previewed without being written", async () => {
    const answer = await post("/preview", { brokerId });
    expect(answer.status, answer.text).toBe(200);
    const preview = planPreview.parse(answer.json());
    expect(preview.steps.length).toBeGreaterThan(0);
    expect(preview.activePlanId).toBeNull();
    expect(planPage.parse(await api.get("/api/v1/plans")).total).toBe(0);
  });

  it("is made of a broker's findings, which are in progress then, with steps in its own windows", async () => {
    const created = await post("", { brokerId });
    expect(created.status, created.text).toBe(201);
    id = planCreated.parse(created.json()).id;
    const plan = await read(id);
    expect(plan.plan).toMatchObject({ state: "active", createdBy: ANA.name, doneSteps: 0, broker: { id: brokerId } });
    expect(plan.findings.length).toBe(plan.plan.openFindings);
    for (const { state } of plan.findings) expect(state).toBe("in-progress");
    expect((await findingsOf()).filter(({ state }) => state === "in-progress").length).toBe(plan.findings.length);
    for (const { windowAt, inWindow } of plan.steps) expect(windowAt !== null).toBe(inWindow);
    const [dayOfWeek = "", timeOfDay = "", timeZone = ""] = plan.windows.text?.split(" ") ?? [];
    for (const { windowAt } of plan.steps)
      if (windowAt) expect(isWindowStart({ dayOfWeek, timeOfDay, timeZone }, new Date(windowAt))).toBe(true);
    const list = planPage.parse(await api.get(`/api/v1/plans?filter=brokerId=${brokerId}`));
    expect(list.items.map((item) => item.id)).toEqual([id]);
  });

  it("is the only active one of its broker", async () => {
    const again = await post("", { brokerId });
    expect(again.status).toBe(409);
    expect(again.text).toContain(`plan ${id}`);
  });

  it("takes days, windows and assignees, but no window that the broker does not have", async () => {
    const plan = await read(id);
    const step = stepOf(plan, ({ inWindow }) => inWindow);
    const patch = (body: object) => api.call("PATCH", `/api/v1/plans/${id}/steps/${step.id}`, { body });
    const later = plan.windows.next[5]?.at ?? "";
    const moved = await changed(patch({ windowAt: later, assignee: "Lin", effortHours: 3 }));
    expect(stepOf(moved, (one) => one.id === step.id)).toMatchObject({
      windowAt: later,
      assignee: "Lin",
      effortHours: 3,
    });
    expect((await patch({ windowAt: "2026-12-24T11:11:00Z" })).status).toBe(400);
    const byHand = await changed(patch({ plannedOn: "2026-12-24" }));
    expect(stepOf(byHand, (one) => one.id === step.id)).toMatchObject({ windowAt: null, plannedOn: "2026-12-24" });
    expect(planPage.parse(await api.get("/api/v1/plans?filter=assignee=Lin")).total).toBe(1);
    api.clock.set("2027-03-01T06:00:00Z");
    const overdue = planPage.parse(await api.get("/api/v1/plans?filter=overdue=true"));
    expect(overdue.items[0]?.overdueSteps).toBeGreaterThan(0);
    api.clock.set("2026-11-20T06:00:00Z");
  });

  it("has attestations ticked by a person with a note, in order, and never by a sync", async () => {
    await evaluateFleet({ ctx: await api.ctx(), input: { reason: "test" } });
    const added = await changed(post(`/${id}/steps`, { title: "Tell the on-call team", plannedOn: "2026-11-27" }));
    const manual = stepOf(added, ({ kind }) => kind === "manual");
    expect((await post(`/${id}/steps/${manual.id}/attest`, { note: " " })).status).toBe(400);
    const attested = await changed(post(`/${id}/steps/${manual.id}/attest`, { note: "Told in the channel." }));
    expect(stepOf(attested, (one) => one.id === manual.id)).toMatchObject({
      state: "done",
      doneBasis: "attested",
      doneBy: ANA.name,
      doneNote: "Told in the channel.",
    });
    const seen = added.steps.find(({ doneKind }) => doneKind === "observed");
    if (seen) expect((await post(`/${id}/steps/${seen.id}/attest`, { note: "done" })).status).toBe(409);
    const back = await changed(post(`/${id}/steps/${manual.id}/reopen`, { reason: "wrong channel" }));
    expect(stepOf(back, (one) => one.id === manual.id).state).toBe("open");
    const waiting = back.steps.find(({ doneKind, waitingFor }) => doneKind === "attestation" && waitingFor.length > 0);
    if (waiting) expect((await post(`/${id}/steps/${waiting.id}/attest`, { note: "done" })).status).toBe(409);
  });

  it("gives findings back, and takes them on again with the steps they need", async () => {
    const plan = await read(id);
    const [finding] = plan.findings;
    if (!finding) throw new Error("no finding is linked");
    const without = await changed(post(`/${id}/findings`, { unlink: [finding.id] }));
    expect(without.findings.map((one) => one.id)).not.toContain(finding.id);
    expect(without.others.map((one) => one.id)).toContain(finding.id);
    expect((await findingsOf()).find((one) => one.id === finding.id)?.state).toBe("open");
    const withIt = await changed(post(`/${id}/findings`, { link: [finding.id] }));
    expect(withIt.findings.map((one) => one.id)).toContain(finding.id);
    expect(withIt.steps.map(({ key }) => key)).toEqual(plan.steps.map(({ key }) => key));
    expect((await post(`/${id}/findings`, { unlink: [999_999] })).status).toBe(400);
  });

  it("ticks a step by itself when the next sync shows it done in AWS, with what was seen", async () => {
    const [broker] = brokerPage.parse(await api.get("/api/v1/brokers?filter=name=route-planner")).items;
    if (!broker) throw new Error("there is no route-planner");
    api.simulator.control("POST", "/mutate", { broker: broker.id, set: { autoMinorVersionUpgrade: false } });
    expect(await api.sync("2026-11-20T09:00:00Z", COSTS_AND_METRICS)).toBe("complete");
    const finding = (await findingsOf(broker.id)).find(({ ruleId }) => ruleId === "auto-minor-upgrade-enabled");
    if (!finding) throw new Error("no finding about automatic minor upgrades");
    const made = planCreated.parse((await post("", { brokerId: broker.id, findingIds: [finding.id] })).json());
    expect((await read(made.id)).steps[0]).toMatchObject({ key: "auto-minor-upgrade", state: "open" });
    expect((await read(made.id)).steps[0]?.checks).toMatchObject([{ met: false, observed: "false" }]);
    api.simulator.control("POST", "/mutate", { broker: broker.id, set: { autoMinorVersionUpgrade: true } });
    expect(await api.sync("2026-11-20T12:00:00Z", COSTS_AND_METRICS)).toBe("complete");
    const after = await read(made.id);
    expect(after.steps[0]).toMatchObject({ state: "done", doneBasis: "observed", doneBy: "system:evaluation" });
    expect(after.steps[0]?.doneNote).toContain("autoMinorVersionUpgrade = true");
    expect(after.plan.state).toBe("completed");
    expect(after.findings[0]).toMatchObject({ state: "closed", closeCause: "fixed-by-owner" });
    expect(after.events.map(({ kind }) => kind)).toEqual(["completed", "step-observed", "created"]);
    const { db } = await api.ctx();
    const events = await db.rows<{ count: number }>("SELECT count(*)::int AS count FROM plan_event");
    await evaluateFleet({ ctx: await api.ctx(), input: { reason: "again" } });
    expect(await db.rows("SELECT count(*)::int AS count FROM plan_event")).toEqual(events);
  }, 60_000);

  it("keeps its history as it was written", async () => {
    const { db } = await api.ctx();
    await expect(db.execute("UPDATE plan_event SET note = 'changed'")).rejects.toThrow(/append-only/);
  });

  it("returns its findings when it is cancelled, and takes no change then", async () => {
    const plan = await read(id);
    expect(plan.findings.length).toBeGreaterThan(0);
    const over = await changed(post(`/${id}/cancel`, { reason: "not now" }));
    expect(over).toMatchObject({ plan: { state: "cancelled" }, findings: [] });
    expect((await findingsOf()).some(({ state }) => state === "in-progress")).toBe(false);
    expect((await post(`/${id}/cancel`, { reason: "again" })).status).toBe(409);
    const audit = await (await api.ctx()).db.rows<{ action: string }>(
      "SELECT DISTINCT action FROM audit_event WHERE action LIKE 'plan.%' ORDER BY action",
    );
    expect(audit.map(({ action }) => action)).toEqual([
      "plan.cancelled",
      "plan.create",
      "plan.findings-changed",
      "plan.step-added",
      "plan.step-attested",
      "plan.step-changed",
      "plan.step-reopened",
    ]);
  });
});

describe("a plan that makes no sense", () => {
  it.each([
    ["a broker nobody saw", { brokerId: "b-none" }, 404],
    ["a finding of another broker", { findingIds: [999_999] }, 400],
    ["a line that is none", { toLine: "four" }, 400],
    ["nothing to do", { findingIds: [] }, 409],
  ])("is refused: %s", async (_, body, status) => {
    expect((await post("", { brokerId, ...body })).status).toBe(status);
  });

  it("is not found", async () => {
    expect((await api.call("GET", "/api/v1/plans/999999")).status).toBe(404);
    expect((await api.call("GET", "/api/v1/plans/one")).status).toBe(404);
  });
});
