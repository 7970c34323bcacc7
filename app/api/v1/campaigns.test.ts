import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { brokerPage } from "@/lib/contracts/brokers";
import {
  type CampaignPreview,
  campaignCreated,
  campaignDetail,
  campaignList,
  campaignPreview,
} from "@/lib/contracts/campaigns";
import { findingPage } from "@/lib/contracts/findings";
import { ownerList } from "@/lib/contracts/owners";
import { planCreated, planDetail, planPage } from "@/lib/contracts/plans";
import { isWindowStart } from "@/lib/remediation/maintenance-window";
import { type ApiHarness, COSTS_AND_METRICS, startApiHarness } from "@/lib/testing/api-harness";
import { buildPersonActor } from "@/lib/testing/build-actor";

const BROKERS = ["checkout-orders", "route-planner", "wms-core", "pallet-events", "dev-linus"];
const ANA = buildPersonActor({ id: "p-ana", name: "ana@example.com" });
const OF_BROKERS = "filter=subjectType=broker";
const CAMPAIGN = { name: "Put right by March", goal: "No finding is open.", deadline: "2027-03-01" };

let api: ApiHarness;
/** A plan that is there before any campaign. */
let earlier: number;

beforeAll(async () => {
  api = await startApiHarness({ brokers: BROKERS });
  await api.connect();
  expect(await api.sync("2026-11-20T06:00:00Z", COSTS_AND_METRICS)).toBe("complete");
  api.actAs(ANA);
  const [broker] = brokerPage.parse(await api.get("/api/v1/brokers?filter=name=pallet-events")).items;
  const [finding] = findingPage.parse(await api.get(`/api/v1/findings?filter=brokerId=${broker?.id}`)).items;
  const made = await api.call("POST", "/api/v1/plans", { body: { brokerId: broker?.id, findingIds: [finding?.id] } });
  expect(made.status, made.text).toBe(201);
  earlier = planCreated.parse(made.json()).id;
}, 120_000);
afterAll(() => api.close());

const post = (path: string, body: unknown) => api.call("POST", `/api/v1/campaigns${path}`, { body });
const read = async (id: number) => campaignDetail.parse(await api.get(`/api/v1/campaigns/${id}`));
const plansOf = async (id: number) =>
  planPage.parse(await api.get(`/api/v1/plans?limit=100&sort=stage&filter=campaign=${id}`)).items;
async function preview(body: object, search = OF_BROKERS): Promise<CampaignPreview> {
  const answer = await post(`/preview?${search}`, body);
  expect(answer.status, answer.text).toBe(200);
  return campaignPreview.parse(answer.json());
}
const plansIn = ({ stages }: CampaignPreview) =>
  stages.reduce((sum, { newPlans, takenPlans }) => sum + newPlans + takenPlans, 0);

describe("a campaign", () => {
  let id: number;

  it("is previewed: plans per stage, what cannot be planned and why, and who has a plan; nothing is written", async () => {
    const without = await preview({ deadline: CAMPAIGN.deadline }, "");
    expect(without.stages.length).toBeGreaterThan(1);
    expect(without.stages.every(({ takenPlans }) => takenPlans === 0)).toBe(true);
    expect(without.withPlan).toMatchObject({ total: 1, examples: [{ id: earlier, broker: "pallet-events" }] });
    const reasons = without.refused.map(({ reason }) => reason);
    expect(reasons).toContain("Its broker has an active plan, which is not taken in.");
    expect(reasons).toContain("It is not about a broker.");
    const refused = without.refused.reduce((sum, { count }) => sum + count, 0);
    expect(without.findings + refused).toBe(without.matched);
    const taking = await preview({ deadline: CAMPAIGN.deadline, takePlans: true }, "");
    expect(plansIn(taking)).toBe(plansIn(without) + 1);
    for (const [index, stage] of taking.stages.entries()) {
      const ahead = taking.stages[index - 1];
      expect(stage.overlaps).toBe(false);
      if (ahead?.endsOn) expect(stage.startOn > ahead.endsOn).toBe(true);
    }
    expect(campaignList.parse(await api.get("/api/v1/campaigns")).items).toEqual([]);
    expect(planPage.parse(await api.get("/api/v1/plans")).total).toBe(1);
  });

  it("makes a plan for each broker, takes those that are there, and places steps in each broker's windows from its stage on", async () => {
    const shown = await preview({ deadline: CAMPAIGN.deadline, takePlans: true });
    const body = { ...CAMPAIGN, takePlans: true, expected: plansIn(shown) };
    expect((await post(`?${OF_BROKERS}`, { ...body, expected: body.expected + 1 })).status).toBe(409);
    const answer = await post(`?${OF_BROKERS}`, body);
    expect(answer.status, answer.text).toBe(201);
    const created = campaignCreated.parse(answer.json());
    id = created.id;
    expect(created.plans).toBe(body.expected);
    const plans = await plansOf(id);
    expect(plans.length).toBe(body.expected);
    expect(plans.map((plan) => plan.id)).toContain(earlier);
    const { campaign, stages, selection, cost } = await read(id);
    expect(campaign).toMatchObject({
      ...CAMPAIGN,
      state: "running",
      completed: 0,
      plans: plans.length,
      createdBy: ANA.name,
    });
    expect(campaign.forecast).toMatchObject({ plannedEnd: shown.plannedEnd, atThisPace: null });
    expect(campaign.forecast.unknown).toContain("No pace yet");
    expect(selection).toEqual({ search: "filter=subjectType%3Dbroker", chosen: null });
    const { unchanged, unknown, known } = shown.cost;
    expect(cost).toMatchObject({ unchanged, unknown, known });
    expect(cost.reasons.length > 0).toBe(unknown > 0);
    expect(stages.map(({ id: stage, startOn, endsOn }) => ({ id: stage, startOn, endsOn }))).toEqual(
      shown.stages.map(({ id: stage, startOn, endsOn }) => ({ id: stage, startOn, endsOn })),
    );
    for (const item of plans) {
      const startOn = stages.find((stage) => stage.id === item.campaign?.stage)?.startOn ?? "9999";
      const plan = planDetail.parse(await api.get(`/api/v1/plans/${item.id}`));
      for (const { state } of plan.findings) expect(state).toBe("in-progress");
      const [dayOfWeek = "", timeOfDay = "", timeZone = ""] = plan.windows.text?.split(" ") ?? [];
      for (const step of plan.steps) {
        expect(step.windowAt !== null).toBe(step.inWindow);
        if (step.windowAt)
          expect(isWindowStart({ dayOfWeek, timeOfDay, timeZone }, new Date(step.windowAt))).toBe(true);
        if (item.id !== earlier)
          expect((step.plannedOn ?? "") >= startOn, `${step.title} ${step.plannedOn}`).toBe(true);
      }
    }
    const taken = planDetail.parse(await api.get(`/api/v1/plans/${earlier}`));
    expect(taken.events.map(({ kind }) => kind)).toEqual(["campaign-joined", "created"]);
    expect(taken.findings.length).toBeGreaterThan(1);
    expect(taken.plan.campaign).toMatchObject({ id, name: CAMPAIGN.name });
  });

  it("keeps its plans for itself, and its history as it was written", async () => {
    const again = await post(`?${OF_BROKERS}`, { ...CAMPAIGN, takePlans: true });
    expect([again.status, again.text]).toEqual([409, expect.stringContaining("belongs to the campaign")]);
    const { db } = await api.ctx();
    await expect(db.execute("UPDATE campaign_event SET note = 'changed'")).rejects.toThrow(/append-only/);
    const audit = await db.rows<{ action: string; count: number }>(
      `SELECT action, count(*)::int AS count FROM audit_event WHERE subject_type IN ('campaign', 'plan') GROUP BY action ORDER BY action`,
    );
    const { plans } = (await read(id)).campaign;
    expect(audit).toEqual([
      { action: "campaign.create", count: 1 },
      { action: "plan.campaign-joined", count: 1 },
      { action: "plan.create", count: plans },
    ]);
  });

  it("says what is done, blocked and overdue, and when it will be over at this pace", async () => {
    const [first, ...later] = (await read(id)).stages;
    if (!first || later.length === 0) throw new Error("two stages are needed");
    const plans = await plansOf(id);
    const one = plans.find((plan) => plan.campaign?.stage === later[0]?.id && plan.id !== earlier);
    if (!one) throw new Error("a plan made for the campaign is needed");
    const { db } = await api.ctx();
    // Every way to finish a plan goes step by step; the sum over finished ones is what is looked at here.
    await db.execute("UPDATE plan SET state = 'completed', completed_at = '2026-11-25' WHERE id = $1", one.id);
    api.clock.set("2027-02-28T06:00:00Z");
    const { campaign, stages, overdue } = await read(id);
    expect(campaign).toMatchObject({ completed: 1, state: "running" });
    expect(campaign.forecast.atThisPace).toMatch(/^20/);
    expect(["at-risk", "late"]).toContain(campaign.forecast.verdict);
    expect(stages[0]).toMatchObject({ open: first.plans, blocked: 0 });
    expect(stages[1]).toMatchObject({ completed: 1, blocked: (later[0]?.plans ?? 0) - 1, open: 0 });
    expect(overdue.total).toBeGreaterThan(0);
    expect(campaign.overdueSteps).toBe(overdue.total);
    expect(stages.reduce((sum, { overdueSteps }) => sum + overdueSteps, 0)).toBe(overdue.total);
    const [listed] = campaignList.parse(await api.get("/api/v1/campaigns")).items;
    expect(listed).toEqual(campaign);
    api.clock.set("2026-11-20T06:00:00Z");
  });

  it("is exported as CSV and Markdown, a line for each plan", async () => {
    const plans = await plansOf(id);
    const csv = (await api.call("GET", `/api/v1/campaigns/${id}/export/csv`)).text;
    expect(csv.trim().split("\r\n")).toHaveLength(plans.length + 1);
    const markdown = (await api.call("GET", `/api/v1/campaigns/${id}/export/markdown`)).text;
    expect(markdown).toContain(`# ${CAMPAIGN.name}`);
    for (const { broker } of plans) expect(markdown).toContain(`| ${broker.name} |`);
  });

  it("ends with a reason; plans made for it go with it where asked, and those taken in go on", async () => {
    expect((await post(`/${id}/cancel`, { reason: " " })).status).toBe(400);
    const answer = await post(`/${id}/cancel`, { reason: "no budget", plans: "cancel" });
    expect(answer.status, answer.text).toBe(200);
    const over = campaignDetail.parse(answer.json());
    expect(over).toMatchObject({ campaign: { state: "cancelled" }, cancelReason: "no budget", cancelledBy: ANA.name });
    const plans = await plansOf(id);
    expect(plans.filter(({ state }) => state === "active").map((plan) => plan.id)).toEqual([earlier]);
    const worked = findingPage.parse(await api.get("/api/v1/findings?limit=200&filter=state=in-progress")).items;
    const inProgress = new Set(worked.map(({ brokerName }) => brokerName));
    const given = plans.filter(({ state }) => state === "cancelled");
    expect(given.length).toBeGreaterThan(0);
    for (const { broker } of given) expect(inProgress).not.toContain(broker.name);
    expect(inProgress).toContain("pallet-events");
    expect((await post(`/${id}/cancel`, { reason: "again" })).status).toBe(409);
    // Its plans are free for another one.
    expect(plansIn(await preview({ takePlans: true }))).toBeGreaterThan(1);
  });
});

describe("a campaign that makes no sense", () => {
  it.each([
    ["a deadline that is over", { deadline: "2026-11-20" }, 400],
    ["a stage before today", { stages: [{ id: "test", startOn: "2026-11-19" }] }, 400],
    ["a stage after the deadline", { stages: [{ id: "test", startOn: "2027-03-02" }] }, 400],
    [
      "stages out of order",
      {
        stages: [
          { id: "production", startOn: "2026-12-01" },
          { id: "test", startOn: "2026-12-02" },
        ],
      },
      400,
    ],
    ["a stage that is none", { stages: [{ id: "moon", startOn: "2026-12-01" }] }, 400],
    ["no name", { name: " " }, 400],
    ["no finding", { ids: [999_999] }, 409],
  ])("is refused: %s", async (_, body, status) => {
    const answer = await post(`?${OF_BROKERS}`, { ...CAMPAIGN, ...body });
    expect(answer.status, answer.text).toBe(status);
  });

  it("is not found", async () => {
    expect((await api.call("GET", "/api/v1/campaigns/999999")).status).toBe(404);
    expect((await api.call("GET", "/api/v1/campaigns/one")).status).toBe(404);
    expect((await post("/999999/cancel", { reason: "none" })).status).toBe(404);
  });
});

describe("an owner's campaign", () => {
  it("holds plans of his own brokers alone, and says which findings are not his", async () => {
    const entities = ownerList.parse(await api.get("/api/v1/owners")).items;
    const [broker] = brokerPage.parse(await api.get("/api/v1/brokers?filter=name=route-planner")).items;
    const own = entities.find(({ key }) => key === broker?.owner?.key)?.id ?? 0;
    api.actAs(buildPersonActor({ role: "owner", ownerIds: [own] }));
    const shown = await preview({});
    expect(shown.refused.find(({ reason }) => reason.includes("not part of"))?.count).toBeGreaterThan(0);
    const answer = await post(`?${OF_BROKERS}`, CAMPAIGN);
    expect(answer.status, answer.text).toBe(201);
    const { id } = campaignCreated.parse(answer.json());
    expect((await read(id)).refusal).toBeNull();
    for (const { owner } of await plansOf(id)) expect(owner?.key).toBe(broker?.owner?.key);
    api.actAs(buildPersonActor({ role: "viewer" }));
    expect((await post(`/preview?${OF_BROKERS}`, {})).status).toBe(403);
    expect((await read(id)).refusal).toContain("campaigns:write");
    api.actAs(ANA);
  });
});
