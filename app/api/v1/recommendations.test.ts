import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { kpiContributors, kpiView } from "@/lib/contracts/kpis";
import {
  brokerRecommendations,
  type RecommendationItem,
  recommendationExport,
  recommendationItem,
  recommendationPage,
} from "@/lib/contracts/recommendations";
import { Decimal } from "@/lib/domain/money";
import { type ApiHarness, AS_OF, startApiHarness } from "@/lib/testing/api-harness";

const BROKERS = [
  "perf-test-active",
  "dev-cluster-big",
  "dev-ha-please",
  "wms-core-stg",
  "invoice-mesh-stg-a",
  "invoice-mesh-stg-b",
  "billing-export-stg",
  "reporting-stg",
  "lab-cluster",
];
/** Before lab-cluster was deleted, and after: long enough before the last sync for 30 final days on both sides. */
const WITH_LAB = "2026-08-30T06:00:00Z";
const WITHOUT_LAB = "2026-09-02T06:00:00Z";
const NO_METRICS = ["metrics", "cost-usage", "cost-resources"] as const;

let api: ApiHarness;

beforeAll(async () => {
  api = await startApiHarness({ brokers: BROKERS, historyDays: 140 });
  await api.connect();
  await api.sync(WITH_LAB, NO_METRICS);
  await api.sync(WITHOUT_LAB, NO_METRICS);
  await api.sync(AS_OF);
}, 120_000);
afterAll(() => api.close());

const list = async (search = "") => recommendationPage.parse(await api.get(`/api/v1/recommendations${search}`));
const kpi = async (id: string) => kpiView.parse(await api.get(`/api/v1/kpis/${id}`)).values;
const sumOf = (items: readonly RecommendationItem[]) =>
  items
    .reduce((sum, { counted, monthly }) => (counted && monthly.known ? sum.plus(monthly.amount) : sum), new Decimal(0))
    .toFixed();
const dismiss = (id: number, body: object) => api.call("POST", `/api/v1/recommendations/${id}/dismiss`, { body });

describe("recommendations", () => {
  it("carry evidence, confidence, price and steps, the largest first", async () => {
    const { items, basis } = await list();
    const kindsOf = (name: string) => items.filter(({ broker }) => broker.name === name).map(({ kind }) => kind);
    expect(kindsOf("dev-cluster-big")).toEqual(["idle", "ha-in-development"]);
    expect(kindsOf("reporting-stg")).toContain("oversized");
    expect(kindsOf("billing-export-stg")).toEqual(["oversized"]);
    expect(kindsOf("wms-core-stg")).toEqual(["wrong-storage"]);
    const idle = items.find(({ broker, kind }) => broker.name === "dev-cluster-big" && kind === "idle");
    expect(idle).toMatchObject({
      nature: "saving",
      counted: true,
      confidence: "high",
      detail: {
        window: { from: "2026-11-06", until: "2026-11-20", days: 14, daysWithData: 14 },
        metrics: [{ name: "ConnectionCount", value: 0, limit: 0 }, { name: "MessageCount" }],
        change: { attribute: "presence", to: null },
        price: { basis: "billed", billed: { basis: "allocated", currency: "USD" }, before: { known: true } },
      },
    });
    const amounts = items.map(({ monthly }) => (monthly.known ? Number(monthly.amount) : -1));
    expect(amounts).toEqual([...amounts].sort((a, b) => b - a));
    expect(basis.priceListOf).toBe("2026-11-01");
    expect(basis.thresholds.every(({ reason }) => reason.length > 20)).toBe(true);
  });

  it("are summed once per broker, and never without a price", async () => {
    const { items, totals } = await list();
    const counted = items.filter((item) => item.counted);
    expect(new Set(counted.map(({ broker }) => broker.id)).size).toBe(counted.length);
    const days = counted.flatMap(({ monthly }) => (monthly.known ? (monthly.priceListOf ?? []) : [])).sort();
    expect(days.length).toBeGreaterThan(0);
    expect(totals.savings).toEqual([
      {
        currency: "USD",
        amount: expect.any(String),
        billed: expect.any(String),
        priceListFrom: days[0],
        priceListTo: days.at(-1),
        brokers: counted.filter(({ monthly }) => monthly.known).length,
      },
    ]);
    const billed = items.filter(({ detail }) => detail.price.basis === "billed");
    expect(billed.some((item) => item.counted)).toBe(true);
    expect(new Decimal(totals.savings[0]?.billed ?? 0).toFixed()).toBe(sumOf(billed));
    expect(totals.judged).toBeGreaterThanOrEqual(new Set(items.map(({ broker }) => broker.id)).size);
    expect(new Decimal(totals.savings[0]?.amount ?? 0).toFixed()).toBe(sumOf(items));
    expect(totals.withoutPrice).toBe(counted.filter(({ monthly }) => !monthly.known).length);
    expect(totals.withoutPrice).toBeGreaterThan(0);
  });

  it("say why others are not made", async () => {
    const mesh = await outcomesOf("invoice-mesh-stg-b");
    expect(mesh.find(({ kind }) => kind === "idle")).toMatchObject({
      outcome: "excluded",
      reason: expect.stringContaining("network of brokers"),
    });
    expect(mesh.map(({ kind }) => kind)).toHaveLength(5);
  });

  it("are filtered, exported and refused like other lists", async () => {
    const filtered = await list("?filter=kind=idle&sort=broker&order=asc");
    expect(filtered.items.map(({ kind }) => kind)).toEqual(["idle", "idle"]);
    expect(new Decimal(filtered.totals.savings[0]?.amount ?? 0).toFixed()).toBe(sumOf(filtered.items));
    const json = recommendationExport.parse(await api.get("/api/v1/recommendations/export/json?filter=kind=idle"));
    expect(json.items.map(({ id }) => id).sort()).toEqual(filtered.items.map(({ id }) => id).sort());
    const csv = await api.call("GET", "/api/v1/recommendations/export?filter=kind=idle");
    expect(csv.text.trim().split("\n")).toHaveLength(3);
    expect((await api.call("GET", "/api/v1/recommendations?filter=colour=red")).status).toBe(400);
  });
});

describe("KPIs", () => {
  it("count the waste that the list counts, and name the brokers", async () => {
    const { totals } = await list();
    const [waste] = await kpi("waste-found");
    expect(new Decimal(waste?.value ?? -1).toFixed(10)).toBe(new Decimal(totals.savings[0]?.amount ?? 0).toFixed(10));
    const measured = waste?.parts.filter(({ label }) => label.startsWith("Measured by")) ?? [];
    expect(measured.map(({ label }) => label)).toEqual(["Measured by what AWS bills", "Measured by list prices"]);
    expect(new Decimal(measured[0]?.value ?? -1).toFixed(10)).toBe(
      new Decimal(totals.savings[0]?.billed ?? 0).toFixed(10),
    );
    const behind = kpiContributors.parse(await api.get("/api/v1/kpis/waste-found/contributors?group=numerator"));
    const sum = behind.items.reduce((total, { amount }) => total.plus(amount?.value ?? 0), new Decimal(0));
    expect(sum.toFixed(10)).toBe(new Decimal(waste?.value ?? -1).toFixed(10));
    const [premium] = await kpi("ha-premium");
    // m5.4xlarge pair, m5.xlarge cluster, m5.large pair: each by two looked-up prices.
    expect(premium).toMatchObject({ value: "2943.36", unknowns: 0 });
  });

  it("tell what was saved, from 30 billed final days on both sides", async () => {
    const { items } = await list("?filter=state=ended&filter=broker=lab-cluster");
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ kind: "ha-in-development", endCause: "done", counted: true });
    const saved = Number(items[0]?.realised?.monthly?.amount);
    // A cluster of mq.m5.large costs 0.864 an hour, and its storage.
    expect(saved).toBeGreaterThan(630);
    expect(saved).toBeLessThan(1300);
    const [realised] = await kpi("savings-realised");
    expect(realised?.unknowns).toBe(0);
    expect(Number(realised?.value)).toBeCloseTo(saved, 6);
  });
});

describe("dismissing", () => {
  it("needs a reason and a day ahead, lets the next item count, and is kept by the next sync until that day", async () => {
    const { items } = await list("?filter=broker=dev-cluster-big");
    const [idle, alternative] = items;
    if (!idle || !alternative) throw new Error("two recommendations are expected");
    expect((await dismiss(idle.id, { reason: "a", until: "2026-12-20" })).status).toBe(400);
    expect((await dismiss(idle.id, { reason: "Needed for the fair", until: "2026-11-20" })).status).toBe(400);
    const answer = await dismiss(idle.id, { reason: "Needed for the fair", until: "2026-12-20" });
    expect(answer.status, answer.text).toBe(200);
    expect(recommendationItem.parse(JSON.parse(answer.text))).toMatchObject({ state: "dismissed", counted: false });
    expect((await dismiss(idle.id, { reason: "Needed for the fair", until: "2026-12-20" })).status).toBe(409);
    const left = await list("?filter=broker=dev-cluster-big");
    expect(left.items.map(({ kind, counted }) => [kind, counted])).toEqual([["ha-in-development", true]]);
    await api.sync("2026-11-21T06:00:00Z", ["cost-usage", "cost-resources"]);
    expect((await list("?filter=broker=dev-cluster-big")).items.map(({ kind }) => kind)).toEqual(["ha-in-development"]);
    const idleOf = (await outcomesOf("dev-cluster-big")).find(({ kind }) => kind === "idle");
    expect(idleOf?.outcome).toBe("dismissed");
    const audit = await api.call("GET", "/api/v1/audit?action=recommendation.dismissed");
    expect(audit.text).toContain("Needed for the fair");
    await api.sync("2026-12-20T06:00:00Z", NO_METRICS);
    const outcome = (await outcomesOf("dev-cluster-big")).find(({ kind }) => kind === "idle");
    // Without metrics of the window nothing is claimed.
    expect(outcome?.outcome).toBe("unknown");
  });
});

async function outcomesOf(name: string) {
  const { items } = await list(`?filter=broker=${name}&limit=1`);
  const id = items[0]?.broker.id ?? "";
  return brokerRecommendations.parse(await api.get(`/api/v1/brokers/${id}/recommendations`)).outcomes;
}
