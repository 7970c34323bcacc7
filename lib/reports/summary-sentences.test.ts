import { describe, expect, it } from "vitest";
import { buildReport } from "@/lib/reports/build-report";
import { flatFigures } from "@/lib/reports/flat-figures";
import { kpiLines } from "@/lib/reports/kpi-lines";
import type { ReportFacts } from "@/lib/reports/report-facts";
import { summarySentences } from "@/lib/reports/summary-sentences";
import { buildKpiDay, buildReportFacts, buildReportFinding, day } from "@/lib/testing/build-report-facts";

const told = (facts: ReportFacts) =>
  summarySentences(facts, kpiLines(facts)).map((sentence) => sentence.replaceAll("\u00a0", " "));
const sentence = (facts: ReportFacts, part: string) => told(facts).find((one) => one.includes(part));

describe("summarySentences", () => {
  it("counts in the singular and in the plural", () => {
    expect(told(buildReportFacts([{}]))[0]).toBe(
      "On 30 September 2026 1 broker was in scope (1 ActiveMQ) in 1 account and 1 region.",
    );
    expect(told(buildReportFacts([{}, { region: "us-east-1" }, { attributes: { engine: "RABBITMQ" } }]))[0]).toBe(
      "On 30 September 2026 3 brokers were in scope (2 ActiveMQ, 1 RabbitMQ) in 1 account and 2 regions.",
    );
    expect(told(buildReportFacts([]))[0]).toBe("On 30 September 2026 no broker was in scope.");
  });

  it("compares a share with the quarter before and its target, and says what is not known", () => {
    const facts = buildReportFacts([{}], {
      kpiDays: [
        buildKpiDay("supported-versions", {
          unknowns: 1,
          value: "93.000000000000000000",
          denominator: "100.000000000000000000",
        }),
      ],
      kpiDaysBefore: [buildKpiDay("supported-versions", { value: "95.1" })],
    });
    expect(sentence(facts, "that AWS supports")).toBe(
      "93.0 % of the brokers run an engine version that AWS supports (93 of 100), 2.1 points less than in 2026-Q2; the target of 100.0 % is missed; " +
        "for 1 broker the answer is not known.",
    );
  });

  it("says nothing of a change where the definition changed or the quarter before is not known", () => {
    const kpiDays = [buildKpiDay("supported-versions")];
    const other = [buildKpiDay("supported-versions", { version: 99, value: "50" })];
    for (const facts of [
      buildReportFacts([{}], { kpiDays }),
      buildReportFacts([{}], { kpiDays, kpiDaysBefore: other }),
    ])
      expect(sentence(facts, "that AWS supports")).not.toContain("2026-Q2");
  });

  it("gives the reason where a share is not known, and never zero", () => {
    expect(sentence(buildReportFacts(), "that AWS supports")).toBe(
      "What share of the brokers run an engine version that AWS supports could not be computed: No daily snapshot of 2026-Q3 has it.",
    );
  });

  it("follows the findings: opened, remediated, open, critical and overdue", () => {
    const facts = buildReportFacts([{}], {
      findings: [
        buildReportFinding({ severity: "critical" }),
        buildReportFinding({ findingId: 2, dueOn: day("2026-12-01"), openedAt: new Date("2026-06-01T00:00:00Z") }),
        buildReportFinding({
          findingId: 3,
          openAtEnd: false,
          closedAt: new Date("2026-09-01T00:00:00Z"),
          closeCause: "fixed-by-owner",
        }),
      ],
    });
    expect(sentence(facts, "remediated;")).toBe(
      "2 findings were opened and 1 remediated; 2 findings were open at the end, 1 of them critical and 1 overdue.",
    );
  });

  it("counts neither an accepted finding nor one due on the day after as overdue", () => {
    const facts = buildReportFacts([{}], {
      findings: [
        buildReportFinding({ state: "accepted" }),
        buildReportFinding({ findingId: 2, dueOn: day("2026-10-01") }),
      ],
    });
    expect(sentence(facts, "overdue.")).toContain("and 0 overdue");
  });

  it("says nothing about incidents while the register is not attested", () => {
    const facts = buildReportFacts();
    expect(told(facts)).toContain("No incident was recorded, and no fail-over drill was run.");
    const open = { ...facts, fleet: { ...facts.fleet, register: undefined } };
    expect(told(open)).toContain(
      "Nothing is said about incidents. The register of incidents and drills is not attested for 2026-Q3.",
    );
  });

  it("compares costs of whole quarters alone", () => {
    const sums = (billed: string) => [{ currency: "USD", billed, allocated: billed, ambiguous: "0", unallocated: "0" }];
    const costs = { ...buildReportFacts().costs, sums: sums("110"), previous: sums("100") };
    expect(sentence(buildReportFacts([{}], { costs }), "charges")).toBe(
      "Amazon MQ service charges were $110.00; 10.0 % more than in 2026-Q2.",
    );
    expect(sentence(buildReportFacts([{}], { costs: { ...costs, previousMissingDays: 3 } }), "charges")).toBe(
      "Amazon MQ service charges were $110.00; how that compares with 2026-Q2 cannot be told: Not every day of 2026-Q2 was read.",
    );
    expect(sentence(buildReportFacts([{}], { costs: { ...costs, estimatedDays: 2 } }), "charges")).toContain(
      "(2 days still estimated by AWS)",
    );
    expect(told(buildReportFacts())).toContain(
      "What Amazon MQ cost could not be computed: no costs were read for the quarter.",
    );
  });

  it("names the next two quarters for ends of support", () => {
    expect(sentence(buildReportFacts(), "reaches it")).toBe(
      "No broker is past the end of support; none reaches it in 2026-Q4 and 2027-Q1.",
    );
  });
});

describe("buildReport", () => {
  it("gives every figure a value or a reason, and is the same for the same facts", () => {
    const facts = buildReportFacts([{}, { attributes: { engine: "RABBITMQ" } }], {
      kpiDays: [buildKpiDay("supported-versions"), buildKpiDay("cost-run-rate", { series: "USD", value: "1200.5" })],
      findings: [buildReportFinding()],
    });
    const content = buildReport(facts, []);
    const figures = flatFigures({ ...content, open: [] } as never);
    expect(figures.length).toBeGreaterThan(100);
    for (const { figure, ...at } of figures)
      expect((figure.value === null) === (figure.unknown !== null), JSON.stringify(at)).toBe(true);
    expect(buildReport(facts, [])).toEqual(content);
  });

  it("keeps roll-forwards whole: opening + new - remediated - gone - other = closing", () => {
    const facts = buildReportFacts([{}], {
      findings: [
        buildReportFinding(),
        buildReportFinding({
          findingId: 2,
          openedAt: new Date("2026-01-01T00:00:00Z"),
          openAtEnd: false,
          closedAt: new Date("2026-08-01T00:00:00Z"),
          closeCause: "decommissioned",
        }),
        buildReportFinding({
          findingId: 3,
          openAtEnd: false,
          closedAt: new Date("2026-08-01T00:00:00Z"),
          closeCause: "not-remediation",
        }),
      ],
    });
    const table = buildReport(facts, [])
      .sections.flatMap(({ blocks }) => blocks)
      .find((block) => block.kind === "table" && block.id === "findings-by-severity");
    if (table?.kind !== "table") throw new Error("no table");
    for (const row of table.rows) {
      const [opening = 0, opened = 0, remediated = 0, gone = 0, other = 0, closing = 0] = row
        .slice(1)
        .map((cell) => Number(typeof cell === "object" ? cell?.value : cell));
      expect(opening + opened - remediated - gone - other).toBe(closing);
    }
    expect(
      table.rows
        .at(-1)
        ?.slice(1, 7)
        .map((cell) => (typeof cell === "object" ? cell?.value : cell)),
    ).toEqual(["1", "2", "0", "1", "1", "1"]);
  });
});
