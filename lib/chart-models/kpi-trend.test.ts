import { describe, expect, it } from "vitest";
import { kpiTrend } from "@/lib/chart-models/kpi-trend";

const points = (days: readonly string[], version = 1) => days.map((day) => ({ day, value: "50", version }));
const broken = (days: readonly string[]) =>
  kpiTrend({ series: [{ series: "", points: points(days) }] })
    .rows.filter(({ s0 }) => s0 === null)
    .map(({ day }) => day);

describe("kpiTrend", () => {
  it("joins weekly history and the daily history that follows it", () => {
    expect(
      broken([
        "2026-08-01",
        "2026-08-08",
        "2026-08-15",
        "2026-08-22",
        "2026-08-29",
        "2026-08-30",
        "2026-08-31",
        "2026-09-01",
      ]),
    ).toEqual([]);
  });

  it("breaks where daily snapshots are missing, however short the gap", () => {
    expect(broken(["2026-08-01", "2026-08-02", "2026-08-03", "2026-08-05", "2026-08-06", "2026-08-07"])).toEqual([
      "2026-08-04",
    ]);
  });

  it("breaks where a week of weekly snapshots is missing", () => {
    expect(broken(["2026-08-01", "2026-08-08", "2026-08-15", "2026-08-29", "2026-09-05"])).toEqual(["2026-08-16"]);
  });

  it("joins two snapshots alone up to a week", () => {
    expect(broken(["2026-08-01", "2026-08-08"])).toEqual([]);
    expect(broken(["2026-08-01", "2026-08-09"])).toEqual(["2026-08-02"]);
  });

  it("keeps a figure that was unavailable as a break, not as zero, and the exact text beside the number", () => {
    const model = kpiTrend({
      series: [
        {
          series: "critical",
          points: [
            { day: "2026-08-01", value: "33.333333333333", version: 1 },
            { day: "2026-08-02", value: null, version: 1 },
          ],
        },
      ],
    });
    expect(model.rows).toEqual([
      { day: "2026-08-01", s0: 33.333333333333 },
      { day: "2026-08-02", s0: null },
    ]);
    expect(model.texts).toEqual({ s0: { "2026-08-01": "33.333333333333" } });
    expect(model.gaps).toBe(1);
  });

  it("puts several series on one axis, each with its own gaps", () => {
    const model = kpiTrend({
      series: [
        { series: "high", points: points(["2026-08-01", "2026-08-02", "2026-08-03"]) },
        { series: "low", points: points(["2026-08-02"]) },
      ],
    });
    expect(model.series).toEqual([
      { key: "s0", name: "high" },
      { key: "s1", name: "low" },
    ]);
    expect(model.rows.map(({ s1 }) => s1)).toEqual([undefined, 50, undefined]);
  });

  it("marks the days on which the meaning of the KPI changed", () => {
    const before = points(["2026-08-01", "2026-08-02"]);
    const model = kpiTrend({
      series: [{ series: "", points: [...before, ...points(["2026-08-03", "2026-08-04"], 2)] }],
    });
    expect(model.breaks).toEqual([{ day: "2026-08-03", version: 2 }]);
  });

  it("is empty for no history", () => {
    expect(kpiTrend({ series: [] })).toEqual({ series: [], rows: [], texts: {}, breaks: [], gaps: 0 });
  });
});
