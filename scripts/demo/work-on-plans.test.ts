import { afterAll, beforeAll, expect, it } from "vitest";
import { campaignList } from "@/lib/contracts/campaigns";
import { planDetail, planPage } from "@/lib/contracts/plans";
import { type ApiHarness, startApiHarness } from "@/lib/testing/api-harness";
import { demoPeople } from "./people";
import { attestDueSteps, isPlanningDay, makePlans } from "./work-on-plans";

const CAMPAIGN = {
  name: "Put right",
  goal: "No finding is open.",
  search: "filter=subjectType=broker&environment=staging,development,sandbox",
  days: 90,
};

let api: ApiHarness;

beforeAll(async () => {
  api = await startApiHarness({ brokers: ["checkout-orders", "route-planner", "pallet-events", "dev-linus"] });
  await api.connect();
  expect(await api.sync("2026-11-20T06:00:00Z")).toBe("complete");
}, 120_000);
afterAll(() => api.close());

it("makes a campaign and plans once, by a person of the organisation, and vouches for what is due", async () => {
  const { manager } = await demoPeople(await api.ctx(), async () => "no hash of a password");
  expect((await demoPeople(await api.ctx(), async () => "another")).manager.id).toBe(manager.id);
  const ctx = { ...(await api.ctx()), actor: manager };
  await makePlans(ctx, CAMPAIGN);
  await makePlans(ctx, CAMPAIGN);
  const { items: campaigns } = campaignList.parse(await api.get("/api/v1/campaigns"));
  expect(campaigns).toMatchObject([{ name: CAMPAIGN.name, createdBy: manager.name, state: "running" }]);
  const { items, total } = planPage.parse(await api.get("/api/v1/plans?limit=100"));
  expect(total).toBeGreaterThan(campaigns[0]?.plans ?? 0);
  expect(items.every(({ createdBy }) => createdBy === manager.name)).toBe(true);

  api.clock.set("2027-02-01T06:00:00Z");
  await attestDueSteps(ctx);
  for (const { id } of items) {
    const { steps } = planDetail.parse(await api.get(`/api/v1/plans/${id}`));
    for (const { state, doneKind, waitingFor, doneBy } of steps) {
      if (doneKind === "attestation" && waitingFor.length === 0)
        expect([state, doneBy]).toEqual(["done", manager.name]);
      else expect(state).toBe("open");
    }
  }
});

it("plans once a week in the last ten weeks", () => {
  expect([71, 70, 64, 29, 28, 27, 7, 1, 0].map(isPlanningDay)).toEqual([
    false,
    true,
    true,
    true,
    true,
    false,
    true,
    false,
    true,
  ]);
});
