import { TOKENS } from "@/components/ui/tokens";
import { type SparkPoint, sparkline } from "@/lib/chart-models/sparkline";

/** A small trend line. `label` says in words what it shows: the picture itself is hidden from assistive technology. */
export function Sparkline({
  points,
  label,
  width = 160,
  height = 36,
  wide = false,
}: {
  points: readonly SparkPoint[];
  label: string;
  width?: number;
  height?: number;
  /** Stretched to the place it stands in; `width` says only how finely it is drawn. */
  wide?: boolean;
}) {
  const model = sparkline(points, width, height);
  if (model.paths.length === 0) return null;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      width={wide ? "100%" : width}
      height={height}
      preserveAspectRatio={wide ? "none" : undefined}
      style={{ maxWidth: "100%", display: "block", overflow: "visible" }}
    >
      {model.paths.map((path) => (
        <path
          key={path}
          d={path}
          fill="none"
          stroke={TOKENS.colorChartsPaletteCategorical1}
          strokeWidth={2}
          vectorEffect="non-scaling-stroke"
          strokeLinejoin="round"
          strokeLinecap="round"
        />
      ))}
      {model.last && (
        // A line without length and with a round end: a dot that stays round when the picture is stretched.
        <path
          d={`M${model.last.x} ${model.last.y}h0`}
          stroke={TOKENS.colorChartsPaletteCategorical1}
          strokeWidth={5}
          strokeLinecap="round"
          vectorEffect="non-scaling-stroke"
        />
      )}
    </svg>
  );
}
