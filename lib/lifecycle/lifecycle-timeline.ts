import { compareVersionTexts, type Engine, engineDisplayName } from "@/lib/domain/engine-version";
import { addDays, type PlainDate } from "@/lib/domain/plain-date";
import {
  findEngineLine,
  findInstanceType,
  linesOfEngine,
  SHIPPED_SUPPORT_CALENDAR,
  type SupportCalendar,
  upstreamLines,
} from "@/lib/reference/support-calendar";
import { instanceTypeStatus } from "./instance-type-status";
import { type SupportStage, type SupportState, type SupportStatus, supportStatus } from "./support-status";

/** How an engine line or an instance type is called where what the broker runs was never observed. */
export const UNKNOWN_NAME = "unknown";

export interface UpstreamEnd {
  readonly endOfLife: PlainDate;
  readonly verified: boolean;
  readonly source: string;
}

/** An engine line or an instance type with all its dates, on one day. Dates that do not apply or are not known are null. */
export interface LifecycleEntry {
  /** `engine-line ACTIVEMQ 5.18`, `instance-type RABBITMQ mq.t3.micro`. */
  readonly id: string;
  readonly kind: "engine-line" | "instance-type";
  readonly engine: Engine;
  /** The line (`5.18`) or the type (`mq.m5.large`), or UNKNOWN_NAME. */
  readonly name: string;
  readonly state: SupportState;
  readonly stage: SupportStage | null;
  /** Day AWS first offered the line; null for instance types, of which no such day is published. */
  readonly offeredSince: PlainDate | null;
  readonly endOfSupport: PlainDate | null;
  /** First day of AWS's notice; null for instance types, whose notice AWS does not promise. */
  readonly noticeFrom: PlainDate | null;
  /** First day on which AWS refuses new brokers. */
  readonly createBlockedFrom: PlainDate | null;
  /** First day after AWS's own upgrade window; null for instance types: no upgrade is promised. */
  readonly forcedUpgradeEndExclusive: PlainDate | null;
  /** Set where AWS had published no end date as of this day. */
  readonly noEndDateAsOf: PlainDate | null;
  /** From this day on nobody can know whether it is supported. */
  readonly notKnowableFrom: PlainDate | null;
  readonly nextLine: string | null;
  /** Whether AWS lets brokers be created on it on the day; null when that is not known. */
  readonly creatable: boolean | null;
  /** Ends of life of the open-source project's own line: not AWS's dates. */
  readonly upstreamEnds: readonly UpstreamEnd[];
  readonly verified: boolean | null;
  readonly source: string | null;
  readonly checkedOn: PlainDate | null;
  readonly changedBy: string | null;
  /** One or two plain sentences. */
  readonly sentence: string;
}

/** What brokers run; null parts were never observed. */
export interface InUse {
  readonly engine: Engine | null;
  readonly line: string | null;
  readonly instanceType: string | null;
}

/** The id under which an engine line is in the timeline. */
export function engineLineId(engine: Engine | null, line: string | null): string {
  return `engine-line ${engine ?? "UNKNOWN"} ${line ?? UNKNOWN_NAME}`;
}

/** The id under which an instance type is in the timeline. */
export function instanceTypeId(engine: Engine | null, instanceType: string | null): string {
  return `instance-type ${engine ?? "UNKNOWN"} ${instanceType?.toLowerCase() ?? UNKNOWN_NAME}`;
}

/**
 * Every engine line and instance type that is in the calendar or in use, by kind, engine and name (lines by number), with its dates and its status on day
 * `on`.
 */
export function lifecycleTimeline(input: {
  inUse: readonly InUse[];
  /** Default: the shipped one. */
  calendar?: SupportCalendar;
  on: PlainDate;
}): readonly LifecycleEntry[] {
  const { inUse, on } = input;
  const calendar = input.calendar ?? SHIPPED_SUPPORT_CALENDAR;
  const lines = new Map<string, LifecycleEntry>();
  const types = new Map<string, LifecycleEntry>();
  const used = new Set(
    inUse.flatMap(({ engine, line, instanceType }) => [
      engineLineId(engine, line),
      instanceTypeId(engine, instanceType),
    ]),
  );
  const addLine = (engine: Engine | null, line: string | null) => {
    const id = engineLineId(engine, line);
    if (!lines.has(id)) lines.set(id, lineEntry({ id, engine, line, calendar, on, used: used.has(id) }));
  };
  const addType = (engine: Engine | null, instanceType: string | null) => {
    const id = instanceTypeId(engine, instanceType);
    if (!types.has(id)) types.set(id, typeEntry({ id, engine, instanceType, calendar, on }));
  };
  for (const engine of new Set(calendar.engineLines.map((row) => row.engine)))
    for (const row of linesOfEngine(calendar, engine)) addLine(row.engine, row.line);
  for (const row of calendar.instanceTypes) addType(row.engine, row.instanceType);
  for (const { engine, line, instanceType } of inUse) {
    addLine(engine, line);
    addType(engine, instanceType);
  }
  return [...[...lines.values()].sort(byEngineAndName), ...[...types.values()].sort(byEngineAndName)];
}

function lineEntry(input: {
  id: string;
  engine: Engine | null;
  line: string | null;
  calendar: SupportCalendar;
  on: PlainDate;
  used: boolean;
}): LifecycleEntry {
  const { id, engine, line, calendar, on, used } = input;
  const status = supportStatus({ engine, version: line, calendar, on });
  const row = engine && line ? findEngineLine(calendar, engine, line) : undefined;
  const upstream = engine && line ? upstreamLines(calendar, engine, line) : [];
  const blocked = status.createBlockedFrom !== null && on >= status.createBlockedFrom;
  return {
    id,
    kind: "engine-line",
    engine: engine ?? "UNKNOWN",
    name: line ?? UNKNOWN_NAME,
    state: status.state,
    stage: status.stage,
    offeredSince: row?.offeredSince ?? null,
    endOfSupport: status.endOfSupport,
    noticeFrom: status.noticeFrom,
    createBlockedFrom: status.createBlockedFrom,
    forcedUpgradeEndExclusive: status.forcedUpgradeEndExclusive,
    noEndDateAsOf: status.noEndDateAsOf,
    notKnowableFrom: status.notKnowableFrom,
    nextLine: status.nextLine,
    creatable: blocked ? false : status.creatable,
    upstreamEnds: upstream.flatMap(({ endOfLife, verified, source }) =>
      endOfLife ? [{ endOfLife, verified, source }] : [],
    ),
    verified: status.verified,
    source: status.source,
    checkedOn: status.checkedOn,
    changedBy: row?.changedBy ?? null,
    sentence: lineSentence(status, used),
  };
}

/** The status in words about the line, where `explanation` speaks of one broker that runs it. */
function lineSentence(status: SupportStatus, used: boolean): string {
  const { engine, line, endOfSupport, forcedUpgradeEndExclusive, stage, explanation } = status;
  if (!engine || !line || !endOfSupport || !forcedUpgradeEndExclusive) return explanation;
  const past = `${engineDisplayName(engine)} ${line} is past end of support since ${endOfSupport}.`;
  if (stage === "forced-upgrade-window")
    return `${past} AWS may upgrade brokers on it in any of their maintenance windows before ${forcedUpgradeEndExclusive}.`;
  if (stage === "overdue")
    return `${past} AWS's upgrade window closed on ${forcedUpgradeEndExclusive}${used ? " and brokers still run it" : ""}.`;
  return explanation;
}

function typeEntry(input: {
  id: string;
  engine: Engine | null;
  instanceType: string | null;
  calendar: SupportCalendar;
  on: PlainDate;
}): LifecycleEntry {
  const { id, engine, instanceType, calendar, on } = input;
  const status = instanceTypeStatus({ engine, instanceType, calendar, on });
  const row = engine && instanceType ? findInstanceType(calendar, engine, instanceType.toLowerCase()) : undefined;
  return {
    id,
    kind: "instance-type",
    engine: engine ?? "UNKNOWN",
    name: instanceType?.toLowerCase() ?? UNKNOWN_NAME,
    state: status.state,
    stage: null,
    offeredSince: null,
    endOfSupport: status.endOfSupport,
    noticeFrom: null,
    createBlockedFrom: status.lastCreatableOn ? addDays(status.lastCreatableOn, 1) : null,
    forcedUpgradeEndExclusive: null,
    noEndDateAsOf: status.noEndDateAsOf,
    notKnowableFrom: status.notKnowableFrom,
    nextLine: null,
    creatable: status.createBlocked === null ? null : !status.createBlocked,
    upstreamEnds: [],
    verified: status.verified,
    source: status.source,
    checkedOn: status.checkedOn,
    changedBy: row?.changedBy ?? null,
    sentence: status.explanation,
  };
}

function byEngineAndName(a: LifecycleEntry, b: LifecycleEntry): number {
  const order = a.engine === b.engine ? compareNames(a, b) : 0;
  return order || compareTexts(a.engine, b.engine) || compareTexts(a.name, b.name);
}

/** Lines by number, what is unknown last. */
function compareNames(a: LifecycleEntry, b: LifecycleEntry): number {
  if (a.name === UNKNOWN_NAME || b.name === UNKNOWN_NAME)
    return Number(a.name === UNKNOWN_NAME) - Number(b.name === UNKNOWN_NAME);
  return a.kind === "engine-line" ? compareVersionTexts(a.name, b.name) : 0;
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
