import { formatFigure } from "@/lib/domain/format-figure";
import {
  type Cell,
  type Figure,
  isFigure,
  type ListColumn,
  type QuarterlyReport,
  type ReportLists,
  type TableBlock,
} from "@/lib/domain/report-document";
import { flatFigures } from "@/lib/reports/flat-figures";
import type { Sheet, SheetCell, SheetFormat } from "@/lib/services/read/xlsx";

const FORMATS: Readonly<Record<Figure["unit"], SheetFormat>> = {
  count: "general",
  percent: "percent-points",
  points: "percent-points",
  days: "decimal",
  minutes: "integer",
  money: "money",
  "money-per-month": "money",
};

/** The sheets of a report: summary, the table of key figures, every figure with its basis, and the complete lists. */
export function reportSheets(report: QuarterlyReport, lists: ReportLists): Sheet[] {
  const kpis = report.sections
    .flatMap(({ blocks }) => blocks)
    .find((block): block is TableBlock => block.kind === "table" && block.id === "kpis");
  return [
    summarySheet(report),
    ...(kpis ? [kpiSheet(kpis)] : []),
    {
      name: "All figures",
      header: [
        "Section",
        "Table or chart",
        "Row",
        "Column",
        "Value",
        "Unit",
        "Currency",
        "n",
        "Not known because",
        "Basis",
      ],
      widths: [22, 34, 40, 22, 18, 16, 10, 10, 40, 34],
      rows: flatFigures(report).map(({ section, block, row, column, figure }) => [
        section,
        block,
        row,
        column,
        numberCell(figure),
        figure.unit,
        figure.currency,
        figure.n === null ? null : { number: figure.n, format: "general" },
        figure.unknown,
        figure.basis,
      ]),
    },
    ...report.lists.map(({ id, title, columns }) => listSheet(title, columns, lists[id] ?? [])),
  ];
}

function summarySheet(report: QuarterlyReport): Sheet {
  const facts: [string, string][] = [
    ["Quarter", report.quarter],
    ["Scope", report.scope.label],
    ["Version", `${report.number} (${report.stage})`],
    ["Figures as of", report.asOf],
    ["Computed", `${report.computedAt} by ${report.computedBy}`],
    ...(report.reason === null ? [] : [["Why this version", report.reason] as [string, string]]),
    ...report.open.map((reason): [string, string] => ["Not final because", reason]),
    ...report.summary.map((sentence): [string, string] => ["Summary", sentence]),
  ];
  return { name: "Summary", header: ["What", "Content"], widths: [22, 140], rows: facts };
}

function kpiSheet({ columns, rows }: TableBlock): Sheet {
  return {
    name: "Key figures",
    header: [...columns.map(({ label }) => label), "Unit", "Not known because"],
    widths: [...columns.map(({ kind }) => (kind === "figure" ? 18 : 38)), 18, 60],
    rows: rows.map((cells) => [
      ...columns.map((_, index) => cellOf(cells[index] ?? null)),
      figureOf(cells, 1)?.unit ?? null,
      figureOf(cells, 1)?.unknown ?? null,
    ]),
  };
}

function figureOf(cells: readonly Cell[], index: number): Figure | null {
  const cell = cells[index] ?? null;
  return isFigure(cell) ? cell : null;
}

function cellOf(cell: Cell): SheetCell {
  if (!isFigure(cell)) return cell;
  return cell.value === null ? formatFigure(cell) : numberCell(cell);
}

function numberCell(figure: Figure): SheetCell {
  return figure.value === null ? null : { number: figure.value, format: FORMATS[figure.unit] };
}

function listSheet(name: string, columns: readonly ListColumn[], rows: readonly (readonly (string | null)[])[]): Sheet {
  return {
    name,
    header: columns.map(({ label }) => label),
    widths: columns.map(({ kind }) => (kind === "text" ? 26 : 14)),
    rows: rows.map((cells) =>
      columns.map(({ kind }, index): SheetCell => {
        const text = cells[index] ?? null;
        if (text === null || kind === "text") return text;
        return kind === "date" ? { day: text } : { number: text, format: text.includes(".") ? "money" : "integer" };
      }),
    ),
  };
}
