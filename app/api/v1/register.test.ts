import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { brokerPage } from "@/lib/contracts/brokers";
import { kpiContributors, kpiView } from "@/lib/contracts/kpis";
import { registerView } from "@/lib/contracts/register";
import { type ApiHarness, AS_OF, COSTS_AND_METRICS, startApiHarness } from "@/lib/testing/api-harness";

let api: ApiHarness;
let broker: string;

beforeAll(async () => {
  api = await startApiHarness();
  await api.connect();
  await api.sync("2026-09-20T06:00:00Z", COSTS_AND_METRICS);
  const { items } = brokerPage.parse(await api.get("/api/v1/brokers?limit=1&filter=countsAsProduction=true"));
  broker = items[0]?.id ?? "";
  // Seen rebooting in the third quarter, and running again later: something to review.
  api.simulator.control("POST", "/mutate", { broker, set: { state: "REBOOT_IN_PROGRESS" } });
  await api.sync("2026-09-21T06:00:00Z", COSTS_AND_METRICS);
  api.simulator.control("POST", "/mutate", { broker, set: { state: "RUNNING" } });
  await api.sync(AS_OF, COSTS_AND_METRICS);
}, 120_000);
afterAll(() => api.close());

const read = async () => registerView.parse(await api.get("/api/v1/register"));
const kpi = async (id: string) => kpiView.parse(await api.get(`/api/v1/kpis/${id}`)).values;
const post = (path: string, body: object) => api.call("POST", `/api/v1/register${path}`, { body });
const incident = (overrides: object = {}) => ({
  title: "Orders down",
  startedAt: "2026-08-10T10:00:00Z",
  endedAt: "2026-08-10T11:00:00Z",
  cause: "broker-failure",
  planned: false,
  brokerIds: [broker],
  ...overrides,
});

/** Dismisses every suggestion, so that a quarter can be attested. */
async function dismissAll(): Promise<void> {
  for (const candidate of (await read()).candidates.filter(({ review }) => review === null)) {
    const answer = await post(`/candidates/${candidate.id}/review`, { decision: "dismissed", note: "planned restart" });
    expect(answer.status, answer.text).toBe(200);
  }
}

describe("the register", () => {
  it("tells no figure before it is attested, then counts what was recorded", async () => {
    expect((await kpi("downtime-incidents"))[0]?.unavailable).toContain("not attested for 2026-Q3");
    expect((await post("/incidents", incident())).status).toBe(201);
    const suggested = (await read()).candidates.find((candidate) => candidate.broker.id === broker);
    expect(suggested).toMatchObject({
      startedAfter: "2026-09-20T06:00:00.000Z",
      observedAt: "2026-09-21T06:00:00.000Z",
      endedBy: AS_OF.replace("Z", ".000Z"),
      review: null,
    });
    expect((await post("/attestations", { quarter: "2026-Q3" })).status).toBe(409);
    await dismissAll();
    expect((await post("/attestations", { quarter: "2026-Q3" })).status).toBe(201);
    expect((await kpi("downtime-incidents"))[0]).toMatchObject({ value: "1", unavailable: null });
    const behind = kpiContributors.parse(await api.get("/api/v1/kpis/downtime-incidents/contributors"));
    expect(behind.items).toMatchObject([{ kind: "incident", label: "Orders down", group: "numerator" }]);
  });

  it("asks for a new attestation when an entry of the quarter changes", async () => {
    const [{ id } = { id: 0 }] = (await read()).incidents;
    api.clock.set("2026-11-20T07:00:00Z");
    const changed = await api.call("PATCH", `/api/v1/register/incidents/${id}`, {
      body: incident({ cause: "client" }),
    });
    expect(changed.status).toBe(200);
    expect((await read()).quarters.find(({ quarter }) => quarter === "2026-Q3")?.changedSince).toBe(true);
    expect((await kpi("downtime-incidents"))[0]?.unavailable).toContain("not attested");
    await post("/attestations", { quarter: "2026-Q3" });
    expect((await kpi("downtime-incidents"))[0]?.value).toBe("0");
  });

  it("counts downtime against an application's target", async () => {
    const saved = await post("/applications", {
      name: "Checkout",
      ownerName: null,
      brokerIds: [broker],
      slaTarget: 99.95,
      outageCostPerHour: "1200.50",
      outageCostCurrency: "EUR",
      failoverAttested: true,
    });
    expect(saved.status, saved.text).toBe(201);
    const { applications, incidents } = await read();
    const [application] = applications;
    expect(application).toMatchObject({
      slaTarget: 99.95,
      outageCostPerHour: "1200.5",
      failoverAttestedBy: incidents[0]?.updatedBy,
    });
    const [{ id } = { id: 0 }] = (await read()).incidents;
    const body = incident({ applicationIds: [application?.id] });
    await api.call("PATCH", `/api/v1/register/incidents/${id}`, { body });
    api.clock.set("2026-11-20T08:00:00Z");
    await post("/attestations", { quarter: "2026-Q3" });
    const [value] = await kpi("sla-adherence");
    expect(value).toMatchObject({
      series: "Checkout",
      numerator: String(92 * 1440 - 60),
      denominator: String(92 * 1440),
    });
  });

  it.each([
    ["an end before the start", { endedAt: "2026-08-10T09:00:00Z" }, 400],
    ["the future", { startedAt: "2027-01-01T00:00:00Z", endedAt: null }, 400],
    ["a broker nobody ever saw", { brokerIds: ["b-nothing"] }, 400],
    ["an application that is not registered", { applicationIds: [999] }, 400],
    ["no broker", { brokerIds: [] }, 400],
  ])("refuses an incident with %s", async (_, overrides, status) => {
    expect((await post("/incidents", incident(overrides))).status).toBe(status);
  });

  it("refuses to attest a quarter that runs", async () => {
    expect((await post("/attestations", { quarter: "2026-Q4" })).status).toBe(409);
  });

  it("takes an entry back for figures, not from the record", async () => {
    const [{ id } = { id: 0 }] = (await read()).incidents;
    const address = `/api/v1/register/incidents/${id}`;
    expect((await api.call("DELETE", address)).status).toBe(200);
    expect((await read()).incidents).toEqual([]);
    expect((await api.call("DELETE", address)).status).toBe(404);
    const rows = await (await api.ctx()).db.rows<{ action: string }>("SELECT action FROM audit_event ORDER BY id");
    const actions = rows.map(({ action }) => action);
    for (const action of [
      "incident.record",
      "incident.change",
      "incident.remove",
      "register.attest",
      "application.register",
    ])
      expect(actions).toContain(action);
  });

  it("reviews a suggestion once", async () => {
    const reviewed = (await read()).candidates.find(({ review }) => review !== null);
    if (!reviewed) throw new Error("nothing was suggested");
    const again = await post(`/candidates/${reviewed.id}/review`, { decision: "dismissed", note: "again" });
    expect(again.status).toBe(409);
    expect((await post("/candidates/1-1/review", { decision: "dismissed", note: "never seen" })).status).toBe(404);
  });

  it("keeps an attestation as it was written", async () => {
    const { db } = await api.ctx();
    await expect(db.execute("UPDATE register_attestation SET note = 'changed'")).rejects.toThrow(/append-only/);
  });
});

describe("targets of KPIs", () => {
  const set = (quarter: string, target: number) =>
    api.call("POST", "/api/v1/kpis/owner-coverage/targets", { body: { quarter, target } });
  const target = async () => kpiView.parse(await api.get("/api/v1/kpis/owner-coverage")).target;

  it("are locked when their quarter begins, and hold from then on", async () => {
    expect((await set("2026-Q4", 80)).status).toBe(409);
    expect((await set("2027-Q1", 101)).status).toBe(400);
    expect((await set("2027-Q1", 85)).status).toBe(200);
    expect(await target()).toBe(100);
    api.clock.set("2027-01-01T00:00:00Z");
    expect(await target()).toBe(85);
    expect((await set("2027-Q1", 10)).status).toBe(409);
    api.clock.set("2027-08-01T00:00:00Z");
    expect(await target()).toBe(85);
  });
});
