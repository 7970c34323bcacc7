import { compareVersionTexts, engineDisplayName } from "@/lib/domain/engine-version";

/** How many brokers run an engine line, and how that line stands (the overview's `lines`). */
export interface EngineLineCount {
  engine: string;
  line: string;
  brokers: number;
  status: string;
  endOfSupport: string | null;
  sentence: string;
}

export interface VersionBar extends EngineLineCount {
  /** `engine line`, unique. */
  key: string;
  /** As people write it: ActiveMQ 5.18. */
  label: string;
  /** Share of all brokers in percent, for the bar's length. */
  share: number;
}

export interface VersionDistribution {
  /** Engines by name, within one the newest line first, lines nobody can place last. */
  groups: { engine: string; label: string; brokers: number; bars: VersionBar[] }[];
  /** Brokers by status, every status of the order below, also those without brokers. */
  statuses: { status: SupportStatusKey; brokers: number }[];
  total: number;
}

/** Order of legends: what needs attention first. A status nobody knows yet counts as unknown. */
export const SUPPORT_STATUS_ORDER = ["past-end-of-support", "ending", "unknown", "supported"] as const;
export type SupportStatusKey = (typeof SUPPORT_STATUS_ORDER)[number];

/** Brokers per engine line with the line's support status, ready to be drawn as bars. */
export function versionDistribution(lines: readonly EngineLineCount[]): VersionDistribution {
  const total = lines.reduce((sum, { brokers }) => sum + brokers, 0);
  const engines = [...new Set(lines.map(({ engine }) => engine))].sort((a, b) =>
    engineDisplayName(a) < engineDisplayName(b) ? -1 : 1,
  );
  return {
    groups: engines.map((engine) => {
      const bars = lines
        .filter((line) => line.engine === engine)
        .sort((a, b) => byLine(a.line, b.line))
        .map((line) => barOf(line, total));
      return {
        engine,
        label: engineDisplayName(engine),
        brokers: bars.reduce((sum, { brokers }) => sum + brokers, 0),
        bars,
      };
    }),
    statuses: SUPPORT_STATUS_ORDER.map((status) => ({
      status,
      brokers: lines.filter((line) => statusKey(line.status) === status).reduce((sum, { brokers }) => sum + brokers, 0),
    })),
    total,
  };
}

/** The status a bar is drawn as. */
export function statusKey(status: string): SupportStatusKey {
  return SUPPORT_STATUS_ORDER.find((known) => known === status) ?? "unknown";
}

/** Newest first; texts that are no version stay last. */
function byLine(a: string, b: string): number {
  const [left, right] = [/^\d/.test(a), /^\d/.test(b)];
  return left && right ? -compareVersionTexts(a, b) : compareVersionTexts(a, b);
}

function barOf(line: EngineLineCount, total: number): VersionBar {
  return {
    ...line,
    key: `${line.engine} ${line.line}`,
    label: `${engineDisplayName(line.engine)} ${line.line}`,
    share: total === 0 ? 0 : (line.brokers / total) * 100,
  };
}
