import type { CalendarRow, CalendarView, OverrideItem } from "@/lib/contracts/reference";
import {
  brokersByCalendarRow,
  type LiveOffer,
  liveOffers,
  type OverrideRow,
  overrideRows,
  publishedCalendar,
} from "@/lib/db/reference-store";
import { compareVersionTexts, engineLine, KNOWN_ENGINES } from "@/lib/domain/engine-version";
import { type PlainDate, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { CALENDAR_ROW_KINDS, type CalendarRowKind } from "@/lib/domain/reference-kind";
import { calendarDifferences } from "@/lib/lifecycle/compare-calendar";
import { instanceTypeStatus } from "@/lib/lifecycle/instance-type-status";
import { supportStatus } from "@/lib/lifecycle/support-status";
import type { Provenance } from "@/lib/reference/reference-row";
import {
  findEngineLine,
  findInstanceType,
  SHIPPED_SUPPORT_CALENDAR,
  type SupportCalendar,
  upstreamLines,
} from "@/lib/reference/support-calendar";
import type { Ctx } from "@/lib/services/ctx";
import { currentCalendar } from "@/lib/services/current-calendar";
import { remembered } from "@/lib/services/read/remembered";

/** A row of the calendar, as everything else is looked up by. */
interface RowKey {
  kind: CalendarRowKind;
  engine: string;
  key: string;
}

/** Every row that the calendar, an override, a published source, AWS or a broker knows, with all its sides. */
export function readReferenceCalendar({ ctx }: { ctx: Ctx }): Promise<CalendarView> {
  return remembered({ ctx, input: {} }, "reference-calendar", () => computeReferenceCalendar(ctx));
}

async function computeReferenceCalendar(ctx: Ctx): Promise<CalendarView> {
  const now = ctx.clock.now();
  const today = plainDateFromInstantUtc(now);
  const [calendar, overrides, offers, running, ...published] = await Promise.all([
    currentCalendar(ctx.db),
    overrideRows(ctx.db, "all"),
    liveOffers(ctx.db),
    brokersByCalendarRow(ctx.db),
    ...KNOWN_ENGINES.map((engine) => publishedCalendar(ctx.db, `endoflife-${engine.toLowerCase()}`)),
  ]);
  const publishedOf = new Map(KNOWN_ENGINES.map((engine, index) => [engine as string, published[index] ?? null]));
  const live = liveByRow(offers);
  const askedLive = new Set(offers.map(({ kind, engine }) => `${rowKindOf(kind)} ${engine}`));
  const brokers = new Map(running.map((row) => [idOf(row), row.brokers]));
  const rows = new Map<string, RowKey>();
  const add = (row: RowKey) => rows.set(idOf(row), row);
  for (const row of calendar.engineLines) add({ kind: "engine-line", engine: row.engine, key: row.line });
  for (const row of calendar.instanceTypes) add({ kind: "instance-type", engine: row.engine, key: row.instanceType });
  for (const { kind, engine, key } of [...overrides, ...running, ...live.values()]) add({ kind, engine, key });
  for (const [engine, source] of publishedOf)
    for (const { line } of source?.lines ?? []) add({ kind: "engine-line", engine, key: line });

  const viewOf = (row: RowKey): CalendarRow => {
    const own = overrides.filter((other) => idOf(other) === idOf(row));
    const inForce = inForceOf(calendar, row, today);
    const shipped = shippedOf(row);
    const source = row.kind === "engine-line" ? publishedOf.get(row.engine) : null;
    const listed = source?.lines.find(({ line }) => line === row.key) ?? null;
    const asked = askedLive.has(`${row.kind} ${row.engine}`);
    const offer = live.get(idOf(row));
    return {
      ...row,
      brokers: brokers.get(idOf(row)) ?? 0,
      inForce,
      shipped,
      overrides: own.map(overrideItemOf),
      published: listed && { endOfSupport: listed.endOfSupport, ended: listed.ended },
      live: asked ? { regions: offer?.regions ?? 0, observedAt: offer?.observedAt.toISOString() ?? null } : null,
      upstream: upstreamOf(calendar, row),
      differences: calendarDifferences(
        {
          inForce,
          shipped,
          overridden: own.some(({ endedAt }) => endedAt === null),
          published: source ? listed : undefined,
          liveRegions: asked ? (offer?.regions ?? 0) : undefined,
        },
        today,
      ),
    };
  };
  const read = offers.map(({ observedAt }) => observedAt.getTime());
  return {
    rows: [...rows.values()].sort(byKindEngineAndAge).map(viewOf),
    published: [...publishedOf].map(([engine, source]) => ({
      engine,
      originName: source?.originName ?? null,
      importedAt: source?.importedAt.toISOString() ?? null,
    })),
    offersReadAt: read.length === 0 ? null : new Date(Math.max(...read)).toISOString(),
    asOf: now.toISOString(),
  };
}

const idOf = ({ kind, engine, key }: RowKey) => `${kind} ${engine} ${key}`;

function rowKindOf(kind: LiveOffer["kind"]): CalendarRowKind {
  return kind === "engine-version" ? "engine-line" : "instance-type";
}

/** Offers by row; the patches of a line are one row, offered where the most widely offered of them is. */
function liveByRow(offers: readonly LiveOffer[]): ReadonlyMap<string, RowKey & { regions: number; observedAt: Date }> {
  const rows = new Map<string, RowKey & { regions: number; observedAt: Date }>();
  for (const { kind, engine, name, regions, observedAt } of offers) {
    const key = kind === "engine-version" ? engineLine(name) : name;
    if (key === undefined) continue;
    const row = { kind: rowKindOf(kind), engine, key };
    const there = rows.get(idOf(row));
    if (!there || there.regions < regions) rows.set(idOf(row), { ...row, regions, observedAt });
  }
  return rows;
}

function inForceOf(calendar: SupportCalendar, { kind, engine, key }: RowKey, on: PlainDate) {
  if (kind === "engine-line") {
    const row = findEngineLine(calendar, engine, key);
    if (!row) return null;
    const { endOfSupport, creatable, changedBy, checkedOn } = row;
    const { state, stage, explanation } = supportStatus({ engine, version: key, calendar, on });
    return { endOfSupport, creatable, changedBy, checkedOn, status: state, stage, sentence: explanation };
  }
  const row = findInstanceType(calendar, engine, key);
  if (!row) return null;
  const { endOfSupport, creatable, changedBy, checkedOn } = row;
  const { state, explanation } = instanceTypeStatus({ engine, instanceType: key, calendar, on });
  return { endOfSupport, creatable, changedBy, checkedOn, status: state, stage: null, sentence: explanation };
}

function shippedOf({ kind, engine, key }: RowKey) {
  if (kind === "engine-line") {
    const row = findEngineLine(SHIPPED_SUPPORT_CALENDAR, engine, key);
    return row
      ? {
          ...provenanceOf(row),
          endOfSupport: row.endOfSupport,
          announced: row.endAnnounced,
          creatable: row.creatable,
        }
      : null;
  }
  const row = findInstanceType(SHIPPED_SUPPORT_CALENDAR, engine, key);
  // The guide lists no end for types that have none: that is "none announced" where the row was read.
  return row
    ? {
        ...provenanceOf(row),
        endOfSupport: row.endOfSupport,
        announced: row.endOfSupport !== null ? true : row.creatable ? false : null,
        creatable: row.creatable,
      }
    : null;
}

function upstreamOf(calendar: SupportCalendar, { kind, engine, key }: RowKey) {
  const [row] = kind === "engine-line" ? upstreamLines(calendar, engine, key) : [];
  return row ? { ...provenanceOf(row), endOfLife: row.endOfLife } : null;
}

function provenanceOf({ source, verified, checkedOn, notes }: Provenance): Provenance {
  return { source, verified, checkedOn, notes };
}

function overrideItemOf(row: OverrideRow): OverrideItem {
  const { id, endOfSupport, creatable, checkedOn, source, reason, madeBy, endedBy, endedReason } = row;
  return {
    id,
    endOfSupport,
    creatable,
    checkedOn,
    source,
    reason,
    madeAt: row.madeAt.toISOString(),
    madeBy,
    endedAt: row.endedAt?.toISOString() ?? null,
    endedBy,
    endedReason,
  };
}

/** Engine lines before instance types; by engine; newest line first, types by name. */
function byKindEngineAndAge(a: RowKey, b: RowKey): number {
  return (
    CALENDAR_ROW_KINDS.indexOf(a.kind) - CALENDAR_ROW_KINDS.indexOf(b.kind) ||
    (a.engine < b.engine ? -1 : a.engine > b.engine ? 1 : 0) ||
    (a.kind === "engine-line" ? compareVersionTexts(b.key, a.key) : a.key < b.key ? -1 : 1)
  );
}
