import {
  addDays,
  addMonths,
  type DayInterval,
  diffDays,
  earlierOf,
  laterOf,
  type PlainDate,
  parsePlainDate,
  plainDateOf,
  plainDateParts,
} from "@/lib/domain/plain-date";

/** What is true of a line or a type during a part of its bar. */
export const GANTT_PHASES = [
  "supported",
  "notice",
  "create-blocked",
  "forced-upgrade-window",
  "past",
  "not-knowable",
  "unknown",
] as const;
export type GanttPhase = (typeof GANTT_PHASES)[number];

/** One row of the input: the dates of an engine line or instance type (YYYY-MM-DD), null where there are none. */
export interface GanttEntry {
  id: string;
  state: string;
  offeredSince: string | null;
  noticeFrom: string | null;
  createBlockedFrom: string | null;
  endOfSupport: string | null;
  forcedUpgradeEndExclusive: string | null;
  notKnowableFrom: string | null;
  upstreamEnds: readonly { endOfLife: string }[];
  /** Whether a broker runs it: only then anything goes on after its end. */
  inUse: boolean;
}

/** A part of a bar; `left` and `width` in percent of the window. */
export interface GanttSegment {
  phase: GanttPhase;
  left: number;
  width: number;
  /** Goes on before or after what is drawn: beyond the window, or because nobody knows its beginning or end. */
  openStart: boolean;
  openEnd: boolean;
}

export interface GanttMarker {
  kind: "end-of-support" | "upstream-end";
  day: PlainDate;
  /** Percent of the window. */
  at: number;
}

export interface GanttRow {
  id: string;
  segments: readonly GanttSegment[];
  markers: readonly GanttMarker[];
  /** Set where nothing of the row is in the window: on which side of it everything lies. */
  outside: "before" | "after" | null;
}

export interface GanttTick {
  day: PlainDate;
  at: number;
  labelled: boolean;
}

export interface LifecycleGantt {
  window: DayInterval;
  /** Percent of the window; null where today is not in it. */
  todayAt: number | null;
  ticks: readonly GanttTick[];
  rows: readonly GanttRow[];
}

/** The windows to choose from, in months; null shows everything. */
export const GANTT_ZOOMS = [12, 24, 36, null] as const;
export type GanttZoom = (typeof GANTT_ZOOMS)[number];

/** Months between the lines of the grid and between labels, for windows of at most so many months. */
const STEPS = [
  { upTo: 12, grid: 1, label: 2 },
  { upTo: 24, grid: 3, label: 6 },
  { upTo: 48, grid: 3, label: 6 },
  { upTo: 84, grid: 12, label: 12 },
  { upTo: 1200, grid: 12, label: 24 },
];
/** What "everything" adds after the last date, so that it does not end at the edge. */
const MARGIN_MONTHS = 6;

/**
 * The window of whole months in whose middle today lies, moved by `shiftMonths`; for zoom null from the first to the last date of the entries, never
 * less than 12 months around today.
 */
export function ganttWindow(
  entries: readonly GanttEntry[],
  today: string,
  zoom: GanttZoom,
  shiftMonths = 0,
): DayInterval {
  const month = firstOfMonth(parsePlainDate(today));
  if (zoom !== null) {
    const start = addMonths(month, shiftMonths - zoom / 2);
    return { start, endExclusive: addMonths(start, zoom) };
  }
  const days = entries.flatMap((entry) =>
    [entry.offeredSince, entry.endOfSupport, entry.forcedUpgradeEndExclusive, entry.createBlockedFrom]
      .filter((day) => day !== null)
      .map(parsePlainDate),
  );
  const first = days.reduce(earlierOf, addMonths(month, -6));
  const last = days.reduce(laterOf, addMonths(month, 6));
  return { start: firstOfMonth(first), endExclusive: addMonths(firstOfMonth(last), MARGIN_MONTHS) };
}

/** The timeline of the entries, in their order, within a window. */
export function lifecycleGantt(
  entries: readonly GanttEntry[],
  { window, today }: { window: DayInterval; today: string },
): LifecycleGantt {
  const now = parsePlainDate(today);
  const scale = scaleOf(window);
  return {
    window,
    todayAt: now >= window.start && now < window.endExclusive ? scale(now) : null,
    ticks: ticksOf(window, scale),
    rows: entries.map((entry) => rowOf(entry, window, now, scale)),
  };
}

type Scale = (day: PlainDate) => number;
/** A phase from its first day to the day after its last; null where nobody knows. */
type Span = { phase: GanttPhase; start: PlainDate | null; endExclusive: PlainDate | null };

function scaleOf({ start, endExclusive }: DayInterval): Scale {
  const days = diffDays(start, endExclusive);
  return (day) => Number(((diffDays(start, day) / days) * 100).toFixed(3));
}

function rowOf(entry: GanttEntry, window: DayInterval, today: PlainDate, scale: Scale): GanttRow {
  const spans = spansOf(entry, today);
  const segments = spans.flatMap((span) => segmentOf(span, window, scale));
  const markers: GanttMarker[] = [
    ...(entry.endOfSupport ? [{ kind: "end-of-support" as const, day: parsePlainDate(entry.endOfSupport) }] : []),
    ...entry.upstreamEnds.map(({ endOfLife }) => ({ kind: "upstream-end" as const, day: parsePlainDate(endOfLife) })),
  ]
    .filter(({ day }) => day >= window.start && day < window.endExclusive)
    .map((marker) => ({ ...marker, at: scale(marker.day) }));
  const outside =
    segments.length > 0 || spans.length === 0
      ? null
      : spans.every(({ endExclusive }) => endExclusive !== null && endExclusive <= window.start)
        ? "before"
        : "after";
  return { id: entry.id, segments, markers, outside };
}

/** The phases of an entry, adjoining and in order of time. */
function spansOf(entry: GanttEntry, today: PlainDate): Span[] {
  const day = (text: string | null) => (text === null ? null : parsePlainDate(text));
  const offered = day(entry.offeredSince);
  const end = day(entry.endOfSupport);
  if (end === null) {
    if (entry.state === "unknown") return [{ phase: "unknown", start: offered, endExclusive: null }];
    const from = day(entry.notKnowableFrom);
    return [
      { phase: "supported", start: offered, endExclusive: from },
      ...(from ? [{ phase: "not-knowable" as const, start: from, endExclusive: null }] : []),
    ];
  }
  const upgraded = day(entry.forcedUpgradeEndExclusive);
  const tomorrow = addDays(today, 1);
  const spans: Span[] = [];
  let from = offered;
  for (const [phase, until] of [
    ["supported", day(entry.noticeFrom) ?? day(entry.createBlockedFrom) ?? end],
    ["notice", entry.noticeFrom ? (day(entry.createBlockedFrom) ?? end) : null],
    ["create-blocked", entry.createBlockedFrom ? end : null],
    ["forced-upgrade-window", upgraded],
    ["past", entry.inUse ? tomorrow : null],
  ] as const) {
    if (until === null || (from !== null && until <= from)) continue;
    spans.push({ phase, start: from, endExclusive: until });
    from = until;
  }
  return spans;
}

function segmentOf({ phase, start, endExclusive }: Span, window: DayInterval, scale: Scale): GanttSegment[] {
  const from = start === null ? window.start : laterOf(start, window.start);
  const until = endExclusive === null ? window.endExclusive : earlierOf(endExclusive, window.endExclusive);
  if (until <= from) return [];
  const left = scale(from);
  return [
    {
      phase,
      left,
      width: Number((scale(until) - left).toFixed(3)),
      openStart: start === null || start < window.start,
      openEnd: endExclusive === null || endExclusive > window.endExclusive,
    },
  ];
}

function ticksOf({ start, endExclusive }: DayInterval, scale: Scale): GanttTick[] {
  const first = firstOfMonth(start);
  const months = Array.from({ length: 2400 }, (_, index) => addMonths(first, index)).filter(
    (day) => day >= start && day < endExclusive,
  );
  const step = STEPS.find(({ upTo }) => months.length <= upTo) ?? { grid: 12, label: 60 };
  return months
    .filter((day) => monthNumber(day) % step.grid === 0)
    .map((day) => ({ day, at: scale(day), labelled: monthNumber(day) % step.label === 0 }));
}

/** Months since year 0, so that every second year has the same label wherever the window begins. */
function monthNumber(day: PlainDate): number {
  const { year, month } = plainDateParts(day);
  return year * 12 + month - 1;
}

function firstOfMonth(day: PlainDate): PlainDate {
  const { year, month } = plainDateParts(day);
  return plainDateOf(year, month, 1);
}
