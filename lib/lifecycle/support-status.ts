import { type Engine, engineDisplayName, engineLine } from "@/lib/domain/engine-version";
import { addDays, diffDays, type PlainDate } from "@/lib/domain/plain-date";
import {
  type EngineLineSupport,
  findEngineLine,
  SHIPPED_SUPPORT_CALENDAR,
  type SupportCalendar,
} from "@/lib/reference/support-calendar";

/** Days before the end of support from which a broker counts as *ending*. */
export const ENDING_DAYS = 180;
/** AWS announces an end of support at least this many days ahead. Source: Amazon MQ developer guide, version management. */
export const NOTICE_DAYS = 90;
/** AWS refuses new brokers on a line within this many days of its end. Same source. */
export const CREATE_BLOCK_DAYS = 30;
/** AWS upgrades the broker by itself within this many days after the end, in one of its maintenance windows. Same source. */
export const FORCED_UPGRADE_DAYS = 45;

export type SupportState = "supported" | "ending" | "past-end-of-support" | "unknown";
export type SupportStage = "notice" | "create-blocked" | "forced-upgrade-window" | "overdue";

/** Support of a broker's engine line on one day, with everything a page or a finding needs to explain it. */
export interface SupportStatus {
  readonly state: SupportState;
  /** Null while nothing is due yet, and where the state is unknown. */
  readonly stage: SupportStage | null;
  readonly engine: Engine | null;
  /** The `major.minor` line judged; null when no version was known. */
  readonly line: string | null;
  /** First day past support. */
  readonly endOfSupport: PlainDate | null;
  /** Days until the end; 0 on the end day, which is past, and negative after it. Null without a date. */
  readonly daysToEnd: number | null;
  readonly noticeFrom: PlainDate | null;
  readonly createBlockedFrom: PlainDate | null;
  /** First day after AWS's own upgrade window. */
  readonly forcedUpgradeEndExclusive: PlainDate | null;
  /** Set when AWS had published no end date as of this day: say so, never "supported for ever". */
  readonly noEndDateAsOf: PlainDate | null;
  /** From this day on nobody can know: the notice period after `noEndDateAsOf` is over. */
  readonly notKnowableFrom: PlainDate | null;
  readonly nextLine: string | null;
  /** Whether AWS still lets brokers be created on the line; null when the line is not in the calendar. */
  readonly creatable: boolean | null;
  /** Provenance of the calendar row; null without one. */
  readonly verified: boolean | null;
  readonly source: string | null;
  readonly checkedOn: PlainDate | null;
  /** One plain sentence. */
  readonly explanation: string;
}

interface StatusInput {
  engine: Engine | null | undefined;
  version: string | null | undefined;
  /** Default: the shipped one. */
  calendar?: SupportCalendar;
  on: PlainDate;
}

/** Calendars never change; a fleet has few versions, of which every rule and every figure asks on the same day. */
const statuses = new WeakMap<SupportCalendar, Map<string, SupportStatus>>();
const REMEMBERED = 5_000;

/**
 * Support status of a broker's version on day `on`, by its line's end-of-support date E: supported (no E, or D < E - 180), ending
 * (E - 180 <= D < E), past (D >= E; the E day itself is past), unknown (no version, a line the calendar does not have, or a row that is neither
 * verified nor dated).
 */
export function supportStatus(input: StatusInput): SupportStatus {
  const { engine, version, on, calendar = SHIPPED_SUPPORT_CALENDAR } = input;
  let known = statuses.get(calendar);
  if (!known) {
    known = new Map();
    statuses.set(calendar, known);
  }
  const key = `${on}\0${engine ?? ""}\0${version ?? ""}`;
  const remembered = known.get(key);
  if (remembered) return remembered;
  const status = judged({ engine, version, on, calendar });
  if (known.size >= REMEMBERED) known.clear();
  known.set(key, status);
  return status;
}

function judged({ engine, version, on, calendar }: Required<StatusInput>): SupportStatus {
  const line = version ? (engineLine(version) ?? null) : null;
  if (!engine || !line) {
    const what = !engine
      ? "The engine was never observed"
      : version
        ? `"${version}" names no engine line`
        : "The engine version was never observed";
    return unknownStatus(engine ?? null, line, null, `${what}, so its support is unknown.`);
  }
  const row = findEngineLine(calendar, engine, line);
  const name = `${engineDisplayName(engine)} ${line}`;
  if (!row)
    return unknownStatus(engine, line, null, `${name} is not in the support calendar, so its support is unknown.`);
  if (row.endOfSupport) return datedStatus(row, row.endOfSupport, name, on);
  if (!row.verified) {
    const offered = row.creatable ? "" : " Amazon MQ no longer offers it for new brokers.";
    return unknownStatus(
      engine,
      line,
      row,
      `The end of support of ${name} is not in any calendar that was found.${offered}`,
    );
  }
  return {
    ...rowFacts(row),
    state: "supported",
    stage: null,
    endOfSupport: null,
    daysToEnd: null,
    noticeFrom: null,
    createBlockedFrom: null,
    forcedUpgradeEndExclusive: null,
    noEndDateAsOf: row.checkedOn,
    notKnowableFrom: addDays(row.checkedOn, NOTICE_DAYS),
    explanation: `${name} is supported: no end date published as of ${row.checkedOn}. AWS gives ${NOTICE_DAYS} days notice; what comes later cannot be known.`,
  };
}

function datedStatus(row: EngineLineSupport, end: PlainDate, name: string, on: PlainDate): SupportStatus {
  const daysToEnd = diffDays(on, end);
  const forcedUpgradeEndExclusive = addDays(end, FORCED_UPGRADE_DAYS);
  const { state, stage } = stateOf(daysToEnd);
  return {
    ...rowFacts(row),
    state,
    stage,
    endOfSupport: end,
    daysToEnd,
    noticeFrom: addDays(end, -NOTICE_DAYS),
    createBlockedFrom: addDays(end, -CREATE_BLOCK_DAYS),
    forcedUpgradeEndExclusive,
    noEndDateAsOf: null,
    notKnowableFrom: null,
    explanation: explain(name, end, daysToEnd, stage, forcedUpgradeEndExclusive),
  };
}

function stateOf(daysToEnd: number): { state: SupportState; stage: SupportStage | null } {
  if (daysToEnd > ENDING_DAYS) return { state: "supported", stage: null };
  if (daysToEnd > NOTICE_DAYS) return { state: "ending", stage: null };
  if (daysToEnd > CREATE_BLOCK_DAYS) return { state: "ending", stage: "notice" };
  if (daysToEnd > 0) return { state: "ending", stage: "create-blocked" };
  return {
    state: "past-end-of-support",
    stage: daysToEnd > -FORCED_UPGRADE_DAYS ? "forced-upgrade-window" : "overdue",
  };
}

function explain(
  name: string,
  end: PlainDate,
  daysToEnd: number,
  stage: SupportStage | null,
  windowEnd: PlainDate,
): string {
  if (daysToEnd > 0) {
    const blocked = stage === "create-blocked" ? " AWS refuses new brokers on it." : "";
    return `${name} reaches end of support on ${end}, in ${daysToEnd} ${daysToEnd === 1 ? "day" : "days"}.${blocked}`;
  }
  const window =
    stage === "forced-upgrade-window"
      ? `AWS may upgrade the broker in any of its maintenance windows before ${windowEnd}.`
      : `AWS's upgrade window closed on ${windowEnd} and the broker still runs it.`;
  return `${name} is past end of support since ${end}. ${window}`;
}

function rowFacts(row: EngineLineSupport) {
  const { engine, line, nextLine, creatable, verified, source, checkedOn } = row;
  return { engine, line, nextLine, creatable, verified, source, checkedOn };
}

function unknownStatus(
  engine: Engine | null,
  line: string | null,
  row: EngineLineSupport | null,
  explanation: string,
): SupportStatus {
  return {
    state: "unknown",
    stage: null,
    engine,
    line,
    endOfSupport: null,
    daysToEnd: null,
    noticeFrom: null,
    createBlockedFrom: null,
    forcedUpgradeEndExclusive: null,
    noEndDateAsOf: null,
    notKnowableFrom: null,
    nextLine: row?.nextLine ?? null,
    creatable: row?.creatable ?? null,
    verified: row?.verified ?? null,
    source: row?.source ?? null,
    checkedOn: row?.checkedOn ?? null,
    explanation,
  };
}
