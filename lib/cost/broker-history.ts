import type { BrokerOnDay, InstanceStay } from "@/lib/cost/broker-on-day";
import { addDays, instantAtStartUtc, type PlainDate } from "@/lib/domain/plain-date";

/** A value that changed between two observations: the change happened in (possibleFrom, observedAt]. */
export interface ValueChange {
  /** undefined: not told (the value was first observed here). */
  from: string | null | undefined;
  to: string | null;
  observedAt: Date;
  /** The observation before; null when it is not known: then the change counts from `observedAt`. */
  possibleFrom: Date | null;
}

/** What is known of a broker's life, as far as its cost depends on it. Changes ascend by `observedAt`. */
export interface BrokerHistory {
  brokerKey: string;
  region: string;
  engine: string | null;
  deploymentMode: string | null;
  storageType: string | null;
  storageSizeGb: number | null;
  /** AWS's creation time, else the first observation. */
  createdAt: Date;
  firstSeenAt: Date;
  goneAt: Date | null;
  /** The last observation at which a broker now gone was still there; null when not known. */
  lastSeenAt: Date | null;
  instanceType: string | null;
  instanceTypeChanges: readonly ValueChange[];
  environment: string;
  environmentChanges: readonly ValueChange[];
  ownerKey: string | null;
  ownerChanges: readonly ValueChange[];
}

/** Environment and owner that a broker's cost of a day belongs to. */
export interface DayClassification {
  environment: string;
  ownerKey: string | null;
}

/**
 * The broker as it was during a UTC day up to `until` (the end of the day, or the instant up to which the bill was read); null when it did not
 * exist. Existence is sure between creation and the last observation; between that and the observation that it is gone it is only possible. So
 * is the instance type between two observations that differ, and before the first one.
 */
export function brokerOnDay(history: BrokerHistory, day: PlainDate, until: Date | null): BrokerOnDay | null {
  const dayStart = instantAtStartUtc(day).getTime();
  const dayEnd = instantAtStartUtc(addDays(day, 1)).getTime();
  const window: Span = { start: dayStart, end: Math.max(dayStart, Math.min(dayEnd, until?.getTime() ?? dayEnd)) };

  const lifeEnd = history.goneAt?.getTime() ?? Number.POSITIVE_INFINITY;
  const sureEnd = history.goneAt ? Math.min(lifeEnd, history.lastSeenAt?.getTime() ?? lifeEnd) : lifeEnd;
  const existingMs = overlap(window, { start: history.createdAt.getTime(), end: lifeEnd });
  if (existingMs === 0) return null;

  const stays: InstanceStay[] = [];
  for (const stay of staysOf(history, lifeEnd)) {
    const sure = stay.certain ? overlap(window, { start: stay.start, end: Math.min(stay.end, sureEnd) }) : 0;
    const all = overlap(window, stay);
    if (all > 0) stays.push({ instanceType: stay.instanceType, sureMs: sure, possibleMs: all - sure });
  }
  return {
    brokerKey: history.brokerKey,
    region: history.region,
    engine: history.engine,
    deploymentMode: history.deploymentMode,
    storageType: history.storageType,
    existingMs,
    surelyExistingMs: overlap(window, { start: history.createdAt.getTime(), end: sureEnd }),
    stays: mergeStays(stays),
    storageSizeGb: history.storageSizeGb,
  };
}

/** Environment and owner at the end of a day; before the first known change, what it changed from. */
export function classificationOn(history: BrokerHistory, day: PlainDate): DayClassification {
  const dayEnd = instantAtStartUtc(addDays(day, 1)).getTime();
  return {
    environment: valueBefore(history.environmentChanges, dayEnd, history.environment) ?? history.environment,
    ownerKey: valueBefore(history.ownerChanges, dayEnd, history.ownerKey),
  };
}

/**
 * Whether the broker was there all the time between two instants, surely, and nothing that its cost depends on changed: then it is the same on
 * each whole day in between. Most brokers are, in most months.
 */
export function isSteady(history: BrokerHistory, start: Date, end: Date): boolean {
  if (history.createdAt > start || history.firstSeenAt > start) return false;
  if (history.goneAt && (history.goneAt < end || (history.lastSeenAt ?? end) < end)) return false;
  const moves = (change: ValueChange) => change.observedAt > start && (change.possibleFrom ?? change.observedAt) < end;
  const falls = (change: ValueChange) => change.observedAt >= start && change.observedAt < end;
  return (
    !history.instanceTypeChanges.some(moves) &&
    !history.environmentChanges.some(falls) &&
    !history.ownerChanges.some(falls)
  );
}

interface Span {
  start: number;
  end: number;
}

interface TypeStay extends Span {
  instanceType: string | null;
  certain: boolean;
}

function staysOf(history: BrokerHistory, lifeEnd: number): TypeStay[] {
  const stays: TypeStay[] = [];
  const firstSeen = history.firstSeenAt.getTime();
  const add = (instanceType: string | null, start: number, end: number, certain: boolean) => {
    // Before the first observation the type is an assumption: the broker may have been resized without anybody looking.
    if (start < firstSeen) {
      stays.push({ instanceType, start, end: Math.min(end, firstSeen), certain: false });
      if (end > firstSeen) stays.push({ instanceType, start: firstSeen, end, certain });
    } else if (end > start) stays.push({ instanceType, start, end, certain });
  };
  let start = history.createdAt.getTime();
  let type = history.instanceTypeChanges[0]?.from ?? history.instanceType;
  for (const change of history.instanceTypeChanges) {
    const at = change.observedAt.getTime();
    const possibleFrom = Math.max(start, Math.min(at, change.possibleFrom?.getTime() ?? at));
    add(type, start, possibleFrom, true);
    add(type, possibleFrom, at, false);
    add(change.to, possibleFrom, at, false);
    start = Math.max(start, at);
    type = change.to;
  }
  add(type, start, lifeEnd, true);
  return stays;
}

function mergeStays(stays: readonly InstanceStay[]): InstanceStay[] {
  const merged = new Map<string | null, InstanceStay>();
  for (const stay of stays) {
    const known = merged.get(stay.instanceType);
    merged.set(stay.instanceType, {
      instanceType: stay.instanceType,
      sureMs: stay.sureMs + (known?.sureMs ?? 0),
      possibleMs: stay.possibleMs + (known?.possibleMs ?? 0),
    });
  }
  return [...merged.values()];
}

function valueBefore(changes: readonly ValueChange[], end: number, current: string | null): string | null {
  const first = changes[0];
  if (!first) return current;
  let value = first.from === undefined ? first.to : first.from;
  for (const change of changes) {
    if (change.observedAt.getTime() >= end) break;
    value = change.to;
  }
  return value;
}

function overlap(a: Span, b: Span): number {
  return Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start));
}
