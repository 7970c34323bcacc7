import { type Cell, type Figure, isFigure, type QuarterlyReport, type Section } from "@/lib/domain/report-document";

/** A figure of a report with where it stands. */
export interface FlatFigure {
  section: string;
  /** The table or chart; '' for headline figures. */
  block: string;
  row: string;
  column: string;
  figure: Figure;
}

/** Every figure of a report, one after the other, charts and pages of owners included. What CSV and spreadsheet hold, and what tests compare. */
export function flatFigures(report: QuarterlyReport): FlatFigure[] {
  return report.sections.flatMap(figuresOfSection);
}

function figuresOfSection(section: Section): FlatFigure[] {
  return section.blocks.flatMap((block): FlatFigure[] => {
    const at = { section: section.title };
    switch (block.kind) {
      case "figures":
        return block.items.flatMap(({ label, figure, previous, target }) => [
          { ...at, block: "", row: label, column: "Value", figure },
          ...(previous ? [{ ...at, block: "", row: label, column: "Quarter before", figure: previous }] : []),
          ...(target ? [{ ...at, block: "", row: label, column: "Target", figure: target }] : []),
        ]);
      case "table":
        return block.rows.flatMap((cells) =>
          block.columns.flatMap((column, index) => {
            const cell = cells[index] ?? null;
            return isFigure(cell)
              ? [{ ...at, block: block.title, row: nameOf(cells), column: column.label, figure: cell }]
              : [];
          }),
        );
      case "lines":
        return block.series.flatMap(({ label, points }) =>
          points.map(({ day, value }) => ({
            ...at,
            block: block.title,
            row: day,
            column: label,
            figure: plain(block.unit, block.currency, value, "No value was told for this day."),
          })),
        );
      case "bars":
        return block.bars.flatMap(({ label, values, estimated }) =>
          values.map((value, index) => ({
            ...at,
            block: block.title,
            row: label,
            column: block.series[index] ?? "",
            figure: {
              ...plain(block.unit, block.currency, value, "No day of it was read."),
              basis: estimated ? "Partly estimated by AWS" : null,
            },
          })),
        );
      case "timeline":
        return block.marks.flatMap(({ label, on, brokers, spend }) =>
          [brokers, ...spend].map((figure) => ({
            ...at,
            block: block.title,
            row: `${label}, ${on}`,
            column: figure.unit === "count" ? "Brokers" : "Spend",
            figure,
          })),
        );
      default:
        return [];
    }
  });
}

/** A row's name: its texts before the first figure. */
function nameOf(cells: readonly Cell[]): string {
  const first = cells.findIndex(isFigure);
  return cells
    .slice(0, first)
    .filter((cell): cell is string => typeof cell === "string")
    .join(" | ");
}

function plain(unit: Figure["unit"], currency: string | null, value: string | null, unknown: string): Figure {
  return { value, unit, currency, unknown: value === null ? unknown : null, n: null, basis: null };
}
