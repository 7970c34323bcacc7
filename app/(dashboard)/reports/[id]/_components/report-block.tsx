"use client";

import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Table from "@cloudscape-design/components/table";
import type { ReactNode } from "react";
import { formatFigure } from "@/lib/domain/format-figure";
import {
  type Block,
  type Cell,
  type Figure,
  type FiguresBlock,
  isFigure,
  type TableBlock,
} from "@/lib/domain/report-document";
import { ReportBarChart, ReportLineChart, ReportTimelineChart } from "./report-chart";

/** One part of a section: the same texts and figures as on paper. */
export function ReportBlock({ block }: { block: Block }) {
  switch (block.kind) {
    case "text":
      return <div>{block.text}</div>;
    case "figures":
      return <Headlines block={block} />;
    case "table":
      return <ReportTable block={block} />;
    case "lines":
      return <Titled title={block.title} note={block.note} content={<ReportLineChart block={block} />} />;
    case "bars":
      return <Titled title={block.title} note={block.note} content={<ReportBarChart block={block} />} />;
    case "timeline":
      return <Titled title={block.title} note={block.note} content={<ReportTimelineChart block={block} />} />;
    case "sign-off":
      return (
        <div>
          {block.text} {`To be signed on paper by: ${block.roles.join(", ")}.`}
        </div>
      );
  }
}

function Titled({ title, note, content }: { title: string; note: string | null; content: ReactNode }) {
  return (
    <div>
      <Header variant="h3">{title}</Header>
      {content}
      {note && (
        <Box color="text-body-secondary" fontSize="body-s">
          {note}
        </Box>
      )}
    </div>
  );
}

function Headlines({ block }: { block: FiguresBlock }) {
  return (
    <KeyValuePairs
      columns={3}
      items={block.items.map(({ label, figure, previous, target }) => ({
        label,
        value: (
          <>
            <Box
              fontSize="heading-xl"
              fontWeight="bold"
              color={figure.value === null ? "text-body-secondary" : "inherit"}
            >
              {formatFigure(figure)}
            </Box>
            <Box color="text-body-secondary" fontSize="body-s">
              {figure.unknown ??
                [
                  ...(previous ? [`Quarter before: ${formatFigure(previous)}`] : []),
                  ...(target ? [`Target: ${formatFigure(target)}`] : []),
                ].join(" · ")}
            </Box>
          </>
        ),
      }))}
    />
  );
}

interface Row {
  key: string;
  cells: readonly Cell[];
}

function ReportTable({ block }: { block: TableBlock }) {
  const rows = block.rows.map((cells, index): Row => ({ key: String(index), cells }));
  const shown = rows.length;
  return (
    <Table
      variant="embedded"
      contentDensity="compact"
      wrapLines
      items={rows}
      trackBy="key"
      ariaLabels={{ tableLabel: block.title }}
      header={<Header variant="h3">{block.title}</Header>}
      columnDefinitions={block.columns.map(({ key, label }, index) => ({
        id: key,
        header: label,
        isRowHeader: index === 0,
        minWidth: 70,
        cell: ({ cells }: Row) => <ReportCell cell={cells[index] ?? null} />,
      }))}
      empty={block.empty}
      footer={
        block.note || block.total > shown ? (
          <Box color="text-body-secondary" fontSize="body-s">
            {block.total > shown &&
              `The first ${shown} of ${block.total.toLocaleString("en-US")}; the complete list stands in the spreadsheet of this report. `}
            {block.note}
          </Box>
        ) : undefined
      }
    />
  );
}

function ReportCell({ cell }: { cell: Cell }) {
  if (cell === null) return "–";
  if (!isFigure(cell)) return <span className="mqs-break">{cell}</span>;
  return <FigureText figure={cell} />;
}

function FigureText({ figure }: { figure: Figure }) {
  const more = [figure.unknown, figure.basis].flatMap((text) => text ?? []).join(" ");
  return (
    <Box color={figure.value === null ? "text-body-secondary" : "inherit"} display="inline">
      <span title={more || undefined}>{formatFigure(figure)}</span>
    </Box>
  );
}
