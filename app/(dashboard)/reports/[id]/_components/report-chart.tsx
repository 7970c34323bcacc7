"use client";

import {
  colorBorderDividerDefault,
  colorChartsPaletteCategorical1,
  colorChartsPaletteCategorical2,
  colorChartsPaletteCategorical3,
  colorChartsPaletteCategorical4,
  colorTextBodySecondary,
  colorTextStatusError,
  colorTextStatusSuccess,
} from "@cloudscape-design/design-tokens";
import type { ReactNode } from "react";
import { type ChartSize, reportBars, reportLines, reportTimeline } from "@/lib/chart-models/report-charts";
import type { BarsBlock, LinesBlock, TimelineBlock } from "@/lib/domain/report-document";

const SERIES = [
  colorChartsPaletteCategorical1,
  colorChartsPaletteCategorical2,
  colorChartsPaletteCategorical3,
  colorChartsPaletteCategorical4,
];
const colorOf = (index: number) => SERIES[index % SERIES.length];

function Drawing({ size, label, children }: { size: ChartSize; label: string; children: ReactNode }) {
  return (
    <svg
      viewBox={`0 0 ${size.width} ${size.height}`}
      role="img"
      aria-label={label}
      width="100%"
      style={{ maxWidth: 900 }}
    >
      {children}
    </svg>
  );
}

function Label({
  x,
  y,
  anchor = "start",
  children,
}: {
  x: number;
  y: number;
  anchor?: "start" | "middle" | "end";
  children: string;
}) {
  return (
    <text x={x} y={y} textAnchor={anchor} fontSize={7.5} fill={colorTextBodySecondary}>
      {children}
    </text>
  );
}

function Grid({
  plot,
  ticks,
}: {
  plot: { left: number; right: number };
  ticks: readonly { at: number; label: string }[];
}) {
  return ticks.map(({ at, label }) => (
    <g key={label}>
      <line x1={plot.left} x2={plot.right} y1={at} y2={at} stroke={colorBorderDividerDefault} strokeWidth={0.6} />
      <Label x={plot.left - 4} y={at + 2.5} anchor="end">
        {label}
      </Label>
    </g>
  ));
}

/** The same lines as on paper. */
export function ReportLineChart({ block }: { block: LinesBlock }) {
  const { size, plot, xTicks, yTicks, mark, target, axisNote, lines } = reportLines(block);
  const said = lines.map(({ label, last }) => `${label}: ${last ?? "no value in this time"}`);
  return (
    <figure style={{ margin: 0 }}>
      <figcaption>
        {said.map((text, index) => (
          <span key={text} style={{ marginInlineEnd: 16 }}>
            <span
              aria-hidden
              style={{
                display: "inline-block",
                width: 12,
                height: 3,
                marginInlineEnd: 4,
                verticalAlign: "middle",
                background: colorOf(index),
              }}
            />
            {text}
          </span>
        ))}
        {axisNote}
      </figcaption>
      <Drawing size={size} label={`${block.title}. ${said.join("; ")}`}>
        <Grid plot={plot} ticks={yTicks} />
        {xTicks.map(({ at, label }) => (
          <Label key={label} x={at} y={size.height - 8}>
            {label}
          </Label>
        ))}
        <line
          x1={mark.at}
          x2={mark.at}
          y1={plot.top}
          y2={plot.bottom}
          stroke={colorTextBodySecondary}
          strokeDasharray="2 2"
          strokeWidth={0.8}
        />
        {target && (
          <>
            <line
              x1={plot.left}
              x2={plot.right}
              y1={target.at}
              y2={target.at}
              stroke={colorTextStatusSuccess}
              strokeDasharray="4 2"
              strokeWidth={0.9}
            />
            <Label x={plot.right} y={target.at + 9} anchor="end">
              {target.label}
            </Label>
          </>
        )}
        {lines.map(({ label, path, dots }, index) => (
          <g key={label}>
            <path d={path} fill="none" stroke={colorOf(index)} strokeWidth={1.5} />
            {dots.map(({ x, y }) => (
              <circle key={x} cx={x} cy={y} r={1.4} fill={colorOf(index)} />
            ))}
          </g>
        ))}
      </Drawing>
    </figure>
  );
}

/** The same bars as on paper. */
export function ReportBarChart({ block }: { block: BarsBlock }) {
  const { size, plot, yTicks, bars } = reportBars(block);
  return (
    <Drawing size={size} label={`${block.title}. ${bars.map(({ label, value }) => `${label}: ${value}`).join("; ")}`}>
      <Grid plot={plot} ticks={yTicks} />
      {bars.map(({ x, y, width, height, label, value, center, known }) => (
        <g key={label}>
          <rect x={x} y={y} width={width} height={height} fill={colorOf(0)} />
          <Label x={center} y={known ? y - 3 : plot.bottom - 3} anchor="middle">
            {value}
          </Label>
          <Label x={center} y={size.height - 8} anchor="middle">
            {label}
          </Label>
        </g>
      ))}
    </Drawing>
  );
}

/** The same ends of support as on paper. */
export function ReportTimelineChart({ block }: { block: TimelineBlock }) {
  const { size, plot, quarters, rows, today } = reportTimeline(block);
  if (rows.length === 0) return <div>{block.empty}</div>;
  return (
    <Drawing size={size} label={`${block.title}. ${rows.map(({ label, text }) => `${label}: ${text}`).join("; ")}`}>
      {quarters.map(({ x, width, label }) => (
        <g key={label}>
          <rect
            x={x}
            y={4}
            width={width}
            height={plot.bottom - 4}
            fill="none"
            stroke={colorBorderDividerDefault}
            strokeWidth={0.8}
          />
          <Label x={x + width / 2} y={15} anchor="middle">
            {label}
          </Label>
        </g>
      ))}
      <line x1={today} x2={today} y1={4} y2={plot.bottom} stroke={colorTextBodySecondary} strokeWidth={0.9} />
      {rows.map(({ y, x, label, text }) => (
        <g key={label}>
          <Label x={4} y={y + 2.5}>
            {label}
          </Label>
          <line x1={plot.left} x2={x} y1={y} y2={y} stroke={colorOf(1)} strokeWidth={1.5} />
          <circle cx={x} cy={y} r={3} fill={colorTextStatusError} />
          <Label x={x > size.width - 140 ? x - 6 : x + 6} y={y - 3} anchor={x > size.width - 140 ? "end" : "start"}>
            {text}
          </Label>
        </g>
      ))}
    </Drawing>
  );
}
