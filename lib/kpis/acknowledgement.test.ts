import { describe, expect, it } from "vitest";
import { acknowledgement } from "@/lib/kpis/acknowledgement";
import type { KpiEpisode } from "@/lib/kpis/define-kpi";
import { buildFleet, buildKpiEpisode } from "@/lib/testing/build-fleet";

/** Opened on Thursday 5 November 2026: the deadline is Thursday 12 November. */
const opened = (overrides: Partial<KpiEpisode>) =>
  buildKpiEpisode({
    openedAt: new Date("2026-11-05T06:00:00Z"),
    closedAt: null,
    closeCause: null,
    state: "open",
    ...overrides,
  });
const compute = (episodes: KpiEpisode[], acknowledgementsKnown = true) =>
  acknowledgement.compute(buildFleet([{}], { episodes, acknowledgementsKnown }))[0];

describe("acknowledgement", () => {
  it.each([
    ["acknowledged on the fifth working day", { acknowledgedAt: new Date("2026-11-12T23:59:59Z") }, 1],
    ["acknowledged a day late", { acknowledgedAt: new Date("2026-11-13T00:00:00Z") }, 0],
    ["never acknowledged", {}, 0],
    ["remediated in time", { closedAt: new Date("2026-11-12T06:00:00Z"), closeCause: "fixed-by-owner" }, 1],
  ] as const)("an episode %s", (_, overrides, counted) => {
    const value = compute([opened(overrides)]);
    expect([value?.numerator?.toNumber(), value?.denominator?.toNumber()]).toEqual([counted, 1]);
  });

  it("does not count a deadline that is not over", () => {
    // Five working days after Friday 13 November is Friday 20, after Monday 16 it is Monday 23; today is the 21st.
    expect(compute([opened({ openedAt: new Date("2026-11-16T06:00:00Z") })])?.unavailable).toContain("No deadline");
    expect(compute([opened({ openedAt: new Date("2026-11-13T06:00:00Z") })])?.value?.toNumber()).toBe(0);
  });

  it("leaves out what ended in time without remediation", () => {
    const gone = opened({ closedAt: new Date("2026-11-06T06:00:00Z"), closeCause: "decommissioned" });
    expect(compute([gone, opened({})])?.denominator?.toNumber()).toBe(1);
  });

  it("is unavailable while nobody has acknowledged anything", () => {
    expect(compute([opened({})], false)?.unavailable).toBe("Nobody has acknowledged a finding here yet.");
  });
});
