import { describe, expect, it } from "vitest";
import { parsePlainDate } from "@/lib/domain/plain-date";
import type { FleetSnapshot, KpiEpisode } from "@/lib/kpis/define-kpi";
import { mttrBySeverity } from "@/lib/kpis/mttr-by-severity";
import { buildFleet, buildKpiEpisode } from "@/lib/testing/build-fleet";

const days = (count: number, more: Partial<KpiEpisode> = {}) =>
  buildKpiEpisode({
    openedAt: new Date("2026-10-01T06:00:00Z"),
    closedAt: new Date(Date.parse("2026-10-01T06:00:00Z") + count * 86_400_000),
    ...more,
  });
const compute = (episodes: KpiEpisode[], series = "critical", overrides: Partial<FleetSnapshot> = {}) => {
  const value = mttrBySeverity.compute(buildFleet([{}], { episodes, ...overrides })).find((v) => v.series === series);
  if (!value) throw new Error(`no series ${series}`);
  return value;
};
const partsOf = (value: ReturnType<typeof compute>) => Object.fromEntries(value.parts.map((p) => [p.label, p.value]));

describe("mttr-by-severity", () => {
  it("has a series per severity, the worst first", () => {
    expect(mttrBySeverity.compute(buildFleet()).map(({ series }) => series)).toEqual([
      "critical",
      "high",
      "medium",
      "low",
    ]);
  });

  it("gives mean, median, 90th percentile and n, split by cause", () => {
    const value = compute([days(1), days(2), days(4), days(13, { closeCause: "fixed-by-aws" })]);
    expect([value.value?.toNumber(), value.numerator?.toNumber(), value.denominator?.toNumber()]).toEqual([5, 20, 4]);
    expect(partsOf(value)).toEqual({
      Median: "3",
      "90th percentile": "13",
      n: "4",
      "Fixed by owner: n": "3",
      "Fixed by owner: mean": "2.333333333333",
      "Fixed by AWS: n": "1",
      "Fixed by AWS: mean": "13",
      "Replaced: n": "0",
      Open: "0",
    });
  });

  it("takes the 90th percentile by nearest rank", () => {
    const ten = Array.from({ length: 10 }, (_, index) => days(index + 1));
    expect(partsOf(compute(ten))).toMatchObject({ "90th percentile": "9", Median: "5.5" });
    expect(partsOf(compute([days(3)]))).toMatchObject({ "90th percentile": "3", Median: "3" });
  });

  it("counts nothing as remediated that was closed otherwise, but says how many those are", () => {
    const value = compute([
      days(1),
      days(9, { closeCause: "decommissioned" }),
      days(9, { closeCause: "not-remediation" }),
      days(9, { closeCause: "fixed-while-accepted" }),
      days(9, { severity: "high" }),
    ]);
    expect(value.value?.toNumber()).toBe(1);
    expect(value.exclusions.map(({ count }) => count)).toEqual([1, 1, 1]);
  });

  it("shows the open ones' mean age, so that what is never closed cannot flatter the figure", () => {
    // Now is 2026-11-21T06:00:00Z.
    const open = (openedAt: string) => days(1, { openedAt: new Date(openedAt), closedAt: null, closeCause: null });
    const value = compute([open("2026-11-11T06:00:00Z"), open("2026-11-01T06:00:00Z")]);
    expect(value).toMatchObject({ value: null, unavailable: "No critical finding was remediated in the period." });
    expect(partsOf(value)).toEqual({ Open: "2", "Open: mean age": "15" });
  });

  it("looks at the last 90 days, today included", () => {
    const closedAt = (instant: string) =>
      days(1, { openedAt: new Date("2026-08-01T00:00:00Z"), closedAt: new Date(instant) });
    expect(partsOf(compute([closedAt("2026-08-24T00:00:00Z")])).n).toBe("1");
    expect(compute([closedAt("2026-08-23T23:59:59Z")]).value).toBeNull();
    expect(partsOf(compute([closedAt("2026-11-21T05:00:00Z")])).n).toBe("1");
  });

  it("looks at the quarter it is given, its end excluded, and ages what was open then", () => {
    const period = { start: parsePlainDate("2026-07-01"), endExclusive: parsePlainDate("2026-10-01") };
    const opened = new Date("2026-09-21T00:00:00Z");
    const value = compute(
      [
        buildKpiEpisode({ openedAt: opened, closedAt: new Date("2026-09-30T23:59:59Z") }),
        buildKpiEpisode({ openedAt: opened, closedAt: new Date("2026-10-01T00:00:00.001Z") }),
        buildKpiEpisode({ openedAt: new Date("2026-10-05T00:00:00Z"), closedAt: null, closeCause: null }),
      ],
      "critical",
      { period },
    );
    expect(partsOf(value)).toMatchObject({ n: "1", Open: "1", "Open: mean age": "10" });
  });
});
