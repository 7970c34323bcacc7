"use client";

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { SERIES_COLORS, TOKENS } from "@/components/ui/tokens";
import type { StackedBar, StackedBars } from "@/lib/chart-models/stacked-bars";
import { ChartFrame } from "./chart-frame";
import { ChartTooltip } from "./chart-tooltip";

interface StackedBarChartProps {
  title: string;
  summary: string;
  model: StackedBars;
  formatStart: (start: string) => string;
  formatAmount: (amount: string) => string;
  /** Short form for the axis. */
  formatTick: (amount: number) => string;
  notes?: readonly string[];
  height?: number;
}

const colorOf = (index: number) => SERIES_COLORS[index % SERIES_COLORS.length] ?? TOKENS.colorChartsStatusNeutral;
const axisText = { fill: TOKENS.colorTextBodySecondary, fontSize: 12 };

/** Stacked bars over days or months. Amounts that AWS still estimates are hatched; what is not known has no bar. */
export function StackedBarChart({
  title,
  summary,
  model,
  formatStart,
  formatAmount,
  formatTick,
  notes = [],
  height = 280,
}: StackedBarChartProps) {
  const legend = model.series.map(({ label }, index) => ({ label, color: colorOf(index) }));
  return (
    <ChartFrame
      title={title}
      summary={summary}
      legend={
        model.estimatedBars > 0
          ? [...legend, { label: "Estimated by AWS", color: TOKENS.colorTextBodySecondary, hatched: true }]
          : legend
      }
      notes={notes}
      table={{
        columns: ["Start", ...model.series.map(({ label }) => label), "Total", "Status"],
        rows: model.bars.map((bar) => [
          formatStart(bar.start),
          ...model.series.map(({ key }) => textOf(bar.texts[key], formatAmount)),
          textOf(bar.total, formatAmount),
          bar.total === null ? "not read" : bar.estimated ? "estimated" : "final",
        ]),
      }}
    >
      <ResponsiveContainer width="100%" height={height}>
        <BarChart data={model.bars} margin={{ top: 8, right: 28, bottom: 0, left: 0 }} title={title} desc={summary}>
          <defs>
            {model.series.map(({ key }, index) => (
              <pattern
                key={key}
                id={hatchId(index)}
                width={5}
                height={5}
                patternUnits="userSpaceOnUse"
                patternTransform="rotate(45)"
              >
                <rect width={5} height={5} fill={colorOf(index)} fillOpacity={0.25} />
                <rect width={2} height={5} fill={colorOf(index)} />
              </pattern>
            ))}
          </defs>
          <CartesianGrid stroke={TOKENS.colorChartsLineGrid} vertical={false} />
          <XAxis
            dataKey="start"
            tickFormatter={formatStart}
            tick={axisText}
            stroke={TOKENS.colorChartsLineAxis}
            minTickGap={32}
          />
          <YAxis tickFormatter={formatTick} tick={axisText} stroke={TOKENS.colorChartsLineAxis} width={64} />
          <Tooltip
            cursor={{ fill: TOKENS.colorChartsLineGrid, fillOpacity: 0.4 }}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const bar: StackedBar | undefined = active ? payload?.[0]?.payload : undefined;
              return bar ? (
                <ChartTooltip
                  title={formatStart(bar.start)}
                  lines={[
                    ...model.series.map(({ key, label }, index) => ({
                      label,
                      value: textOf(bar.texts[key], formatAmount),
                      color: colorOf(index),
                    })),
                    { label: "Total", value: textOf(bar.total, formatAmount) },
                  ]}
                  note={bar.estimated ? "Still estimated by AWS" : undefined}
                />
              ) : null;
            }}
          />
          {model.series.flatMap(({ key, label }, index) => [
            <Bar
              key={key}
              name={label}
              stackId="all"
              dataKey={(bar: StackedBar) => (bar.estimated ? null : (bar.values[key] ?? null))}
              fill={colorOf(index)}
              isAnimationActive={false}
            />,
            <Bar
              key={`${key} estimated`}
              name={`${label}, estimated`}
              stackId="all"
              dataKey={(bar: StackedBar) => (bar.estimated ? (bar.values[key] ?? null) : null)}
              fill={`url(#${hatchId(index)})`}
              isAnimationActive={false}
            />,
          ])}
        </BarChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}

function hatchId(index: number): string {
  return `mqs-hatch-${index}`;
}

function textOf(amount: string | null | undefined, format: (amount: string) => string): string {
  return amount === null || amount === undefined ? "–" : format(amount);
}
