import { formatBytes, formatDecimal } from "@/components/ui/figures";

/** A metric's value with its CloudWatch unit, short enough for an axis. */
export function formatMetric(value: number, unit: string): string {
  const name = unit.toLowerCase();
  if (name.startsWith("bytes")) return `${formatBytes(value)}${name.endsWith("/second") ? "/s" : ""}`;
  if (name === "percent") return `${decimal(value)} %`;
  if (name === "milliseconds") return `${decimal(value)} ms`;
  if (name === "seconds") return `${decimal(value)} s`;
  if (Math.abs(value) >= 1e6) return `${decimal(value / 1e6)} M`;
  if (Math.abs(value) >= 1e4) return `${decimal(value / 1e3)} k`;
  return `${decimal(value)}${name.endsWith("/second") ? "/s" : ""}`;
}

function decimal(value: number): string {
  return formatDecimal(value.toFixed(6), Math.abs(value) < 1 ? 3 : 1);
}
