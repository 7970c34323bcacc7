import { describe, expect, it } from "vitest";
import { parsePlainDate } from "@/lib/domain/plain-date";
import { acknowledgement } from "@/lib/kpis/acknowledgement";
import { mttrBySeverity } from "@/lib/kpis/mttr-by-severity";
import { nonCompliantBrokers } from "@/lib/kpis/non-compliant-brokers";
import { slaCompliance } from "@/lib/kpis/sla-compliance";
import { buildFleet } from "@/lib/testing/build-fleet";

const said = (kpi: typeof acknowledgement, period?: "2026-Q3") => {
  const fleet = { ...buildFleet([{}]), everSynced: true, acknowledgementsKnown: true };
  const quarter = { start: parsePlainDate("2026-07-01"), endExclusive: parsePlainDate("2026-10-01") };
  return kpi.compute(period ? { ...fleet, period: quarter } : fleet)[0]?.caveats[0];
};

describe("figures about a period say which days it is", () => {
  // Today is 2026-11-21 in buildFleet.
  it.each([
    [mttrBySeverity, "2026-11-21"],
    [nonCompliantBrokers, "2026-11-21"],
    // A deadline of today is not over.
    [slaCompliance, "2026-11-20"],
    [acknowledgement, "2026-11-20"],
  ])("$id: 90 days, or the quarter that is handed in", (kpi, last) => {
    expect(said(kpi)).toBe(`The period is 2026-08-24 to ${last}, both days included.`);
    expect(said(kpi, "2026-Q3")).toBe("The period is 2026-07-01 to 2026-09-30, both days included.");
  });
});
