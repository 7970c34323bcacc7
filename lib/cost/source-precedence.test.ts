import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COST_SOURCES, countingReport, type DayReport } from "@/lib/cost/source-precedence";

const MEMBER = "222222222222";
const PAYER = "111111111111";

function report(override: Partial<DayReport> = {}): DayReport {
  return {
    source: "cost-explorer",
    reportedBy: PAYER,
    estimated: false,
    observedOn: "2026-11-20",
    totals: { USD: 100n },
    ...override,
  };
}

const counting = (...reports: DayReport[]) => countingReport(MEMBER, reports);

describe("countingReport", () => {
  it("has no answer without reports", () => {
    expect(counting()).toBeNull();
  });

  it.each([
    [["cost-explorer", "cost-explorer-resources"], "cost-explorer-resources"],
    [["cost-explorer", "focus", "cost-explorer-resources"], "focus"],
    [["focus", "cur"], "cur"],
    [["cost-explorer", "something-new"], "cost-explorer"],
  ])("takes the best of %j: %s", (sources, expected) => {
    expect(counting(...sources.map((source) => report({ source })))?.source).toBe(expected);
  });

  it("takes the payer's report before the member's own, so that the spend counts once", () => {
    const own = report({ reportedBy: MEMBER });
    expect(counting(own, report())).toEqual({ source: "cost-explorer", reportedBy: PAYER, estimated: false });
    expect(counting(own)?.reportedBy).toBe(MEMBER);
  });

  it("takes the member's own final report where the payer's is not read any more", () => {
    const stale = report({ estimated: true });
    expect(counting(stale, report({ reportedBy: MEMBER }))?.reportedBy).toBe(MEMBER);
    expect(counting(stale, report({ reportedBy: MEMBER, estimated: true }))?.reportedBy).toBe(PAYER);
  });

  it("keeps the per-resource report after its window when a final total confirms it", () => {
    const resources = report({ source: "cost-explorer-resources", estimated: true, observedOn: "2026-10-15" });
    expect(counting(resources, report({ totals: { USD: 100n } }))).toEqual({
      source: "cost-explorer-resources",
      reportedBy: PAYER,
      estimated: false,
    });
  });

  it("lets the lesser source win once it tells a restated total", () => {
    const resources = report({ source: "cost-explorer-resources", estimated: true, observedOn: "2026-10-15" });
    expect(counting(resources, report({ totals: { USD: 101n } }))?.source).toBe("cost-explorer");
    expect(counting(resources, report({ totals: { USD: 101n }, estimated: true }))?.source).toBe("cost-explorer");
  });

  it("keeps the better source while both are read on the same day and still estimated", () => {
    const resources = report({ source: "cost-explorer-resources", estimated: true });
    expect(counting(resources, report({ totals: { USD: 101n }, estimated: true }))).toEqual({
      source: "cost-explorer-resources",
      reportedBy: PAYER,
      estimated: true,
    });
  });

  it("does not take a difference in the seventh digit for a restatement", () => {
    const resources = report({
      source: "cost-explorer-resources",
      estimated: true,
      observedOn: "2026-10-15",
      totals: { USD: 10_000_000n },
    });
    expect(counting(resources, report({ totals: { USD: 10_000_001n } }))?.source).toBe("cost-explorer-resources");
    expect(counting(resources, report({ totals: { USD: 10_000_011n } }))?.source).toBe("cost-explorer");
  });

  it("answers one of the reports, whatever order they come in", () => {
    const reports = fc.array(
      fc.record({
        source: fc.constantFrom(...COST_SOURCES),
        reportedBy: fc.constantFrom(PAYER, MEMBER, "333333333333"),
        estimated: fc.boolean(),
        observedOn: fc.constantFrom("2026-11-19", "2026-11-20"),
        totals: fc.dictionary(fc.constantFrom("USD", "CNY"), fc.bigInt({ min: 0n, max: 2n })),
      }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(
        reports.filter((list) => new Set(list.map((r) => `${r.source} ${r.reportedBy}`)).size === list.length),
        (list) => {
          const answer = counting(...list);
          expect(list.some((r) => r.source === answer?.source && r.reportedBy === answer.reportedBy)).toBe(true);
          expect(counting(...[...list].reverse())).toEqual(answer);
        },
      ),
    );
  });
});
