import { describe, expect, it } from "vitest";
import type { KpiEpisode } from "@/lib/kpis/define-kpi";
import { mttrCriticalCve } from "@/lib/kpis/mttr-critical-cve";
import { findAdvisory } from "@/lib/reference/advisories";
import { buildFleet, buildKpiEpisode } from "@/lib/testing/build-fleet";

const cve = (overrides: Partial<KpiEpisode> = {}) => buildKpiEpisode({ discriminator: "CVE-2023-46604", ...overrides });
const compute = (...episodes: KpiEpisode[]) => mttrCriticalCve.compute(buildFleet([{}], { episodes }))[0];

describe("mttr-critical-cve", () => {
  it("takes critical advisories alone", () => {
    const value = compute(cve(), cve({ severity: "high" }), buildKpiEpisode());
    expect([value?.value?.toNumber(), value?.denominator?.toNumber()]).toEqual([10, 1]);
  });

  it("shows how long the open ones have been public", () => {
    const value = compute(cve({ closedAt: null, closeCause: null, state: "open" }));
    expect(findAdvisory("CVE-2023-46604")?.publishedOn).toBe("2023-10-27");
    expect(value?.unavailable).toContain("No critical advisory");
    const parts = Object.fromEntries(value?.parts.map(({ label, value: text }) => [label, text]) ?? []);
    // From 2023-10-27 to 2026-11-21.
    expect(parts["Open: mean days since publication"]).toBe("1121");
  });
});
