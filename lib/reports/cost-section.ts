import { Decimal, decimalToText, parseDecimal } from "@/lib/domain/money";
import { type Block, type Cell, type Figure, figure, type Section, unknownFigure } from "@/lib/domain/report-document";
import type { KpiLine } from "@/lib/reports/kpi-lines";
import type { CostOfKey, ReportFacts } from "@/lib/reports/report-facts";
import { column, table, topOf } from "@/lib/reports/tables";

const SCOPE =
  "Amazon MQ service charges as billed: unblended, without tax, credits and refunds. Not included are related charges booked elsewhere (CloudWatch Logs, KMS, data transfer of other services).";

/** What the quarter cost in a currency, beside the quarter before. */
export interface QuarterCost {
  currency: string;
  billed: Figure;
  previous: Figure;
  /** Percent against the quarter before. */
  change: Figure;
}

/** Billed sums by currency. A quarter of which days were not read says so; its change is not told, because it would compare unlike things. */
export function quarterCosts({ costs, quarter, previous, running }: ReportFacts): QuarterCost[] {
  const basis = [
    ...(costs.missingDays > 0 ? [`${costs.missingDays} days not read`] : []),
    ...(costs.estimatedDays > 0 ? [`${costs.estimatedDays} days still estimated by AWS`] : []),
  ].join(", ");
  return costs.sums.map(({ currency, billed }): QuarterCost => {
    const before = costs.previous.find((sums) => sums.currency === currency);
    const previousFigure =
      before === undefined || costs.previousMissingDays > 0
        ? unknownFigure("money", `Not every day of ${previous.name} was read.`, currency)
        : figure("money", before.billed, { currency });
    return {
      currency,
      billed: figure("money", billed, { currency, basis: basis || null }),
      previous: previousFigure,
      change: changeOf(
        billed,
        previousFigure,
        running ? `${quarter.name} is not over.` : missing(costs.missingDays, quarter.name),
      ),
    };
  });
}

function missing(days: number, quarter: string): string | null {
  return days > 0 ? `Not every day of ${quarter} was read.` : null;
}

function changeOf(billed: string, previous: Figure, incomparable: string | null): Figure {
  if (incomparable !== null) return unknownFigure("percent", incomparable);
  if (previous.value === null) return unknownFigure("percent", previous.unknown ?? "The quarter before is not known.");
  const before = parseDecimal(previous.value);
  if (before.isZero()) return unknownFigure("percent", "Nothing was charged in the quarter before.");
  const change = parseDecimal(billed).minus(before).times(100).dividedBy(before).toDecimalPlaces(12);
  return figure("percent", decimalToText(change));
}

/** What Amazon MQ cost, by month, account and kind of allocation; waste and savings as far as they are known. */
export function costSection(facts: ReportFacts, lines: readonly KpiLine[]): Section {
  const quarterly = quarterCosts(facts);
  return {
    id: "cost",
    title: "Cost and savings",
    group: "report",
    blocks: [
      { kind: "text", text: SCOPE },
      table({
        id: "cost-quarter",
        title: "Billed in the quarter",
        columns: [
          column("currency", "Currency", "text", 0.8),
          column("billed", facts.quarter.name, "figure", 1.5),
          column("previous", facts.previous.name, "figure", 1.5),
          column("change", "Change", "figure"),
        ],
        rows: quarterly.map(({ currency, billed, previous, change }) => [currency, billed, previous, change]),
        note: coverage(facts),
        empty: "No costs were read for the quarter.",
      }),
      ...monthBars(facts),
      reconciliation(facts),
      ...(facts.scope.kind === "all" ? [ofKeys(facts, "account", facts.costs.byAccount)] : []),
      savings(lines),
    ],
  };
}

function coverage({ costs }: ReportFacts): string {
  const missing = costs.missingDays === 0 ? "Every day was read" : `${costs.missingDays} days were not read`;
  const estimated =
    costs.estimatedDays === 0 ? "none is estimated any more" : `${costs.estimatedDays} are still estimated by AWS`;
  return `${missing}; ${estimated}. Source: ${costs.sources.join(", ") || "none"}. Currencies are never added up.`;
}

function monthBars({ costs }: ReportFacts): Block[] {
  const currencies = [...new Set(costs.months.map(({ currency }) => currency))];
  return currencies.map((currency): Block => {
    const months = costs.months.filter((month) => month.currency === currency);
    return {
      kind: "bars",
      id: `cost-months-${currency}`,
      title: "Billed by month",
      unit: "money",
      currency,
      series: ["Billed"],
      bars: months.map(({ month, amount, estimated }) => ({ label: month.slice(0, 7), values: [amount], estimated })),
      note: months.some(({ estimated }) => estimated)
        ? "Months marked with an asterisk hold days that AWS still marks as estimated."
        : null,
    };
  });
}

function reconciliation({ costs }: ReportFacts): Block {
  return table({
    id: "cost-reconciliation",
    title: "How far the bill could be placed on brokers",
    columns: [column("what", "Part of the bill", "text", 3), column("amount", "Amount", "figure", 1.6)],
    rows: [
      ...costs.sums.flatMap(({ currency, billed, allocated, ambiguous, unallocated }): Cell[][] => [
        ["Placed on brokers", figure("money", allocated, { currency })],
        ["Placed, but the usage type does not prove engine or mode", figure("money", ambiguous, { currency })],
        ["Not placed", figure("money", unallocated, { currency })],
        ["Billed", figure("money", billed, { currency })],
      ]),
      ...costs.other.map(({ currency, recordType, amount }): Cell[] => [
        `Beside it, not allocated: ${recordType}`,
        figure("money", amount, { currency }),
      ]),
    ],
    empty: "No costs were read for the quarter.",
  });
}

/** The dearest keys of a dimension. */
function ofKeys(facts: ReportFacts, dimension: "account", keys: readonly CostOfKey[]): Block {
  return topOf(
    {
      id: `cost-by-${dimension}`,
      title: "Billed by account, highest first",
      columns: [column("key", "Account", "text", 3), column("amount", "Amount", "figure", 1.6)],
      list: "cost-by-account",
      empty: "No costs were read for the quarter.",
    },
    [...keys].sort((a, b) => new Decimal(b.total).comparedTo(new Decimal(a.total)) || (a.key < b.key ? -1 : 1)),
    ({ key, currency, total }) => [facts.accountLabel(key), figure("money", total, { currency })],
  );
}

function savings(lines: readonly KpiLine[]): Block {
  const ids = [
    "cost-run-rate",
    "cost-change",
    "forced-upgrade-exposure",
    "waste-found",
    "savings-realised",
    "ha-premium",
  ];
  return table({
    id: "cost-kpis",
    title: "Run rate, waste and savings",
    columns: [
      column("kpi", "KPI", "text", 2.6),
      column("value", "Quarter", "figure", 1.8),
      column("previous", "Quarter before", "figure", 1.8),
      column("unknown", "What is not known", "text", 2.6),
    ],
    rows: ids
      .flatMap((id) => lines.filter(({ kpi }) => kpi.id === id))
      .map((line): Cell[] => [line.label, line.figure, line.previous, line.figure.unknown ?? leftOut(line)]),
    note: "What is not known (a price, a cost, a judgement) is in no sum: compare two quarters only with how much of it there was in both.",
    empty: "No KPI of cost is defined.",
  });
}

/** How much is in neither quarter's figure; null where nothing is missing. */
function leftOut({ unknowns, unknownsBefore }: KpiLine): string | null {
  if (unknowns === 0 && unknownsBefore === 0) return null;
  return `Not in the figure: ${unknowns}; in the quarter before: ${unknownsBefore}.`;
}
