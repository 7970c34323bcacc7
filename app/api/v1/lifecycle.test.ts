import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { brokerPage } from "@/lib/contracts/brokers";
import { kpiView } from "@/lib/contracts/kpis";
import { lifecycleView } from "@/lib/contracts/lifecycle";
import { type ApiHarness, AS_OF, COSTS_AND_METRICS, startApiHarness } from "@/lib/testing/api-harness";

let api: ApiHarness;

beforeAll(async () => {
  api = await startApiHarness();
  await api.connect();
  await api.sync(AS_OF, COSTS_AND_METRICS);
}, 120_000);
afterAll(() => api.close());

const read = async (search = "") => lifecycleView.parse(await api.get(`/api/v1/lifecycle${search}`));
const total = async (search: string) =>
  brokerPage.parse(await api.get(`/api/v1/brokers?limit=1&filter=presence=in-scope&${search}`)).total;
const calendar = (search = "") => api.call("GET", `/api/v1/lifecycle/calendar.ics${search}`);
const unfold = (text: string) => text.replace(/\r\n /g, "").split("\r\n");

describe("the life cycle", () => {
  it("counts on every line and type exactly the brokers that the list finds for it", async () => {
    const { entries, brokers } = await read();
    expect(brokers).toBe(await total(""));
    for (const kind of ["engine-line", "instance-type"] as const) {
      const used = entries.filter((entry) => entry.kind === kind && entry.brokers > 0);
      expect(used.reduce((sum, entry) => sum + entry.brokers, 0)).toBe(brokers);
      for (const { engine, name, brokers: count, cells } of used) {
        const filter = kind === "engine-line" ? `engineLine=${name}` : `instanceType=${name === "unknown" ? "" : name}`;
        const search = `filter=engine=${engine}&filter=${encodeURIComponent(filter)}`;
        expect(await total(search), `${engine} ${name}`).toBe(count);
        expect(cells.reduce((sum, cell) => sum + cell.brokers, 0)).toBe(count);
        const [cell] = cells;
        if (!cell) throw new Error("a line in use has no cell");
        const cut = new URLSearchParams({ owner: cell.owner, environment: cell.environment });
        expect(await total(`${search}&${cut}`)).toBe(cell.brokers);
      }
    }
  });

  it("puts every broker into exactly one group of the exposure, the running quarter and the next four named", async () => {
    const { exposure, brokers } = await read();
    for (const groups of [exposure.engineLines, exposure.instanceTypes]) {
      expect(groups.reduce((sum, group) => sum + group.brokers, 0)).toBe(brokers);
      expect(groups.flatMap(({ quarter }) => quarter?.name ?? [])).toEqual([
        "2026-Q4",
        "2027-Q1",
        "2027-Q2",
        "2027-Q3",
        "2027-Q4",
      ]);
      for (const { brokers: count, parts } of groups)
        expect(parts.reduce((sum, part) => sum + part.brokers, 0)).toBe(count);
    }
    const past = exposure.engineLines.find(({ kind }) => kind === "past-end-of-support");
    expect(past?.brokers).toBe(await total("filter=supportStatus=past-end-of-support&filter=stale=false"));
  });

  it("says the same as the KPI about what is past its end of support", async () => {
    const { exposure } = await read();
    const past = exposure.engineLines.find(({ kind }) => kind === "past-end-of-support");
    const { values } = kpiView.parse(await api.get("/api/v1/kpis/forced-upgrade-exposure"));
    for (const { amount, currency } of past?.spend ?? []) {
      const parts = values.find(({ series }) => series === currency)?.parts;
      expect(parts).toContainEqual({ label: "Past end of support: spend", value: amount, unit: "money-per-month" });
    }
  });

  it("is cut like every list, and keeps the whole calendar", async () => {
    const [whole, cut] = [await read(), await read("?engine=rabbitmq&environment=production")];
    expect(cut.brokers).toBe(await total("engine=RABBITMQ&environment=production"));
    expect(cut.entries.filter(({ engine }) => engine === "ACTIVEMQ").every(({ brokers }) => brokers === 0)).toBe(true);
    expect(cut.entries.length).toBeLessThanOrEqual(whole.entries.length);
    expect(cut.entries.some(({ id }) => id === "engine-line ACTIVEMQ 5.19")).toBe(true);
    expect((await api.call("GET", "/api/v1/lifecycle?owners=x")).status).toBe(400);
  });
});

describe("the calendar feed", () => {
  it("has the days of the lines and types that the owner's brokers run, with their names", async () => {
    const { owners } = await read();
    const owner = owners.find(({ key }) => key !== "(none)");
    if (!owner) throw new Error("nobody owns a broker");
    const search = `?${new URLSearchParams({ owner: owner.key })}`;
    const { entries } = await read(search);
    const wanted = entries.filter(({ brokers }) => brokers > 0);
    const answer = await calendar(search);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
    const lines = unfold(answer.text);
    expect(lines).toContain(`X-WR-CALNAME:Amazon MQ life cycle: ${owner.label}`);
    const ends = lines.filter((line) => /^UID:.*end-of-support/.test(line));
    expect(ends).toHaveLength(wanted.filter(({ endOfSupport }) => endOfSupport !== null).length);
    const { items } = brokerPage.parse(
      await api.get(`/api/v1/brokers?limit=500&filter=presence=in-scope&${search.slice(1)}`),
    );
    const descriptions = lines.filter((line) => line.startsWith("DESCRIPTION:")).join("\n");
    for (const { name } of items) expect(descriptions).toContain(name.replaceAll(",", "\\,"));
  });

  it("keeps the ids of its events from one day to the next, apart from those of other owners", async () => {
    const uids = async (search: string) =>
      unfold((await calendar(search)).text).filter((line) => line.startsWith("UID:"));
    const before = await uids("");
    expect(before.length).toBeGreaterThan(8);
    expect(new Set(before).size).toBe(before.length);
    api.clock.set("2026-11-21T06:00:00Z");
    expect(await uids("")).toEqual(before);
    const none = await uids("?owner=(none)");
    expect(none.filter((uid) => before.includes(uid))).toEqual([]);
  });

  it("does not answer an empty calendar for an owner that does not exist", async () => {
    expect((await calendar("?owner=nobody-of-this-name")).status).toBe(404);
  });
});
