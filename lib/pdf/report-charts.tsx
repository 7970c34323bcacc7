import { Circle, G, Line, Path, Rect, Svg, Text, View } from "@react-pdf/renderer";
import { type ChartSize, reportBars, reportLines, reportTimeline } from "@/lib/chart-models/report-charts";
import type { BarsBlock, LinesBlock, TimelineBlock } from "@/lib/domain/report-document";
import { FONT, printable } from "@/lib/pdf/fonts";
import { COLOR, styles } from "@/lib/pdf/theme";

const SMALL = { fontFamily: FONT, fontSize: 6.5, fill: COLOR.muted };

/** Text inside a drawing. */
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
    <Text x={x} y={y} textAnchor={anchor} style={SMALL}>
      {printable(children)}
    </Text>
  );
}

function Drawing({ size, children }: { size: ChartSize; children: React.ReactNode }) {
  return (
    <Svg viewBox={`0 0 ${size.width} ${size.height}`} style={{ width: "100%", height: size.height * 0.97 }}>
      {children}
    </Svg>
  );
}

/** Values over days. */
export function LineChart({ block }: { block: LinesBlock }) {
  const { size, plot, xTicks, yTicks, mark, target, axisNote, lines } = reportLines(block);
  return (
    <View wrap={false}>
      <Text style={styles.h2}>{printable(block.title)}</Text>
      <View style={{ flexDirection: "row", marginBottom: 2 }}>
        {lines.map(({ label, last }, index) => (
          <View key={label} style={{ flexDirection: "row", marginRight: 14, alignItems: "center" }}>
            <View
              style={{
                width: 10,
                height: 2.5,
                backgroundColor: COLOR.series[index % COLOR.series.length],
                marginRight: 4,
              }}
            />
            <Text style={{ fontSize: 7.5 }}>{printable(`${label}: ${last ?? "no value in this time"}`)}</Text>
          </View>
        ))}
        {axisNote !== null && <Text style={{ fontSize: 7, color: COLOR.muted }}>{printable(axisNote)}</Text>}
      </View>
      <Drawing size={size}>
        {yTicks.map(({ at, label }) => (
          <G key={label}>
            <Line x1={plot.left} x2={plot.right} y1={at} y2={at} stroke={COLOR.faint} strokeWidth={0.5} />
            <Label x={plot.left - 4} y={at + 2} anchor="end">
              {label}
            </Label>
          </G>
        ))}
        {xTicks.map(({ at, label }) => (
          <Label key={label} x={at} y={size.height - 8}>
            {label}
          </Label>
        ))}
        <Line
          x1={mark.at}
          x2={mark.at}
          y1={plot.top}
          y2={plot.bottom}
          stroke={COLOR.muted}
          strokeWidth={0.7}
          strokeDasharray="2 2"
        />
        {target && (
          <G>
            <Line
              x1={plot.left}
              x2={plot.right}
              y1={target.at}
              y2={target.at}
              stroke={COLOR.good}
              strokeWidth={0.8}
              strokeDasharray="4 2"
            />
            <Label x={plot.right} y={target.at + 8} anchor="end">
              {target.label}
            </Label>
          </G>
        )}
        {lines.map(({ label, path, dots }, index) => (
          <G key={label}>
            {path !== "" && (
              <Path d={path} stroke={COLOR.series[index % COLOR.series.length]} strokeWidth={1.4} fill="none" />
            )}
            {dots.map(({ x, y }) => (
              <Circle
                key={`${x}`}
                cx={x}
                cy={y}
                r={1.3}
                fill={COLOR.series[index % COLOR.series.length] ?? COLOR.accent}
              />
            ))}
          </G>
        ))}
      </Drawing>
      {block.note !== null && <Text style={styles.note}>{printable(block.note)}</Text>}
    </View>
  );
}

/** Amounts by month. */
export function BarChart({ block }: { block: BarsBlock }) {
  const { size, plot, yTicks, bars } = reportBars(block);
  return (
    <View wrap={false}>
      <Text style={styles.h2}>{printable(block.title)}</Text>
      <Drawing size={size}>
        {yTicks.map(({ at, label }) => (
          <G key={label}>
            <Line x1={plot.left} x2={plot.right} y1={at} y2={at} stroke={COLOR.faint} strokeWidth={0.5} />
            <Label x={plot.left - 4} y={at + 2} anchor="end">
              {label}
            </Label>
          </G>
        ))}
        {bars.map(({ x, y, width, height, label, value, center, known }) => (
          <G key={label}>
            <Rect x={x} y={y} width={width} height={height} fill={COLOR.accent} />
            <Label x={center} y={known ? y - 3 : plot.bottom - 3} anchor="middle">
              {value}
            </Label>
            <Label x={center} y={size.height - 8} anchor="middle">
              {label}
            </Label>
          </G>
        ))}
      </Drawing>
      {block.note !== null && <Text style={styles.note}>{printable(block.note)}</Text>}
    </View>
  );
}

/** Ends of support ahead. */
export function Timeline({ block }: { block: TimelineBlock }) {
  const { size, plot, quarters, rows, today } = reportTimeline(block);
  return (
    <View wrap={false}>
      <Text style={styles.h2}>{printable(block.title)}</Text>
      <Drawing size={size}>
        {quarters.map(({ x, width, label }, index) => (
          <G key={label}>
            <Rect
              x={x}
              y={4}
              width={width}
              height={plot.bottom - 4}
              fill={index % 2 === 0 ? COLOR.wash : "#ffffff"}
              stroke={COLOR.faint}
              strokeWidth={0.5}
            />
            <Label x={x + width / 2} y={15} anchor="middle">
              {label}
            </Label>
          </G>
        ))}
        <Line x1={today} x2={today} y1={4} y2={plot.bottom} stroke={COLOR.muted} strokeWidth={0.8} />
        {rows.map(({ y, x, label, text }) => (
          <G key={label}>
            <Label x={4} y={y + 2}>
              {label}
            </Label>
            <Line x1={plot.left} x2={x} y1={y} y2={y} stroke={COLOR.series[1]} strokeWidth={1.4} />
            <Circle cx={x} cy={y} r={3} fill={COLOR.bad} />
            {/* Left of the mark where there is no room on its right. */}
            <Label x={x > size.width - 140 ? x - 6 : x + 6} y={y - 3} anchor={x > size.width - 140 ? "end" : "start"}>
              {text}
            </Label>
          </G>
        ))}
        {rows.length === 0 && (
          <Label x={plot.left + 6} y={plot.top + 12}>
            {block.empty}
          </Label>
        )}
      </Drawing>
      {block.note !== null && <Text style={styles.note}>{printable(block.note)}</Text>}
    </View>
  );
}
