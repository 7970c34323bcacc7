import type { Engine } from "@/lib/domain/engine-version";
import type { PlainDate } from "@/lib/domain/plain-date";
import type { CalendarRowKind } from "@/lib/domain/reference-kind";
import {
  type EngineLineSupport,
  findEngineLine,
  findInstanceType,
  type InstanceTypeSupport,
  overrideCalendar,
  type SupportCalendar,
} from "./support-calendar";

/** What an administrator says of a row of the calendar instead of the shipped one. */
export interface CalendarOverride {
  readonly kind: CalendarRowKind;
  readonly engine: Engine;
  /** The line (3.13) or the instance type (mq.m5.large). */
  readonly key: string;
  /** First day past support; null: none announced as of `checkedOn`. */
  readonly endOfSupport: PlainDate | null;
  /** Null: as the shipped row says. */
  readonly creatable: boolean | null;
  readonly checkedOn: PlainDate;
  /** Where it was read; null: the administrator's own word. */
  readonly source: string | null;
  readonly reason: string;
  readonly madeBy: string;
}

/**
 * The calendar with the overrides in force; the input itself when there is none. What an override does not speak of stays as the row has it; a row that
 * the calendar lacks is added. An override is somebody's decision with his name on it, so it counts as verified.
 */
export function applyOverrides(calendar: SupportCalendar, overrides: readonly CalendarOverride[]): SupportCalendar {
  if (overrides.length === 0) return calendar;
  return overrideCalendar(calendar, {
    engineLines: overrides.filter(({ kind }) => kind === "engine-line").map((row) => lineOf(calendar, row)),
    instanceTypes: overrides.filter(({ kind }) => kind === "instance-type").map((row) => typeOf(calendar, row)),
  });
}

function lineOf(calendar: SupportCalendar, override: CalendarOverride): EngineLineSupport {
  const { engine, key, endOfSupport, creatable } = override;
  const row = findEngineLine(calendar, engine, key);
  return {
    engine,
    line: key,
    offeredSince: row?.offeredSince ?? null,
    recommended: row?.recommended ?? false,
    nextLine: row?.nextLine ?? null,
    endOfSupport,
    endAnnounced: endOfSupport !== null,
    creatable: creatable ?? row?.creatable ?? true,
    ...provenanceOf(override),
  };
}

function typeOf(calendar: SupportCalendar, override: CalendarOverride): InstanceTypeSupport {
  const { engine, key, endOfSupport, creatable } = override;
  const row = findInstanceType(calendar, engine, key);
  return {
    engine,
    instanceType: key,
    lastCreatableOn: creatable === true ? null : (row?.lastCreatableOn ?? null),
    endOfSupport,
    creatable: creatable ?? row?.creatable ?? true,
    ...provenanceOf(override),
  };
}

function provenanceOf({ source, checkedOn, reason, madeBy }: CalendarOverride) {
  return {
    source: source ?? `Override by ${madeBy}`,
    verified: true,
    checkedOn,
    notes: reason,
    changedBy: madeBy,
  };
}
