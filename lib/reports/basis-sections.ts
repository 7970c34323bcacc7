import { diffDays } from "@/lib/domain/plain-date";
import { type Block, type Cell, figure, type QuarterlyReport, type Section } from "@/lib/domain/report-document";
import { sourceTitle } from "@/lib/domain/sync";
import { kpiScope } from "@/lib/kpis/kpi-scope";
import type { KpiLine } from "@/lib/reports/kpi-lines";
import type { ReportFacts } from "@/lib/reports/report-facts";
import { column, dayOf, table, topOf } from "@/lib/reports/tables";

/** What moved figures without anybody fixing anything. */
export function changesSection(facts: ReportFacts): Section {
  return {
    id: "changes",
    title: "Reclassifications and changes of scope",
    group: "report",
    blocks: [
      topOf(
        {
          id: "reclassified",
          title: "Brokers whose environment or owner changed",
          columns: [
            column("day", "Observed", "date", 1.1),
            column("broker", "Broker", "text", 2.4),
            column("what", "What", "text", 1.1),
            column("from", "From", "text", 2),
            column("to", "To", "text", 2),
          ],
          list: "reclassified",
          empty: "None changed.",
        },
        facts.reclassified,
        ({ at, brokerName, what, from, to }) => [dayOf(at), brokerName, what, from, to],
      ),
      table({
        id: "scope-changes",
        title: "Accounts and regions taken in or out",
        columns: [
          column("day", "Day", "date", 1.1),
          column("what", "What", "text", 2.4),
          column("account", "Account", "text", 2.4),
          column("by", "By", "text", 2),
        ],
        rows: facts.scopeChanges.map(({ at, action, accountId, actor }) => [
          dayOf(at),
          ACTIONS[action] ?? action,
          facts.accountLabel(accountId),
          actor,
        ]),
        empty: "The scope did not change.",
      }),
    ],
  };
}

const ACTIONS: Readonly<Record<string, string>> = {
  "account.connect": "Account connected",
  "account.remove": "Account taken out of scope",
  "account.change-scope": "Regions of an account changed",
};

/** Days of the quarter that are over at its end or by now, and those on which at least one sync read everything. */
export function syncCoverage({ quarter, lastDay, syncDays }: Pick<ReportFacts, "quarter" | "lastDay" | "syncDays">) {
  const days = Math.max(0, diffDays(quarter.start, lastDay) + 1);
  const complete = syncDays.filter((day) => day.complete).length;
  const read = syncDays.filter((day) => day.read).length;
  return { days, complete, partly: read - complete, none: Math.max(0, days - read) };
}

/** How far the data can be relied on. */
export function dataQualitySection(facts: ReportFacts, lines: readonly KpiLine[]): Section {
  const { days, complete, partly, none } = syncCoverage(facts);
  const scope = kpiScope(facts.fleet);
  const unclassified = scope.brokers.filter(
    ({ snapshot }) => snapshot.environment.environment === "unclassified",
  ).length;
  const undescribed = scope.brokers.filter(({ snapshot }) => snapshot.attributes.engineVersion === undefined).length;
  return {
    id: "data-quality",
    title: "Data quality",
    group: "report",
    blocks: [
      table({
        id: "data-quality",
        title: "How complete the data are",
        columns: [column("what", "Measure", "text", 4), column("value", "Figure", "figure")],
        rows: [
          ["Days of the quarter so far", figure("count", days)],
          ["Days with at least one sync that read everything", figure("count", complete, { n: days })],
          ["Days read in part only", figure("count", partly)],
          ["Days without any sync", figure("count", none)],
          [
            "Scopes (source, account, region) with readings that were not complete",
            figure("count", facts.failedScopes.length),
          ],
          ["Brokers in scope", figure("count", scope.brokers.length)],
          [
            "Of these last observed more than 3 days ago",
            figure("count", scope.brokers.filter(({ stale }) => stale).length),
          ],
          ["Of these never described", figure("count", undescribed)],
          ["Of these without an environment, counted as production", figure("count", unclassified)],
          [
            "Key figures that could not be computed",
            figure("count", lines.filter((line) => line.figure.value === null).length, { n: lines.length }),
          ],
          ["Days of cost not read", figure("count", facts.costs.missingDays)],
          ["Days of cost still estimated by AWS", figure("count", facts.costs.estimatedDays)],
        ],
        note: facts.advisoriesUntil.map(({ engine, day }) => `Advisories for ${engine} reach to ${day}.`).join(" "),
        empty: "Nothing is known.",
      }),
      topOf(
        {
          id: "failed-scopes",
          title: "Scopes that could not be read in full, most often first",
          columns: [
            column("source", "Source", "text", 2),
            column("account", "Account", "text", 2),
            column("region", "Region", "text", 1.3),
            column("times", "Times", "figure", 0.7),
            column("message", "What the last one said", "text", 3.4),
          ],
          list: "failed-scopes",
          empty: "Every scope was read in full every time.",
        },
        facts.failedScopes,
        ({ source, accountId, region, times, status, message }) => [
          sourceTitle(source),
          facts.accountLabel(accountId),
          region || null,
          figure("count", times),
          message ?? status,
        ],
      ),
    ],
  };
}

/** What every word and number means, and what it was made from. */
export function definitionSections(
  facts: ReportFacts,
  kpis: QuarterlyReport["kpis"],
  inputs: QuarterlyReport["inputs"],
): Section[] {
  return [
    {
      id: "definitions",
      title: "Definitions",
      group: "appendix",
      blocks: [
        ...WORDS.map((text): Block => ({ kind: "text", text })),
        table({
          id: "kpi-definitions",
          title: "Key figures",
          columns: [
            column("kpi", "KPI", "text", 1.6),
            column("version", "Version", "figure", 0.6),
            column("definition", "Definition", "text", 5),
          ],
          rows: kpis.map(({ title, version, definition }): Cell[] => [title, figure("count", version), definition]),
          empty: "No KPI is defined.",
        }),
      ],
    },
    {
      id: "basis",
      title: "What it was computed from",
      group: "appendix",
      blocks: [
        table({
          id: "calendar",
          title: "Support calendar in force",
          columns: [
            column("engine", "Engine", "text", 1.2),
            column("line", "Line", "text", 0.8),
            column("end", "End of support", "text", 1.8),
            column("checked", "Checked", "date", 1.1),
            column("by", "Set by", "text", 1.6),
          ],
          rows: facts.calendar.map(({ engine, line, endOfSupport, checkedOn, changedBy }) => [
            engine,
            line,
            endOfSupport ?? "No end date published",
            checkedOn,
            changedBy ?? "Shipped",
          ]),
          empty: "No line is in the calendar.",
        }),
        table({
          id: "rules",
          title: "Rules",
          columns: [column("rule", "Rule", "text", 4), column("version", "Version", "figure")],
          rows: facts.rules.map(({ id, version }): Cell[] => [id, figure("count", version)]),
          empty: "No rule is defined.",
        }),
        table({
          id: "inputs",
          title: "Inputs",
          columns: [
            column("input", "Input", "text", 1.6),
            column("rows", "Rows", "figure", 0.7),
            column("sha256", "SHA-256", "text", 4.4),
          ],
          rows: inputs.map(({ name, rows, sha256 }): Cell[] => [name, figure("count", rows), sha256]),
          note: "The report was computed once from these inputs and frozen. Every download of this version has the same figures.",
          empty: "There are no inputs.",
        }),
      ],
    },
  ];
}

const WORDS = [
  "Every instant is UTC. A quarter holds whole UTC days. A broker is in scope when it is not gone, in service and no replica of cross-region replication.",
  "Unknown is never counted as good: a broker of which the answer is not known stands in the denominator of a share, not in its numerator.",
  "A finding is closed by an observation alone. A pass without a changed observation of the broker is never counted as remediation.",
  "An acceptance needs a reason, somebody else's approval and an expiry. What is accepted is neither open work nor remediated.",
  "Spend on brokers that face a forced upgrade is the spend on affected brokers, not a loss estimate.",
];

/** Where the report is signed. */
export function signOffSection(): Section {
  return {
    id: "sign-off",
    title: "Sign-off",
    group: "appendix",
    blocks: [
      {
        kind: "sign-off",
        text: "The undersigned have read this report and take note of its figures and of what it says is not known.",
        roles: ["Platform owner", "FinOps", "Management"],
      },
    ],
  };
}
