import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { accountList } from "@/lib/contracts/accounts";
import { type BrokerItem, brokerFacets, brokerPage } from "@/lib/contracts/brokers";
import { type FindingItem, findingItem } from "@/lib/contracts/findings";
import { overview } from "@/lib/contracts/overview";
import { type ApiHarness, COSTS_AND_METRICS, startApiHarness } from "@/lib/testing/api-harness";
import { everyItem } from "@/lib/testing/every-item";
import { naiveBrokerProperty } from "@/lib/testing/naive-filter";

const LOGISTICS = "333344445555";
/** Odd tags (pallet-events, dock-planner, partner-hub, dev-long-tags), brokers that go, both engines, every account. */
const BROKERS = [
  "pallet-events",
  "dock-planner",
  "partner-hub",
  "dev-long-tags",
  "stock-alerts",
  "route-planner",
  "checkout-orders",
  "pay-webhooks",
  "pay-gateway-prod",
  "audit-trail",
  "early-access",
  "notify-stg",
];

let api: ApiHarness;
let brokers: BrokerItem[];
let everyBroker: BrokerItem[];
let everyFinding: FindingItem[];

beforeAll(async () => {
  api = await startApiHarness({ brokers: BROKERS });
  await api.connect();
  expect(await api.sync("2026-10-16T06:00:00Z", COSTS_AND_METRICS)).toBe("complete");
  api.simulator.control("POST", "/faults", {
    add: [{ kind: "deny", account: LOGISTICS, region: "eu-central-1", service: "mq" }],
  });
  expect(await api.sync("2026-11-20T06:00:00Z", ["metrics"])).toBe("partial");
  brokers = brokerPage.parse(await api.get("/api/v1/brokers?limit=500")).items;
  everyBroker = brokerPage.parse(await api.get("/api/v1/brokers?limit=500&filter=presence:")).items;
  everyFinding = z.array(findingItem).parse(await everyItem(api, "findings", "filter=state:"));
}, 120_000);
afterAll(() => api.close());

const ids = (items: readonly { id: string | number }[]) => items.map(({ id }) => String(id)).sort();
const idItems = z.array(z.object({ id: z.union([z.string(), z.number()]) }));
async function idsOf(list: "brokers" | "findings", search: string): Promise<string[]> {
  return ids(idItems.parse(await everyItem(api, list, search)));
}

describe("CSV", () => {
  it.each([
    ["brokers", ""],
    ["brokers", "sort=monthlyCost&order=desc&filter=presence:"],
    ["brokers", "engine=RABBITMQ&q=pay&limit=1&cursor=ignored&filter=name:a&filter=name:b&match=any"],
    ["findings", "sort=dueOn"],
    ["findings", "filter=state:&environment=production&sort=broker&order=desc"],
  ] as const)("of %s?%s holds exactly the rows of the list, in its order", async (list, query) => {
    const answer = await api.call("GET", `/api/v1/${list}/export?${query}`);
    expect(answer.text.charCodeAt(0)).toBe(0xfeff);
    expect(answer.text.endsWith("\r\n")).toBe(true);
    const [header = [], ...rows] = parseCsv(answer.text.slice(1));
    const idColumn = header.indexOf(list === "brokers" ? "Broker id" : "Finding");
    expect(rows.every((row) => row.length === header.length)).toBe(true);
    const whole = new URLSearchParams(query);
    whole.delete("limit");
    whole.delete("cursor");
    const items = idItems.parse(await everyItem(api, list, whole.toString()));
    expect(rows.map((row) => row[idColumn])).toEqual(items.map(({ id }) => String(id)));
    expect(rows.length).toBeGreaterThan(0);
  });

  it("has no cell that a spreadsheet would run, and loses nothing of the tags", async () => {
    const [header = [], ...rows] = parseCsv((await api.call("GET", "/api/v1/brokers/export")).text.slice(1));
    for (const cell of rows.flat())
      if (!/^-?\d+(\.\d+)?$/.test(cell)) expect(cell).not.toMatch(/^[=+\-@\t\r\n\uFF0B\uFF0D\uFF1D\uFF20]/);
    const tags = new Map(rows.map((row) => [row[header.indexOf("Broker id")], row[header.indexOf("Tags")]]));
    for (const broker of brokers) {
      for (const [key, value] of Object.entries(broker.tags)) expect(tags.get(broker.id)).toContain(`${key}=${value}`);
    }
    const amounts = rows.map((row) => [row[header.indexOf("Broker id")], row[header.indexOf("Run rate per month")]]);
    expect(amounts.sort()).toEqual(brokers.map((b) => [b.id, b.monthlyCost?.amount ?? ""]).sort());
  });

  it("of nothing is its header alone", async () => {
    const { text } = await api.call("GET", "/api/v1/brokers/export?account=999999999999");
    expect(parseCsv(text.slice(1))).toHaveLength(1);
  });
});

/** Rows of a CSV text (RFC 4180). */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const match of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] === "\r\n") {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

describe("facets", () => {
  it("count what the lists hold", async () => {
    const { facets } = brokerFacets.parse(await api.get("/api/v1/brokers/facets"));
    const seen = Object.fromEntries(
      Object.entries(facets).map(([property, values]) => [
        property,
        Object.fromEntries(values.map(({ value, count }) => [value, count])),
      ]),
    );
    for (const name of [
      "engine",
      "region",
      "account",
      "engineLine",
      "deploymentMode",
      "state",
      "environment",
      "owner",
      "supportStatus",
    ]) {
      const property = naiveBrokerProperty(name);
      const wanted: Record<string, number> = {};
      for (const broker of brokers) {
        const value = property.of(broker);
        if (value !== null) wanted[value] = (wanted[value] ?? 0) + 1;
      }
      expect(seen[name], name).toEqual(wanted);
    }
    const keys = new Set(brokers.flatMap((b) => Object.keys(b.tags)).map((key) => `tag.${key}`));
    expect(
      Object.keys(seen)
        .filter((property) => property.startsWith("tag."))
        .sort(),
    ).toEqual([...keys].sort());
  });
});

describe("an account that is taken out of scope", () => {
  it("takes its brokers, findings, tags, costs and figures with it, and brings them back", async () => {
    const before = overview.parse(await api.get("/api/v1/overview"));
    expect((await api.call("DELETE", `/api/v1/accounts/${LOGISTICS}`)).status).toBe(200);
    const left = everyBroker.filter((b) => b.accountId !== LOGISTICS);
    expect(await idsOf("brokers", "filter=presence:")).toEqual(ids(left));
    expect(await idsOf("findings", "filter=state:")).toEqual(
      ids(everyFinding.filter((f) => f.accountId !== LOGISTICS)),
    );
    expect(await idsOf("brokers", `account=${LOGISTICS}`)).toEqual([]);
    const { text } = await api.call("GET", "/api/v1/brokers/export");
    expect(text).not.toContain(LOGISTICS);
    expect((await api.call("GET", "/api/v1/brokers/facets")).text).not.toContain(LOGISTICS);
    const after = overview.parse(await api.get("/api/v1/overview"));
    expect(after.brokers.total).toBe(brokers.filter((b) => b.accountId !== LOGISTICS).length);
    expect(after.attention.every((f) => f.accountId !== LOGISTICS)).toBe(true);
    const names = new Map(everyBroker.map((b) => [b.id, b.accountId]));
    expect(after.changes.items.every((c) => names.get(c.brokerId) !== LOGISTICS)).toBe(true);
    expect(after.changes.total).toBeLessThan(before.changes.total);
    expect(after.freshness.incomplete.every((scope) => scope.accountId !== LOGISTICS)).toBe(true);
    const accounts = accountList.parse(await api.get("/api/v1/accounts"));
    expect(accounts.items.map((a) => a.accountId)).not.toContain(LOGISTICS);

    const back = { accountId: LOGISTICS, roleArn: `arn:aws:iam::${LOGISTICS}:role/mq-steward-read-only` };
    expect((await api.call("POST", "/api/v1/accounts", { body: back })).status).toBe(201);
    expect(await idsOf("brokers", "filter=presence:")).toEqual(ids(everyBroker));
    expect(overview.parse(await api.get("/api/v1/overview")).brokers).toEqual(before.brokers);
  });
});
