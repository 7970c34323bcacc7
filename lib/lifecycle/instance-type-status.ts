import { type Engine, engineDisplayName } from "@/lib/domain/engine-version";
import { addDays, diffDays, type PlainDate } from "@/lib/domain/plain-date";
import { findInstanceType, SHIPPED_SUPPORT_CALENDAR, type SupportCalendar } from "@/lib/reference/support-calendar";
import { ENDING_DAYS, NOTICE_DAYS } from "./support-status";

export type InstanceTypeState = "supported" | "ending" | "past-end-of-support" | "unknown";

/** Support of a broker's instance type on one day. Its calendar is not the engine's: AWS promises no upgrade, the broker may just stop. */
export interface InstanceTypeStatus {
  readonly state: InstanceTypeState;
  /** Whether AWS refuses new brokers on the type that day; null when not known. */
  readonly createBlocked: boolean | null;
  readonly engine: Engine | null;
  readonly instanceType: string | null;
  readonly endOfSupport: PlainDate | null;
  /** Days until the end; 0 on the end day, which is past, and negative after it. Null without a date. */
  readonly daysToEnd: number | null;
  /** Last day on which brokers could be created. */
  readonly lastCreatableOn: PlainDate | null;
  /** Set when AWS had published no end date as of this day. */
  readonly noEndDateAsOf: PlainDate | null;
  readonly notKnowableFrom: PlainDate | null;
  readonly verified: boolean | null;
  readonly source: string | null;
  readonly checkedOn: PlainDate | null;
  readonly explanation: string;
}

/**
 * Support status of an instance type for an engine on day `on`, with the bounds of engine lines: ending in the 180 days before the end date, past
 * from the end day on (critical: the broker may be unreachable and unbilled, and its zero cost is no saving), unknown for a type that is not
 * documented.
 */
export function instanceTypeStatus(input: {
  engine: Engine | null | undefined;
  instanceType: string | null | undefined;
  /** Default: the shipped one. */
  calendar?: SupportCalendar;
  on: PlainDate;
}): InstanceTypeStatus {
  const { engine, instanceType, on } = input;
  if (!engine || !instanceType)
    return unknownStatus(
      engine ?? null,
      instanceType ?? null,
      "The instance type was never observed, so its support is unknown.",
    );
  const row = findInstanceType(input.calendar ?? SHIPPED_SUPPORT_CALENDAR, engine, instanceType.toLowerCase());
  const name = `${instanceType.toLowerCase()} for ${engineDisplayName(engine)}`;
  if (!row)
    return unknownStatus(
      engine,
      instanceType,
      `${name} is not in the list of instance types, so its support is unknown.`,
    );

  const { endOfSupport, lastCreatableOn, verified, source, checkedOn } = row;
  const facts = { engine, instanceType: row.instanceType, endOfSupport, lastCreatableOn, verified, source, checkedOn };
  if (!endOfSupport) {
    return {
      ...facts,
      state: "supported",
      createBlocked: lastCreatableOn ? on > lastCreatableOn : !row.creatable,
      daysToEnd: null,
      noEndDateAsOf: checkedOn,
      notKnowableFrom: addDays(checkedOn, NOTICE_DAYS),
      explanation: `${name} is supported: no end date published as of ${checkedOn}.`,
    };
  }
  const daysToEnd = diffDays(on, endOfSupport);
  const dated = { ...facts, daysToEnd, noEndDateAsOf: null, notKnowableFrom: null };
  if (daysToEnd <= 0) {
    return {
      ...dated,
      state: "past-end-of-support",
      createBlocked: true,
      explanation: `${name} is past end of support since ${endOfSupport}: the broker may be unreachable, and is not billed while it is. AWS promises no automatic change; choose another type.`,
    };
  }
  // Without a published create-block day it is not known on which day before the end creation stopped.
  const createBlocked = lastCreatableOn ? on > lastCreatableOn : null;
  return {
    ...dated,
    state: daysToEnd <= ENDING_DAYS ? "ending" : "supported",
    createBlocked,
    explanation: `${name} reaches end of support on ${endOfSupport}, in ${daysToEnd} ${daysToEnd === 1 ? "day" : "days"}.${createBlocked ? " AWS refuses new brokers on it." : ""}`,
  };
}

function unknownStatus(engine: Engine | null, instanceType: string | null, explanation: string): InstanceTypeStatus {
  return {
    state: "unknown",
    createBlocked: null,
    engine,
    instanceType,
    endOfSupport: null,
    daysToEnd: null,
    lastCreatableOn: null,
    noEndDateAsOf: null,
    notKnowableFrom: null,
    verified: null,
    source: null,
    checkedOn: null,
    explanation,
  };
}
