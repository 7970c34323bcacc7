import { type Engine, engineDisplayName, engineLine } from "@/lib/domain/engine-version";
import { plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import type { IncidentCause } from "@/lib/domain/register";
import { findEngineLine, type SupportCalendar } from "@/lib/reference/support-calendar";

/** A change of a broker's state or engine version between two observations. */
export interface ObservedChange {
  brokerId: number;
  engine: Engine;
  attribute: "state" | "engineVersion";
  oldValue: string | null;
  newValue: string | null;
  observedAt: Date;
  /** The observation before: the change happened after it. Null when there was none. */
  previousObservedAt: Date | null;
}

/** Something that may have been an incident; a person confirms or dismisses it. */
export interface IncidentCandidate {
  /** Broker and instant of the observation: the same for ever. */
  id: string;
  brokerId: number;
  observedAt: Date;
  /** It began after this observation; null when there was none. */
  startedAfter: Date | null;
  /** The observation at which the broker was seen running again; null while it was not. */
  endedBy: Date | null;
  cause: IncidentCause;
  /** One plain sentence. */
  summary: string;
}

const TROUBLE: Readonly<Record<string, string>> = {
  REBOOT_IN_PROGRESS: "was seen rebooting",
  CRITICAL_ACTION_REQUIRED: "was seen in need of critical action",
};

/**
 * What changes suggest: a reboot, a state of trouble, and a version that changed after the end of support of its line, which AWS does by itself. Changes
 * of one broker at one observation are one candidate. Newest first.
 */
export function incidentCandidates(changes: readonly ObservedChange[], calendar: SupportCalendar): IncidentCandidate[] {
  const candidates = new Map<string, IncidentCandidate>();
  for (const change of changes) {
    const found = troubleOf(change) ?? forcedUpgradeOf(change, calendar);
    if (!found) continue;
    const id = `${change.brokerId}-${change.observedAt.getTime()}`;
    const there = candidates.get(id);
    candidates.set(id, {
      id,
      brokerId: change.brokerId,
      observedAt: change.observedAt,
      startedAfter: change.previousObservedAt,
      endedBy: runningAgain(changes, change),
      cause: there?.cause === "forced-upgrade" ? "forced-upgrade" : found.cause,
      summary: there ? `${there.summary} ${found.summary}` : found.summary,
    });
  }
  return [...candidates.values()].sort(
    (a, b) => b.observedAt.getTime() - a.observedAt.getTime() || a.brokerId - b.brokerId,
  );
}

function troubleOf({
  attribute,
  oldValue,
  newValue,
}: ObservedChange): Pick<IncidentCandidate, "cause" | "summary"> | null {
  const words = attribute === "state" && newValue !== null ? TROUBLE[newValue] : undefined;
  if (!words) return null;
  return {
    cause: newValue === "REBOOT_IN_PROGRESS" ? "maintenance" : "broker-failure",
    summary: `The broker ${words}${oldValue ? ` after ${oldValue}` : ""}.`,
  };
}

function forcedUpgradeOf(
  { attribute, engine, oldValue, newValue, observedAt }: ObservedChange,
  calendar: SupportCalendar,
): Pick<IncidentCandidate, "cause" | "summary"> | null {
  if (attribute !== "engineVersion" || oldValue === null || newValue === null) return null;
  const line = engineLine(oldValue);
  const end = line ? findEngineLine(calendar, engine, line)?.endOfSupport : null;
  if (!end || end > plainDateFromInstantUtc(observedAt)) return null;
  return {
    cause: "forced-upgrade",
    summary: `The version went from ${oldValue} to ${newValue} after the end of support of ${engineDisplayName(engine)} ${line} on ${end}.`,
  };
}

/** The first observation, this one or later, at which the broker ran again. */
function runningAgain(
  changes: readonly ObservedChange[],
  { brokerId, observedAt, attribute }: ObservedChange,
): Date | null {
  const later = changes
    .filter((other) => other.brokerId === brokerId && other.attribute === "state" && other.newValue === "RUNNING")
    .map((other) => other.observedAt)
    .filter((at) => at >= observedAt)
    .sort((a, b) => a.getTime() - b.getTime());
  // A version change seen without any change of state: the broker was running at both observations.
  return later[0] ?? (attribute === "engineVersion" ? observedAt : null);
}
