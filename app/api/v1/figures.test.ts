import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type BrokerItem, brokerChanges, brokerPage } from "@/lib/contracts/brokers";
import { type FindingItem, findingItem } from "@/lib/contracts/findings";
import { type KpiView, kpiBreakdown, kpiHistory, kpiList } from "@/lib/contracts/kpis";
import { overview } from "@/lib/contracts/overview";
import { Decimal } from "@/lib/domain/money";
import { type ApiHarness, AS_OF, COSTS_AND_METRICS, startApiHarness } from "@/lib/testing/api-harness";
import { everyItem } from "@/lib/testing/every-item";
import { NAIVE_KPIS, naiveKey, naiveShare } from "@/lib/testing/naive-kpis";

const DIMENSIONS = ["account", "region", "engine", "environment", "owner"] as const;
let api: ApiHarness;
let brokers: BrokerItem[];
let gone: BrokerItem[];
let findings: FindingItem[];

beforeAll(async () => {
  api = await startApiHarness();
  await api.connect();
  // Listed but never described: what is not known must count as that.
  api.simulator.control("POST", "/faults", {
    add: [{ kind: "deny", account: "444455556666", region: "us-east-1", service: "mq", operation: "DescribeBroker" }],
  });
  expect(await api.sync("2026-10-16T06:00:00Z", COSTS_AND_METRICS)).toBe("partial");
  // Refused from now on: stale a month later.
  api.simulator.control("POST", "/faults", {
    add: [{ kind: "deny", account: "222233334444", region: "sa-east-1", service: "mq" }],
  });
  expect(await api.sync("2026-11-19T06:00:00Z", COSTS_AND_METRICS)).toBe("partial");
  expect(await api.sync(AS_OF, ["metrics"])).toBe("partial");
  brokers = await readBrokers("");
  gone = await readBrokers("filter=presence=gone");
  findings = await openFindings("");
}, 120_000);
afterAll(() => api.close());

async function openFindings(search: string): Promise<FindingItem[]> {
  return z.array(findingItem).parse(await everyItem(api, "findings", search));
}
async function readBrokers(search: string): Promise<BrokerItem[]> {
  return brokerPage.parse(await api.get(`/api/v1/brokers?limit=500&${search}`)).items;
}
const cutOf = (dimension: string, key: string) => `${dimension}=${encodeURIComponent(key)}`;
const total = async (address: string) => z.object({ total: z.number() }).parse(await api.get(address)).total;

function expectShare(kpi: Pick<KpiView, "id" | "values">, of: readonly BrokerItem[], where: string): void {
  const [value] = kpi.values;
  const naive = naiveShare(kpi.id, of);
  const said = {
    numerator: Number(value?.numerator ?? 0),
    denominator: Number(value?.denominator ?? 0),
    unknowns: value?.unknowns,
  };
  expect(said, where).toEqual(naive);
  const knowable = naive.denominator > naive.unknowns;
  const percent = new Decimal(naive.numerator)
    .times(100)
    .div(naive.denominator || 1)
    .toDecimalPlaces(12)
    .toFixed();
  expect(value?.value, where).toBe(knowable ? percent : null);
  expect(value?.unavailable === null, where).toBe(knowable);
}

describe("KPIs over brokers", () => {
  it("have something to tell apart", () => {
    expect(brokers.some((b) => b.stale && b.presence === "in-scope")).toBe(true);
    expect(brokers.some((b) => b.engineVersion === null)).toBe(true);
    expect(brokers.some((b) => b.support.status === "past-end-of-support")).toBe(true);
    expect(brokers.some((b) => b.presence === "replica")).toBe(true);
    expect(gone.length).toBeGreaterThan(0);
  });

  it("are what a count over the list of brokers gives", async () => {
    const { items } = kpiList.parse(await api.get("/api/v1/kpis"));
    const shares = items.filter(({ id }) => NAIVE_KPIS.includes(id));
    expect(shares.map(({ id }) => id).sort()).toEqual([...NAIVE_KPIS].sort());
    for (const kpi of shares) {
      expectShare(kpi, brokers, kpi.id);
      const exclusions = new Map(kpi.values[0]?.exclusions.map(({ reason, count }) => [reason, count]));
      expect(exclusions.get("Gone in the last 400 days"), kpi.id).toBe(gone.length);
      expect(exclusions.get("Replica of cross-region replication"), kpi.id).toBe(
        brokers.filter((b) => b.presence === "replica").length,
      );
    }
  });

  it.each(DIMENSIONS)("are so for every %s, asked for alone and side by side", async (dimension) => {
    const keys = [...new Set(brokers.map((b) => naiveKey(b, dimension)))];
    await Promise.all(
      keys.map(async (key) => {
        const { items } = kpiList.parse(await api.get(`/api/v1/kpis?${cutOf(dimension, key)}`));
        const of = brokers.filter((b) => naiveKey(b, dimension) === key);
        for (const kpi of items.filter(({ id }) => NAIVE_KPIS.includes(id)))
          expectShare(kpi, of, `${kpi.id} of ${key}`);
      }),
    );
    for (const id of NAIVE_KPIS) {
      const { rows } = kpiBreakdown.parse(await api.get(`/api/v1/kpis/${id}/breakdown?by=${dimension}`));
      for (const { key, values } of rows)
        expectShare(
          { id, values },
          brokers.filter((b) => naiveKey(b, dimension) === key),
          `${id} by ${key}`,
        );
      expect(keys.filter((key) => !rows.some((row) => row.key === key))).toEqual([]);
    }
  });

  it("are so for cuts of several dimensions and keys", async () => {
    const address = "/api/v1/kpis?account=222233334444,333344445555&engine=activemq&environment=Production";
    const of = brokers.filter(
      (b) =>
        ["222233334444", "333344445555"].includes(b.accountId) &&
        b.engine === "ACTIVEMQ" &&
        b.environment === "production",
    );
    expect(of.length).toBeGreaterThan(0);
    for (const kpi of kpiList.parse(await api.get(address)).items.filter(({ id }) => NAIVE_KPIS.includes(id)))
      expectShare(kpi, of, kpi.id);
  });

  it("say so where there is nothing, instead of 0 or 100", async () => {
    const { items } = kpiList.parse(await api.get("/api/v1/kpis?account=999999999999"));
    for (const { id, values } of items)
      for (const value of values) {
        expect(value.value, id).toBeNull();
        expect(value.unavailable, id).toBeTruthy();
      }
  });
});

describe("history of KPIs", () => {
  it("has a point for each day of a sync, and the last one is what KPIs say now", async () => {
    const { items } = kpiList.parse(await api.get("/api/v1/kpis"));
    for (const kpi of items) {
      const history = kpiHistory.parse(await api.get(`/api/v1/kpis/${kpi.id}/history`));
      for (const value of kpi.values) {
        const points = history.series.find(({ series }) => series === value.series)?.points ?? [];
        expect(points.at(-1), `${kpi.id} ${value.series}`).toMatchObject({
          day: "2026-11-20",
          value: atColumnScale(value.value),
          numerator: atColumnScale(value.numerator),
          denominator: atColumnScale(value.denominator),
          unknowns: value.unknowns,
          version: kpi.version,
        });
        if (NAIVE_KPIS.includes(kpi.id))
          expect(points.map(({ day }) => day)).toEqual(["2026-10-16", "2026-11-19", "2026-11-20"]);
      }
    }
  });

  it.each(DIMENSIONS)("is kept for every %s too", async (dimension) => {
    for (const id of ["ha-coverage", "cost-run-rate"]) {
      const { rows } = kpiBreakdown.parse(await api.get(`/api/v1/kpis/${id}/breakdown?by=${dimension}`));
      await Promise.all(
        rows.map(async ({ key, values }) => {
          const address = `/api/v1/kpis/${id}/history?dimension=${dimension}&key=${encodeURIComponent(key)}&from=2026-11-20`;
          const { series } = kpiHistory.parse(await api.get(address));
          const stored = series.map(({ series: name, points }) => [name, points.at(-1)?.value]);
          expect(stored.sort(), `${id} ${key}`).toEqual(values.map((v) => [v.series, atColumnScale(v.value)]).sort());
        }),
      );
    }
  });
});

/** As the snapshot's column writes a decimal. */
function atColumnScale(text: string | null): string | null {
  return text === null ? null : new Decimal(text).toFixed(18);
}

describe("the overview", () => {
  it.each([
    "",
    "account=222233334444",
    "engine=RABBITMQ&environment=production",
    "owner=(none)",
    "region=eu-west-1&region=us-east-1",
  ])("of %j counts what the lists count", async (cut) => {
    const page = overview.parse(await api.get(`/api/v1/overview?${cut}`));
    const own = await readBrokers(cut);
    expect(page.brokers).toEqual({
      total: own.length,
      byEngine: countBy(own, (b) => b.engine),
      byPresence: countBy(own, (b) => b.presence),
    });
    const open = await openFindings(cut);
    expect(page.findings).toEqual({
      open: open.length,
      bySeverity: countBy(open, (f) => f.severity),
      overdue: open.filter((f) => f.overdue).length,
    });
    const { items } = kpiList.parse(await api.get(`/api/v1/kpis?${cut}`));
    // The overview leads with some of them, in the order of all.
    const shown = new Set(page.kpis.map(({ id }) => id));
    expect(shown.has("mesh-coverage") && shown.has("sla-compliance")).toBe(true);
    expect(page.kpis.map(({ trend: _, ...kpi }) => kpi)).toEqual(items.filter(({ id }) => shown.has(id)));
    expect(page.attention.map(({ id }) => id)).toEqual(mostUrgent(open).slice(0, 8));
  });

  it("counts as many brokers on each line as the link beside it finds", async () => {
    const { lines, brokers: counts } = overview.parse(await api.get("/api/v1/overview"));
    expect(lines.reduce((sum, line) => sum + line.brokers, 0)).toBe(counts.total);
    for (const { engine, line, brokers: number } of lines) {
      const search = `filter=${encodeURIComponent(`engine=${engine}`)}&filter=${encodeURIComponent(`engineLine=${line}`)}`;
      expect(await total(`/api/v1/brokers?${search}`), `${engine} ${line}`).toBe(number);
    }
  });

  it("counts the changes and findings since the sync before the last, whole and cut", async () => {
    for (const [cut, of] of [
      ["", [...brokers, ...gone]],
      ["account=333344445555", [...brokers, ...gone].filter((b) => b.accountId === "333344445555")],
    ] as const) {
      const { changes } = overview.parse(await api.get(`/api/v1/overview?${cut}`));
      expect(changes.since).toBe("2026-11-19T06:00:00.000Z");
      const pages = await Promise.all(
        of.map(async (b) => brokerChanges.parse(await api.get(`/api/v1/brokers/${b.id}/changes?limit=200`)).items),
      );
      const later = pages.flat().filter((change) => change.observedAt > "2026-11-19T06:00:00.000Z");
      expect(changes.total).toBe(later.length);
      const shown = new Set(later.map(({ id }) => id));
      expect(changes.items.every(({ id }) => shown.has(id))).toBe(true);
      const opened = await total(
        `/api/v1/findings?${cut}&filter=state:&filter=${encodeURIComponent("openedAt>2026-11-19")}`,
      );
      expect(changes.opened).toBe(opened);
      const closed = await total(
        `/api/v1/findings?${cut}&filter=state=closed&filter=${encodeURIComponent("closedAt>2026-11-19")}`,
      );
      expect(changes.closed).toBe(closed);
    }
  });

  it("draws the trend from the snapshots of what is looked at", async () => {
    const whole = overview.parse(await api.get("/api/v1/overview"));
    const cut = overview.parse(await api.get("/api/v1/overview?engine=RABBITMQ"));
    for (const [page, query] of [
      [whole, ""],
      [cut, "?dimension=engine&key=RABBITMQ"],
    ] as const) {
      const history = kpiHistory.parse(await api.get(`/api/v1/kpis/ha-coverage/history${query}`));
      const trend = page.kpis.find(({ id }) => id === "ha-coverage")?.trend;
      expect(trend).toEqual(
        history.series.map(({ series, points }) => ({
          series,
          points: points.map(({ day, value }) => ({ day, value })),
        })),
      );
    }
    const several = overview.parse(await api.get("/api/v1/overview?engine=RABBITMQ&region=eu-west-1"));
    expect(several.kpis.every(({ trend }) => trend.length === 0)).toBe(true);
  });
});

function countBy<T>(items: readonly T[], key: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1;
  return counts;
}

/** Ids in the order of urgency: severity, what is due first, the oldest. */
function mostUrgent(open: readonly FindingItem[]): number[] {
  const rank = ["critical", "high", "medium", "low"];
  const order = (f: FindingItem) =>
    [rank.indexOf(f.severity), f.dueOn ?? "9999", f.openedAt, String(f.id).padStart(12, "0")].join(" ");
  return [...open].sort((a, b) => (order(a) < order(b) ? -1 : 1)).map(({ id }) => id);
}

it("Prometheus is told the same figures, and nothing of what is unknown", async () => {
  const { text } = await api.call("GET", "/api/v1/metrics");
  const { findings: counts, brokers: fleet } = overview.parse(await api.get("/api/v1/overview"));
  const { items } = kpiList.parse(await api.get("/api/v1/kpis"));
  const lines = text.split("\n");
  for (const [engine, count] of Object.entries(fleet.byEngine))
    expect(lines).toContain(`mq_steward_brokers{engine="${engine}"} ${count}`);
  // The sum is that of the overview: replicas and brokers not in service are among them, and the text says so.
  expect(lines).toContain(
    "# HELP mq_steward_brokers Brokers that are not gone, by engine; replicas and those not in service among them",
  );
  expect(Object.values(fleet.byEngine).reduce((sum, count) => sum + count, 0)).toBe(fleet.total);
  for (const [severity, count] of Object.entries(counts.bySeverity))
    expect(lines).toContain(`mq_steward_findings_open{severity="${severity}"} ${count}`);
  expect(lines).toContain(`mq_steward_findings_overdue ${counts.overdue}`);
  const said = lines.filter((line) => line.startsWith("mq_steward_kpi_value{"));
  expect(said).toEqual(
    items.flatMap(({ id, unit, values }) =>
      values.flatMap(({ series, value }) =>
        value === null ? [] : [`mq_steward_kpi_value{kpi="${id}",series="${series}",unit="${unit}"} ${Number(value)}`],
      ),
    ),
  );
  expect(said.length).toBeGreaterThan(5);
});

describe("four days without a sync", () => {
  it("leave no figure that lives on old facts", async () => {
    api.clock.set("2026-11-24T06:00:01Z");
    const { items, freshness } = kpiList.parse(await api.get("/api/v1/kpis"));
    expect(freshness.stale).toBe(true);
    for (const kpi of items.filter(({ id }) => NAIVE_KPIS.includes(id))) {
      const [value] = kpi.values;
      const inScope = Number(value?.denominator);
      expect(inScope, kpi.id).toBeGreaterThan(0);
      expect(value, kpi.id).toMatchObject({ value: null, numerator: "0", unknowns: inScope });
      expect(value?.unavailable, kpi.id).toContain("more than 3 days ago");
    }
    const later = await readBrokers("");
    expect(later.length).toBe(brokers.length);
    expect(later.every((b) => b.stale)).toBe(true);
    expect(await total("/api/v1/brokers?filter=stale=true")).toBe(brokers.length);
    expect(await total("/api/v1/brokers?filter=stale=false")).toBe(0);
    const open = await openFindings("");
    expect(open.map(({ id }) => id)).toEqual(findings.map(({ id }) => id));
    expect(open.every((f) => f.stale)).toBe(true);
    expect(overview.parse(await api.get("/api/v1/overview")).freshness.stale).toBe(true);
  });

  it("are not yet there after three", async () => {
    api.clock.set("2026-11-23T06:00:00Z");
    expect(await total("/api/v1/brokers?filter=stale=true")).toBe(brokers.filter((b) => b.stale).length);
    const { items } = kpiList.parse(await api.get("/api/v1/kpis"));
    expect(items.find(({ id }) => id === "ha-coverage")?.values[0]?.value).not.toBeNull();
  });
});
