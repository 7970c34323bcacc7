import { compareVersionTexts, type Engine, normalizeEngine } from "@/lib/domain/engine-version";
import { comparePlainDates, type PlainDate } from "@/lib/domain/plain-date";
import data from "./data/version-calendar.json";
import { OFFERED_VERSIONS } from "./engine-versions";
import { INSTANCE_TYPES } from "./instance-types";
import { openReferenceFile, type Provenance, type ReferenceRow } from "./reference-row";

/** Support of one `major.minor` line on Amazon MQ. AWS's dates; upstream dates are another table and never stand in for them. */
export interface EngineLineSupport extends Provenance {
  readonly engine: Engine;
  readonly line: string;
  /** Day AWS first offered the line; null when no release note is known. */
  readonly offeredSince: PlainDate | null;
  /** First day past support; null with `endAnnounced` false (AWS published none) or null (not known whether it did). */
  readonly endOfSupport: PlainDate | null;
  readonly endAnnounced: boolean | null;
  /** Whether AWS still lets brokers be created on the line, as far as the data reaches. */
  readonly creatable: boolean;
  readonly recommended: boolean;
  /** The line AWS upgrades to next; null for the newest. */
  readonly nextLine: string | null;
  /** Who set the row: null for the shipped one, else the administrator of an override. */
  readonly changedBy: string | null;
}

/** Support of an instance type for an engine: a calendar of its own, with its own create-block and no promised upgrade. */
export interface InstanceTypeSupport extends Provenance {
  readonly engine: Engine;
  readonly instanceType: string;
  /** Last day on which brokers could be created; null when there is none or it is not known. */
  readonly lastCreatableOn: PlainDate | null;
  readonly endOfSupport: PlainDate | null;
  readonly creatable: boolean;
  readonly changedBy: string | null;
}

/** End of life of the open-source project's own line: shown, labelled as upstream, never used for support status. */
export interface UpstreamLine extends Provenance {
  readonly engine: Engine;
  readonly line: string;
  readonly releasedOn: PlainDate | null;
  readonly endOfLife: PlainDate | null;
}

/** The calendar as a value: the shipped one, or the shipped one with an administrator's overrides. */
export interface SupportCalendar {
  readonly engineLines: readonly EngineLineSupport[];
  readonly instanceTypes: readonly InstanceTypeSupport[];
  readonly upstream: readonly UpstreamLine[];
}

const file = openReferenceFile("version-calendar", data);
const rowsOfKind = (kind: string) =>
  file.rows.filter((row) => row.oneOf("kind", ["amazon-mq", "instance-type", "upstream"]) === kind);

/** The calendar that is shipped. Source: Amazon MQ developer guide, version support calendars; upstream from endoflife.date. */
export const SHIPPED_SUPPORT_CALENDAR: SupportCalendar = {
  engineLines: readEngineLines(),
  instanceTypes: readInstanceTypes(),
  upstream: rowsOfKind("upstream").map((row) => ({
    ...lineKey(row),
    releasedOn: row.optionalDate("upstream_release"),
    endOfLife: row.optionalDate("upstream_eol"),
    ...row.provenance,
  })),
};

/** The row of a line; undefined when the calendar does not have it. */
export function findEngineLine(calendar: SupportCalendar, engine: Engine, line: string): EngineLineSupport | undefined {
  return calendar.engineLines.find((row) => row.engine === engine && row.line === line);
}

/** The row of an instance type for an engine; undefined when the calendar does not have it. */
export function findInstanceType(
  calendar: SupportCalendar,
  engine: Engine,
  instanceType: string,
): InstanceTypeSupport | undefined {
  return calendar.instanceTypes.find((row) => row.engine === engine && row.instanceType === instanceType);
}

/** Upstream rows of a line, verified ones first; one line can have an unverified row beside a verified one. */
export function upstreamLines(calendar: SupportCalendar, engine: Engine, line: string): readonly UpstreamLine[] {
  return calendar.upstream
    .filter((row) => row.engine === engine && row.line === line)
    .sort((a, b) => Number(b.verified) - Number(a.verified));
}

/** Lines of an engine, oldest first by number. */
export function linesOfEngine(calendar: SupportCalendar, engine: Engine): readonly EngineLineSupport[] {
  return calendar.engineLines
    .filter((row) => row.engine === engine)
    .sort((a, b) => compareVersionTexts(a.line, b.line));
}

/** The calendar with some rows replaced or added; the input is not changed. Overrides name who made them in `changedBy`. */
export function overrideCalendar(
  calendar: SupportCalendar,
  overrides: { engineLines?: readonly EngineLineSupport[]; instanceTypes?: readonly InstanceTypeSupport[] },
): SupportCalendar {
  return {
    ...calendar,
    engineLines: linkLines(
      replaceRows(calendar.engineLines, overrides.engineLines ?? [], (row) => `${row.engine} ${row.line}`),
    ),
    instanceTypes: replaceRows(
      calendar.instanceTypes,
      overrides.instanceTypes ?? [],
      (row) => `${row.engine} ${row.instanceType}`,
    ),
  };
}

function readEngineLines(): EngineLineSupport[] {
  const rows = rowsOfKind("amazon-mq").map((row) => {
    const { engine, line } = lineKey(row);
    const offers = OFFERED_VERSIONS.filter(
      (offer) => offer.engine === engine && offer.line === line && offer.firstOfferedOn,
    );
    return {
      engine,
      line,
      offeredSince: offers.flatMap((offer) => offer.firstOfferedOn ?? []).sort(comparePlainDates)[0] ?? null,
      endOfSupport: row.optionalDate("end_of_support"),
      endAnnounced: row.optionalFlag("eos_announced"),
      creatable: offers.some((offer) => offer.creatable),
      recommended: row.text("status_2026_11_20").includes("recommended"),
      changedBy: null,
      ...row.provenance,
    };
  });
  return linkLines(rows);
}

/** The lines with what follows each: the next line of its engine by number. */
function linkLines(rows: readonly Omit<EngineLineSupport, "nextLine">[]): EngineLineSupport[] {
  return rows.map((row) => {
    const later = rows.filter((other) => other.engine === row.engine && compareVersionTexts(other.line, row.line) > 0);
    const [next] = later.sort((a, b) => compareVersionTexts(a.line, b.line));
    return { ...row, nextLine: next?.line ?? null };
  });
}

function provenanceOf({ source, verified, checkedOn, notes }: Provenance): Provenance {
  return { source, verified, checkedOn, notes };
}

function readInstanceTypes(): InstanceTypeSupport[] {
  const dated = new Map<string, ReferenceRow>(
    rowsOfKind("instance-type").map(
      (row) => [`${normalizeEngine(row.text("engine"))} ${row.text("instance_type")}`, row] as const,
    ),
  );
  const byKey = new Map<string, InstanceTypeSupport>();
  for (const type of INSTANCE_TYPES) {
    const key = `${type.engine} ${type.instanceType}`;
    if (byKey.has(key)) continue; // one row per deployment mode; support does not differ by mode
    const row = dated.get(key);
    byKey.set(key, {
      engine: type.engine,
      instanceType: type.instanceType,
      lastCreatableOn: type.lastCreatableOn,
      endOfSupport: row?.optionalDate("end_of_support") ?? type.endOfSupport,
      creatable: type.creatable,
      changedBy: null,
      ...provenanceOf(row?.provenance ?? type),
    });
  }
  return [...byKey.values()];
}

function lineKey(row: ReferenceRow): { engine: Engine; line: string } {
  return { engine: normalizeEngine(row.text("engine")), line: row.text("minor_line") };
}

function replaceRows<T>(rows: readonly T[], overrides: readonly T[], key: (row: T) => string): T[] {
  const replaced = new Map(rows.map((row) => [key(row), row]));
  for (const row of overrides) replaced.set(key(row), row);
  return [...replaced.values()];
}
