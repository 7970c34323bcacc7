import { TOKENS } from "@/components/ui/tokens";
import { type SparkPoint, sparkline } from "@/lib/chart-models/sparkline";

/** A small trend line. `label` says in words what it shows: the picture itself is hidden from assistive technology. */
export function Sparkline({
  points,
  label,
  width = 160,
  height = 36,
}: {
  points: readonly SparkPoint[];
  label: string;
  width?: number;
  height?: number;
}) {
  const model = sparkline(points, width, height);
  if (model.paths.length === 0) return null;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      style={{ maxWidth: "100%" }}
    >
      {model.paths.map((path) => (
        <path
          key={path}
          d={path}
          fill="none"
          stroke={TOKENS.colorChartsPaletteCategorical1}
          strokeWidth={2}
          strokeLinejoin="round"
          strokeLinecap="round"
        />
      ))}
      {model.last && (
        <circle cx={model.last.x} cy={model.last.y} r={2.5} fill={TOKENS.colorChartsPaletteCategorical1} />
      )}
    </svg>
  );
}
