import { describe, expect, it } from "vitest";
import type { KpiEpisode } from "@/lib/kpis/define-kpi";
import { nonCompliantBrokers } from "@/lib/kpis/non-compliant-brokers";
import { buildFleet, buildKpiEpisode } from "@/lib/testing/build-fleet";

const RULE = "broker-not-public";
const stretch = (brokerId: number, openedAt: string, closedAt: string | null, more: Partial<KpiEpisode> = {}) =>
  buildKpiEpisode({
    ruleId: RULE,
    brokerId,
    openedAt: new Date(openedAt),
    closedAt: closedAt === null ? null : new Date(closedAt),
    closeCause: closedAt === null ? null : "fixed-by-owner",
    ...more,
  });
const flow = (...episodes: KpiEpisode[]) => {
  const value = nonCompliantBrokers.compute(buildFleet([{}], { episodes })).find(({ series }) => series === RULE);
  return Object.fromEntries(value?.parts.map(({ label, value: text }) => [label, Number(text)]) ?? []);
};

describe("non-compliant-brokers", () => {
  it("rolls forward: opening + new - remediated - gone - other = closing", () => {
    const episodes = [
      stretch(1, "2026-01-01T00:00:00Z", null),
      stretch(2, "2026-01-01T00:00:00Z", "2026-10-01T00:00:00Z"),
      stretch(3, "2026-01-01T00:00:00Z", "2026-10-01T00:00:00Z", { closeCause: "decommissioned" }),
      stretch(4, "2026-10-01T00:00:00Z", "2026-10-05T00:00:00Z", { closeCause: "not-remediation" }),
      stretch(5, "2026-10-01T00:00:00Z", null),
      stretch(6, "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"),
    ];
    expect(flow(...episodes)).toEqual({ Opening: 3, New: 2, Remediated: 1, Gone: 1, "Ended otherwise": 1, Closing: 2 });
  });

  it("counts a broker with several findings of a rule once, until the last of them ends", () => {
    const two = (first: string | null, second: string | null) =>
      flow(
        stretch(1, "2026-01-01T00:00:00Z", first, { discriminator: "CVE-1" }),
        stretch(1, "2026-10-01T00:00:00Z", second, {
          discriminator: "CVE-2",
          closeCause: second === null ? null : "decommissioned",
        }),
      );
    expect(two(null, null)).toMatchObject({ Opening: 1, New: 0, Closing: 1 });
    expect(two("2026-10-10T00:00:00Z", "2026-10-20T00:00:00Z")).toMatchObject({
      Opening: 1,
      New: 0,
      Gone: 1,
      Remediated: 0,
      Closing: 0,
    });
  });

  it("counts a broker that recurs as remediated and as new", () => {
    const again = flow(
      stretch(1, "2026-01-01T00:00:00Z", "2026-09-10T00:00:00Z"),
      stretch(1, "2026-10-10T00:00:00Z", null),
    );
    expect(again).toEqual({ Opening: 1, New: 1, Remediated: 1, Gone: 0, "Ended otherwise": 0, Closing: 1 });
  });

  it("leads with high availability, which is zero where nothing violates it", () => {
    const [first] = nonCompliantBrokers.compute(buildFleet([{}]));
    expect([first?.series, first?.value?.toNumber()]).toEqual(["production-highly-available", 0]);
  });
});
