import type { BrokerSnapshot } from "@/lib/domain/broker";
import { type Engine, engineLine, isPatchManagedByAws } from "@/lib/domain/engine-version";
import { addDays, type PlainDate, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { FORCED_UPGRADE_DAYS, supportStatus } from "@/lib/lifecycle/support-status";
import { findEngineLine, linesOfEngine, type SupportCalendar } from "@/lib/reference/support-calendar";
import type { Rule } from "@/lib/rules/define-rule";

/** One entry of the change history: an attribute differed between two observations. Values as stored, so of unknown shape. */
export interface AttributeChange {
  attribute: string;
  oldValue: unknown;
  newValue: unknown;
  observedAt: Date;
  previousObservedAt: Date | null;
}

/**
 * Who made the change that let a rule pass. AWS changes nothing but engine versions by itself: patches, where it manages them or automatic minor
 * upgrades are on, and the forced upgrade to the next line within 45 days after the end of support. A version that stood in the broker's pending
 * changes was ordered by somebody. Everything else, and every case in doubt, is the owner's doing.
 * Source: Amazon MQ developer guide, managing engine versions.
 */
export function fixedBy(input: {
  rule: Rule;
  broker: BrokerSnapshot;
  /** Changes of the broker since the observation before. */
  changes: readonly AttributeChange[];
  calendar: SupportCalendar;
}): "owner" | "aws" {
  const { rule, broker, changes, calendar } = input;
  const engine = broker.attributes.engine;
  const change = changes.findLast((candidate) => candidate.attribute === "engineVersion");
  if (!change || !engine || !rule.judges.includes("engineVersion")) return "owner";
  const { oldValue: before, newValue: after } = change;
  if (typeof before !== "string" || typeof after !== "string") return "owner";
  if (wasOrdered(changes, after)) return "owner";
  const sameLine = engineLine(before) !== undefined && engineLine(before) === engineLine(after);
  if (sameLine) return isManagedPatch(engine, before, changes, broker) ? "aws" : "owner";
  return isForcedUpgrade({ engine, before, after, change, calendar }) ? "aws" : "owner";
}

/** The new version, or its line, stood in `pending` until now. */
function wasOrdered(changes: readonly AttributeChange[], version: string): boolean {
  return changes.some(({ attribute, oldValue }) => {
    if (attribute !== "pending" || typeof oldValue !== "object" || oldValue === null) return false;
    const ordered = "engineVersion" in oldValue ? oldValue.engineVersion : null;
    return typeof ordered === "string" && (ordered === version || ordered === engineLine(version));
  });
}

function isManagedPatch(
  engine: Engine,
  before: string,
  changes: readonly AttributeChange[],
  broker: BrokerSnapshot,
): boolean {
  if (isPatchManagedByAws(engine, before)) return true;
  const turnedOnNow = changes.some(({ attribute }) => attribute === "autoMinorVersionUpgrade");
  return broker.attributes.autoMinorVersionUpgrade === true && !turnedOnNow;
}

function isForcedUpgrade(input: {
  engine: Engine;
  before: string;
  after: string;
  change: AttributeChange;
  calendar: SupportCalendar;
}): boolean {
  const { engine, before, after, change, calendar } = input;
  const [oldLine, newLine] = [engineLine(before), engineLine(after)];
  const row = oldLine === undefined ? undefined : findEngineLine(calendar, engine, oldLine);
  if (!row?.endOfSupport || newLine === undefined) return false;
  const observedOn = plainDateFromInstantUtc(change.observedAt);
  // The change lies in (previousObservedAt, observedAt]; any day of it inside the window will do.
  const earliest = change.previousObservedAt ? plainDateFromInstantUtc(change.previousObservedAt) : observedOn;
  const inWindow = observedOn >= row.endOfSupport && earliest < addDays(row.endOfSupport, FORCED_UPGRADE_DAYS);
  return inWindow && (newLine === row.nextLine || newLine === nextSupportedLine(engine, oldLine, observedOn, calendar));
}

/** AWS upgrades to the next line that is itself supported, which need not be the very next one. */
function nextSupportedLine(
  engine: Engine,
  line: string | undefined,
  on: PlainDate,
  calendar: SupportCalendar,
): string | undefined {
  const lines = linesOfEngine(calendar, engine);
  const later = lines.slice(lines.findIndex((row) => row.line === line) + 1);
  return later.find((row) => {
    const { state } = supportStatus({ engine, version: row.line, calendar, on });
    return state === "supported" || state === "ending";
  })?.line;
}
