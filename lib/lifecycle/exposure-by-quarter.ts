import type { DayInterval, PlainDate } from "@/lib/domain/plain-date";
import { formatQuarter, quarterBounds, quarterOf, shiftQuarter } from "@/lib/domain/quarter";

/** What exposure asks of the support of an engine line or an instance type. */
export interface SupportEnd {
  readonly state: "supported" | "ending" | "past-end-of-support" | "unknown";
  readonly endOfSupport: PlainDate | null;
  /** Set where no end date was published: from this day on nobody can know. */
  readonly notKnowableFrom: PlainDate | null;
}

export type NamedQuarter = DayInterval & { readonly name: string };

/**
 * What can be said of a quarter: `yes`: an end in it would have been announced already; `partly`: only in its first days; `no`: not at all, because AWS
 * gives 90 days notice and the quarter lies beyond them.
 */
export type Knowable = "yes" | "partly" | "no";

/** Items by when the support of what they run ends; each is in exactly one group. */
export interface Exposure<T> {
  /** Last observed too long ago for a figure. */
  readonly stale: readonly T[];
  readonly pastEndOfSupport: readonly T[];
  /** Those that are not past today and end in the quarter. */
  readonly quarters: readonly (NamedQuarter & { readonly items: readonly T[]; readonly knowable: Knowable })[];
  /** After the last of the quarters. */
  readonly later: readonly T[];
  readonly noEndPublished: readonly T[];
  readonly unknown: readonly T[];
  /** The first day on which one of those without a date could end without anybody knowing today; null where there are none. */
  readonly notKnowableFrom: PlainDate | null;
}

/** The running quarter of the fiscal year and those after it, `count` in all. */
export function quartersFrom(today: PlainDate, firstMonth: number, count: number): NamedQuarter[] {
  const running = quarterOf(today, firstMonth);
  return Array.from({ length: count }, (_, index) => {
    const quarter = shiftQuarter(running, index);
    return { ...quarterBounds(quarter), name: formatQuarter(quarter) };
  });
}

/** Sorts items by the end of support of what they run. `quarters` are adjoining, the running one first. */
export function exposureByQuarter<T>(
  items: readonly T[],
  quarters: readonly NamedQuarter[],
  read: { support: (item: T) => SupportEnd; isStale: (item: T) => boolean },
): Exposure<T> {
  const groups = {
    stale: [] as T[],
    pastEndOfSupport: [] as T[],
    later: [] as T[],
    noEndPublished: [] as T[],
    unknown: [] as T[],
  };
  const inQuarter = new Map<string, T[]>(quarters.map(({ name }) => [name, []]));
  let notKnowableFrom: PlainDate | null = null;
  for (const item of items) {
    const { state, endOfSupport, notKnowableFrom: from } = read.support(item);
    if (read.isStale(item)) groups.stale.push(item);
    else if (state === "unknown") groups.unknown.push(item);
    else if (state === "past-end-of-support") groups.pastEndOfSupport.push(item);
    else if (endOfSupport === null) {
      groups.noEndPublished.push(item);
      if (from !== null && (notKnowableFrom === null || from < notKnowableFrom)) notKnowableFrom = from;
    } else {
      const quarter = quarters.find(({ start, endExclusive }) => endOfSupport >= start && endOfSupport < endExclusive);
      (quarter ? inQuarter.get(quarter.name) : groups.later)?.push(item);
    }
  }
  return {
    ...groups,
    quarters: quarters.map((quarter) => ({
      ...quarter,
      items: inQuarter.get(quarter.name) ?? [],
      knowable: knowableOf(quarter, notKnowableFrom),
    })),
    notKnowableFrom,
  };
}

function knowableOf({ start, endExclusive }: DayInterval, notKnowableFrom: PlainDate | null): Knowable {
  if (notKnowableFrom === null || endExclusive <= notKnowableFrom) return "yes";
  return start < notKnowableFrom ? "partly" : "no";
}
