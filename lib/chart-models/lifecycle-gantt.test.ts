import { describe, expect, it } from "vitest";
import { type GanttEntry, ganttWindow, lifecycleGantt } from "./lifecycle-gantt";

const today = "2026-11-21";
const blank: GanttEntry = {
  id: "a",
  state: "supported",
  offeredSince: null,
  noticeFrom: null,
  createBlockedFrom: null,
  endOfSupport: null,
  forcedUpgradeEndExclusive: null,
  notKnowableFrom: null,
  upstreamEnds: [],
  inUse: false,
};
const dated: GanttEntry = {
  ...blank,
  offeredSince: "2024-07-02",
  noticeFrom: "2026-12-01",
  createBlockedFrom: "2027-01-30",
  endOfSupport: "2027-03-01",
  forcedUpgradeEndExclusive: "2027-04-15",
};
const window24 = ganttWindow([], today, 24);
const rowOf = (entry: GanttEntry, window = window24, day = today) =>
  lifecycleGantt([entry], { window, today: day }).rows[0];
const phasesOf = (entry: GanttEntry, window = window24, day = today) =>
  rowOf(entry, window, day)?.segments.map(({ phase }) => phase);

describe("ganttWindow", () => {
  it.each([
    [12, 0, "2026-05-01", "2027-05-01"],
    [24, 0, "2025-11-01", "2027-11-01"],
    [36, 0, "2025-05-01", "2028-05-01"],
    [12, -3, "2026-02-01", "2027-02-01"],
  ] as const)("of %i months moved by %i is %s to %s", (zoom, shift, start, endExclusive) => {
    expect(ganttWindow([], today, zoom, shift)).toEqual({ start, endExclusive });
  });

  it("of everything reaches from the first to beyond the last date, and around today where there is none", () => {
    expect(ganttWindow([dated], today, null)).toEqual({ start: "2024-07-01", endExclusive: "2027-11-01" });
    expect(ganttWindow([], today, null)).toEqual({ start: "2026-05-01", endExclusive: "2027-11-01" });
  });
});

describe("lifecycleGantt", () => {
  it("has the phases of a dated line, adjoining, with the end of support marked", () => {
    const row = rowOf(dated);
    expect(row?.segments.map(({ phase }) => phase)).toEqual([
      "supported",
      "notice",
      "create-blocked",
      "forced-upgrade-window",
    ]);
    for (const [index, segment] of (row?.segments ?? []).entries()) {
      const next = row?.segments[index + 1];
      if (next) expect(segment.left + segment.width).toBeCloseTo(next.left, 2);
    }
    expect(row?.segments[0]).toMatchObject({ left: 0, openStart: true, openEnd: false });
    expect(row?.segments[3]?.openEnd).toBe(false);
    expect(row?.markers).toMatchObject([{ kind: "end-of-support", day: "2027-03-01", at: row?.segments[3]?.left }]);
  });

  it("goes on after the upgrade window, to the end of today, only where brokers still run it", () => {
    expect(phasesOf({ ...dated, inUse: true }, window24, "2027-04-14")?.at(-1)).toBe("forced-upgrade-window");
    expect(phasesOf({ ...dated, inUse: true }, window24, "2027-04-15")?.at(-1)).toBe("past");
    expect(phasesOf(dated, window24, "2027-05-01")?.at(-1)).toBe("forced-upgrade-window");
  });

  it("never shows what has no end date as supported beyond what can be known", () => {
    const row = rowOf({ ...blank, offeredSince: "2026-02-19", notKnowableFrom: "2027-01-03" });
    expect(row?.segments).toMatchObject([
      { phase: "supported", openStart: false, openEnd: false },
      { phase: "not-knowable", openEnd: true },
    ]);
    const [known, rest] = row?.segments ?? [];
    expect((known?.left ?? 0) + (known?.width ?? 0)).toBeCloseTo(rest?.left ?? 0, 2);
    expect((rest?.left ?? 0) + (rest?.width ?? 0)).toBeCloseTo(100, 2);
  });

  it("shows what is unknown as such from edge to edge", () => {
    expect(rowOf({ ...blank, state: "unknown" })?.segments).toEqual([
      { phase: "unknown", left: 0, width: 100, openStart: true, openEnd: true },
    ]);
  });

  it("gives an instance type its create-block without notice, and none where nobody published it", () => {
    const type = { ...blank, endOfSupport: "2026-10-01", inUse: true };
    expect(phasesOf(type)).toEqual(["supported", "past"]);
    expect(phasesOf({ ...type, createBlockedFrom: "2026-08-01" })).toEqual(["supported", "create-blocked", "past"]);
  });

  it("says on which side of the window a row lies that is not in it", () => {
    const window = ganttWindow([], "2030-01-01", 12);
    expect(rowOf(dated, window)).toMatchObject({ segments: [], markers: [], outside: "before" });
    expect(rowOf(dated, ganttWindow([], "2020-01-01", 12))).toMatchObject({ segments: [], outside: "after" });
    expect(rowOf(dated)?.outside).toBeNull();
  });

  it("marks upstream's own end of life apart", () => {
    const entry = { ...blank, upstreamEnds: [{ endOfLife: "2026-07-31" }, { endOfLife: "2019-01-01" }] };
    expect(rowOf(entry)?.markers).toMatchObject([{ kind: "upstream-end", day: "2026-07-31" }]);
  });

  it("places today and at most eight labels, whatever the zoom", () => {
    for (const zoom of [12, 24, 36, null] as const) {
      const window = ganttWindow([{ ...dated, offeredSince: "2017-11-28" }], today, zoom);
      const { ticks, todayAt } = lifecycleGantt([], { window, today });
      expect(ticks.filter(({ labelled }) => labelled).length).toBeLessThanOrEqual(8);
      expect(ticks.filter(({ labelled }) => labelled).length).toBeGreaterThanOrEqual(4);
      expect(todayAt).toBeGreaterThan(30);
    }
    expect(lifecycleGantt([], { window: ganttWindow([], today, 12, 12), today }).todayAt).toBeNull();
  });
});
