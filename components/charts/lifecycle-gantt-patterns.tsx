import { TOKENS } from "@/components/ui/tokens";
import type { GanttPhase } from "@/lib/chart-models/lifecycle-gantt";

/** How phases look: a colour and a pattern each, so that they can be told apart without colours. */
export const PHASE_LOOKS: Readonly<Record<GanttPhase, { label: string; stroke: string; dashed?: true }>> = {
  supported: { label: "Supported", stroke: TOKENS.colorChartsPaletteCategorical3 },
  notice: { label: "Notice: the last 90 days", stroke: TOKENS.colorChartsPaletteCategorical5 },
  "create-blocked": { label: "AWS refuses new brokers", stroke: TOKENS.colorChartsPaletteCategorical5 },
  "forced-upgrade-window": {
    label: "AWS may upgrade: the 45 days from the end of support",
    stroke: TOKENS.colorChartsPaletteCategorical2,
  },
  past: { label: "Past it, and still in use", stroke: TOKENS.colorTextStatusError },
  "not-knowable": {
    label: "No end date published; not knowable from here on",
    stroke: TOKENS.colorChartsStatusNeutral,
    dashed: true,
  },
  unknown: { label: "Support unknown", stroke: TOKENS.colorChartsStatusNeutral, dashed: true },
};

export function patternId(prefix: string, phase: GanttPhase): string {
  return `${prefix}-${phase}`;
}

/** The patterns of a timeline. `prefix` keeps those of two timelines on one page apart. */
export function GanttPatterns({ prefix }: { prefix: string }) {
  const color = (phase: GanttPhase) => PHASE_LOOKS[phase].stroke;
  const frame = { width: 8, height: 8, patternUnits: "userSpaceOnUse" } as const;
  return (
    <svg aria-hidden="true" width={0} height={0} style={{ position: "absolute" }}>
      <defs>
        <pattern id={patternId(prefix, "supported")} {...frame}>
          <rect width={8} height={8} fill={color("supported")} />
        </pattern>
        <pattern id={patternId(prefix, "notice")} {...frame} patternTransform="rotate(45)">
          <rect width={8} height={8} fill={color("notice")} fillOpacity={0.15} />
          <rect width={3} height={8} fill={color("notice")} />
        </pattern>
        <pattern id={patternId(prefix, "create-blocked")} {...frame} patternTransform="rotate(45)">
          <rect width={8} height={8} fill={color("create-blocked")} fillOpacity={0.15} />
          <rect width={3} height={8} fill={color("create-blocked")} />
          <rect width={8} height={3} fill={color("create-blocked")} />
        </pattern>
        <pattern id={patternId(prefix, "forced-upgrade-window")} {...frame}>
          <rect width={8} height={8} fill={color("forced-upgrade-window")} fillOpacity={0.2} />
          <rect width={4} height={8} fill={color("forced-upgrade-window")} />
        </pattern>
        <pattern id={patternId(prefix, "past")} {...frame}>
          <rect width={8} height={8} fill={color("past")} fillOpacity={0.12} />
          <circle cx={2} cy={2} r={1.4} fill={color("past")} />
          <circle cx={6} cy={6} r={1.4} fill={color("past")} />
        </pattern>
        <pattern id={patternId(prefix, "not-knowable")} {...frame}>
          <rect width={8} height={8} fill={color("not-knowable")} fillOpacity={0.08} />
        </pattern>
        <pattern id={patternId(prefix, "unknown")} {...frame} patternTransform="rotate(-45)">
          <rect width={8} height={8} fill={color("unknown")} fillOpacity={0.08} />
          <rect width={1} height={8} fill={color("unknown")} />
        </pattern>
      </defs>
    </svg>
  );
}

/** A piece of a bar, as in the rows. */
export function PhaseBar({
  prefix,
  phase,
  ...place
}: {
  prefix: string;
  phase: GanttPhase;
  x: number | string;
  y: number | string;
  width: number | string;
  height: number | string;
}) {
  const { stroke, dashed } = PHASE_LOOKS[phase];
  return (
    <rect
      {...place}
      fill={`url(#${patternId(prefix, phase)})`}
      stroke={stroke}
      strokeDasharray={dashed ? "4 3" : undefined}
    />
  );
}

/** AWS's end of support: a filled diamond. The open-source project's own end of life: an open triangle. */
export function EndMarker({
  kind,
  x,
  y,
}: {
  kind: "end-of-support" | "upstream-end";
  x: number | string;
  y: number | string;
}) {
  return (
    <svg aria-hidden="true" x={x} y={y} overflow="visible" width={1} height={1}>
      {kind === "end-of-support" ? (
        <path
          d="M0 -8 L6 0 L0 8 L-6 0 Z"
          fill={TOKENS.colorTextBodyDefault}
          stroke={TOKENS.colorBackgroundContainerContent}
        />
      ) : (
        <path
          d="M0 6 L5 -4 L-5 -4 Z"
          fill={TOKENS.colorBackgroundContainerContent}
          stroke={TOKENS.colorTextBodyDefault}
          strokeWidth={1.5}
        />
      )}
    </svg>
  );
}
