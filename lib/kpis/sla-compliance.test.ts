import { describe, expect, it } from "vitest";
import { parsePlainDate } from "@/lib/domain/plain-date";
import type { KpiEpisode } from "@/lib/kpis/define-kpi";
import { slaCompliance } from "@/lib/kpis/sla-compliance";
import { buildFleet, buildKpiEpisode } from "@/lib/testing/build-fleet";

/** Due on 10 November 2026. */
const due = (closedAt: string | null, overrides: Partial<KpiEpisode> = {}) =>
  buildKpiEpisode({
    dueOn: parsePlainDate("2026-11-10"),
    closedAt: closedAt === null ? null : new Date(closedAt),
    closeCause: closedAt === null ? null : "fixed-by-owner",
    ...overrides,
  });
const share = (...episodes: KpiEpisode[]) => {
  const [value] = slaCompliance.compute(buildFleet([{}], { episodes }));
  return [value?.numerator?.toNumber(), value?.denominator?.toNumber()];
};

describe("sla-compliance", () => {
  it.each([
    ["remediated on the due day", due("2026-11-10T23:59:59Z"), [1, 1]],
    ["remediated a day late", due("2026-11-11T00:00:00Z"), [0, 1]],
    ["still open", due(null), [0, 1]],
    ["remediated by AWS in time", due("2026-11-02T00:00:00Z", { closeCause: "fixed-by-aws" }), [1, 1]],
    ["ended late without remediation", due("2026-11-12T00:00:00Z", { closeCause: "decommissioned" }), [0, 1]],
  ])("an episode %s", (_, episode, expected) => expect(share(episode)).toEqual(expected));

  it.each([
    ["due today", { dueOn: parsePlainDate("2026-11-21") }],
    ["due before the period", { dueOn: parsePlainDate("2026-08-23") }],
    ["paused by an acceptance", { dueOn: null }],
  ])("does not count an episode %s", (_, overrides) => {
    expect(share(due(null), due(null, overrides))).toEqual([0, 1]);
  });

  it("leaves out what ended in time for another reason, and says so", () => {
    const episodes = [due(null), due("2026-11-05T00:00:00Z", { closeCause: "not-remediation" })];
    const [value] = slaCompliance.compute(buildFleet([{}], { episodes }));
    expect(value?.exclusions).toEqual([{ reason: "Ended before it was due, without remediation", count: 1 }]);
    expect(value?.denominator?.toNumber()).toBe(1);
  });

  it("shows what was overdue when the period began", () => {
    const early = { dueOn: parsePlainDate("2026-08-01") };
    const episodes = [due(null, early), due("2026-08-20T00:00:00Z", early), due("2026-09-01T00:00:00Z", early)];
    const [value] = slaCompliance.compute(buildFleet([{}], { episodes }));
    expect(value?.parts).toEqual([{ label: "Overdue carried into the period", value: "2", unit: "count" }]);
    expect(value?.unavailable).toBe("No finding was due in the period.");
  });
});
