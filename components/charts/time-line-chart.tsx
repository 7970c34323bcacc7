"use client";

import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { SERIES_COLORS, TOKENS } from "@/components/ui/tokens";
import type { TimeLines } from "@/lib/chart-models/time-lines";
import { ChartFrame } from "./chart-frame";
import { ChartTooltip } from "./chart-tooltip";

interface TimeLineChartProps {
  title: string;
  summary: string;
  model: TimeLines;
  formatTime: (time: number) => string;
  formatTimeTick: (time: number) => string;
  formatValue: (value: number) => string;
  /** Values of the axis, where there is little room; default: as all others. */
  formatValueTick?: (value: number) => string;
  target?: { value: number; label: string } | null;
  notes?: readonly string[];
  height?: number;
}

const colorOf = (index: number) => SERIES_COLORS[index % SERIES_COLORS.length] ?? TOKENS.colorChartsStatusNeutral;
const axisText = { fill: TOKENS.colorTextBodySecondary, fontSize: 12 };
/** Points drawn at most; a table of more helps nobody. */
const TABLE_ROWS = 400;

/** Lines over time. A gap breaks the line. */
export function TimeLineChart({
  title,
  summary,
  model,
  formatTime,
  formatTimeTick,
  formatValue,
  formatValueTick = formatValue,
  target,
  notes = [],
  height = 220,
}: TimeLineChartProps) {
  const single = model.rows.length === 1;
  return (
    <ChartFrame
      title={title}
      summary={summary}
      legend={model.series.map(({ label }, index) => ({ label, color: colorOf(index) }))}
      notes={notes}
      table={{
        columns: ["Time", ...model.series.map(({ label }) => label)],
        rows: model.rows
          .slice(-TABLE_ROWS)
          .map((row) => [formatTime(row.time), ...model.series.map(({ key }) => textOf(row[key], formatValue))]),
      }}
    >
      <ResponsiveContainer width="100%" height={height}>
        <LineChart data={model.rows} margin={{ top: 8, right: 28, bottom: 0, left: 0 }} title={title} desc={summary}>
          <CartesianGrid stroke={TOKENS.colorChartsLineGrid} vertical={false} />
          <XAxis
            dataKey="time"
            type="number"
            scale="time"
            domain={["dataMin", "dataMax"]}
            tickFormatter={formatTimeTick}
            tick={axisText}
            stroke={TOKENS.colorChartsLineAxis}
            minTickGap={40}
          />
          <YAxis tickFormatter={formatValueTick} tick={axisText} stroke={TOKENS.colorChartsLineAxis} width={72} />
          {target && (
            <ReferenceLine
              y={target.value}
              stroke={TOKENS.colorChartsThresholdInfo}
              strokeDasharray="4 4"
              label={{
                value: target.label,
                fill: TOKENS.colorTextBodySecondary,
                fontSize: 12,
                position: "insideTopLeft",
              }}
            />
          )}
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: TOKENS.colorChartsLineAxis }}
            content={({ active, payload, label }) =>
              active && typeof label === "number" ? (
                <ChartTooltip
                  title={formatTime(label)}
                  lines={model.series.map(({ key, label: name }, index) => ({
                    label: name,
                    value: textOf(payload?.[0]?.payload?.[key], formatValue),
                    color: colorOf(index),
                  }))}
                />
              ) : null
            }
          />
          {model.series.map(({ key, label }, index) => (
            <Line
              key={key}
              name={label}
              dataKey={key}
              stroke={colorOf(index)}
              strokeWidth={2}
              dot={single}
              activeDot={{ r: 4 }}
              connectNulls={false}
              isAnimationActive={false}
              type="linear"
            />
          ))}
        </LineChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}

function textOf(value: unknown, format: (value: number) => string): string {
  return typeof value === "number" ? format(value) : "–";
}
