import { addDays } from "@/lib/domain/plain-date";
import { PRODUCT } from "@/lib/domain/product";
import type { QuarterlyReport } from "@/lib/domain/report-document";
import { buildReport } from "@/lib/reports/build-report";
import { completeLists } from "@/lib/reports/complete-lists";
import { buildKpiDay, buildReportFacts, buildReportFinding, day } from "@/lib/testing/build-report-facts";

/** A report with every kind of block: shares with a history, costs by month, findings of two owners (one with a name in many scripts), an acceptance. */
export function buildExampleReport(overrides: Partial<QuarterlyReport> = {}): QuarterlyReport {
  const money = (amount: string) => [
    { currency: "USD", billed: amount, allocated: amount, ambiguous: "0", unallocated: "0" },
  ];
  const facts = buildReportFacts(
    [
      { attributes: { tags: { owner: "payments", environment: "production" } } },
      {
        attributes: {
          engine: "RABBITMQ",
          engineVersion: "3.11.20",
          tags: { owner: "payments", environment: "production" },
        },
      },
      { attributes: { engineVersion: "5.17.6", tags: { owner: "tokyo", environment: "production" } } },
    ],
    {
      open: ["The register of incidents and drills is not attested for 2026-Q3."],
      kpiDays: [
        buildKpiDay("supported-versions"),
        buildKpiDay("ha-coverage", { value: "60" }),
        buildKpiDay("cost-run-rate", { series: "USD", value: "1200.5" }),
      ],
      kpiDaysBefore: [
        buildKpiDay("supported-versions", { value: "91" }),
        buildKpiDay("cost-run-rate", { series: "USD", value: "1100" }),
      ],
      kpiPoints: Array.from({ length: 183 }, (_, index) => ({
        kpiId: "supported-versions",
        series: "",
        day: addDays(day("2026-04-01"), index),
        value: index > 60 && index < 80 ? null : String(85 + Math.floor(index / 20)),
      })),
      findings: Array.from({ length: 40 }, (_, index) =>
        buildReportFinding({
          findingId: index,
          severity: (["critical", "high", "medium", "low"] as const)[index % 4],
          summary: `RabbitMQ 3.11.${index} lies in the affected range of CVE-2026-${1000 + index}; AWS does not say whether it backports the fix.`,
          subject: index % 3 === 0 ? "очередь-заказов" : `orders-${index}`,
          openAtEnd: index % 5 !== 0,
          closedAt: index % 5 === 0 ? new Date("2026-09-01T00:00:00Z") : null,
          closeCause: index % 5 === 0 ? "fixed-by-owner" : null,
          ownerKey: index % 2 === 0 ? "payments" : "tokyo",
        }),
      ),
      acceptances: [
        {
          episodeId: 1,
          summary: "The broker is publicly accessible.",
          severity: "high",
          kind: "accepted",
          at: new Date("2026-08-01T10:00:00Z"),
          approvedBy: "max@example.com",
          requestedBy: "ada@example.com",
          reason: "Moved in October.",
          expiresOn: day("2026-10-30"),
          subject: "orders-1",
          owner: "Payments",
          standing: true,
        },
      ],
      costs: {
        sums: money("3310.25"),
        previous: money("3100"),
        other: [],
        months: ["2026-04-01", "2026-05-01", "2026-06-01", "2026-07-01", "2026-08-01", "2026-09-01"].map(
          (month, index) => ({
            currency: "USD",
            month: day(month),
            amount: index === 1 ? null : String(1000 + index * 40),
            estimated: index === 5,
          }),
        ),
        byAccount: [{ key: "111122223333", currency: "USD", total: "3310.25" }],
        byOwner: [{ key: "payments", currency: "USD", total: "3000" }],
        estimatedDays: 3,
        missingDays: 0,
        previousMissingDays: 0,
        sources: ["cost-explorer"],
      },
      ownerLabel: (key) => (key === "tokyo" ? "東京" : key === "payments" ? "Payments" : key),
    },
  );
  const lists = completeLists(facts).map(({ rows, ...head }) => ({
    ...head,
    rows: rows.length,
    sha256: "0".repeat(64),
  }));
  return {
    schema: 1,
    product: PRODUCT,
    quarter: facts.quarter.name,
    start: facts.quarter.start,
    endExclusive: facts.quarter.endExclusive,
    previousQuarter: facts.previous.name,
    stage: "preliminary",
    number: 1,
    scope: facts.scope,
    asOf: facts.at.toISOString(),
    computedAt: "2026-10-01T06:30:00.000Z",
    computedBy: "ada@example.com",
    reason: null,
    open: facts.open,
    inputs: [],
    ...buildReport(facts, []),
    lists,
    ...overrides,
  };
}
