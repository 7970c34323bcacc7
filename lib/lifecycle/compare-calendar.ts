import { addDays, type PlainDate } from "@/lib/domain/plain-date";
import { CREATE_BLOCK_DAYS } from "./support-status";

/** The sides of one row of the support calendar. */
export interface CalendarSides {
  readonly inForce: { readonly endOfSupport: PlainDate | null; readonly creatable: boolean } | null;
  readonly shipped: { readonly endOfSupport: PlainDate | null; readonly verified: boolean } | null;
  readonly overridden: boolean;
  /** Null: the loaded source does not list the row. Undefined: none was loaded. */
  readonly published: { readonly endOfSupport: PlainDate | null; readonly ended: boolean } | null | undefined;
  /** Regions that offer it live. Undefined: AWS was not asked. */
  readonly liveRegions: number | undefined;
}

/** Where the sides of a row disagree on day `on`, each as a sentence; none when all that is known agrees. Nothing is decided here. */
export function calendarDifferences(sides: CalendarSides, on: PlainDate): string[] {
  return [ofOverride(sides), ofPublished(sides, on), ofLive(sides, on)].flatMap((sentence) => sentence ?? []);
}

function ofOverride({ inForce, shipped, overridden }: CalendarSides): string | null {
  if (!overridden || !inForce) return null;
  if (!shipped) return `The override says ${said(inForce.endOfSupport)}; the shipped calendar lacks the row.`;
  if (inForce.endOfSupport === shipped.endOfSupport) return null;
  return `The override says ${said(inForce.endOfSupport)}, the shipped row ${said(shipped.endOfSupport)}.`;
}

function ofPublished({ inForce, published }: CalendarSides, on: PlainDate): string | null {
  if (published === undefined) return null;
  if (published === null) return inForce ? "The published source does not list it." : null;
  if (!inForce) return `Only the published source has it: ${said(published.endOfSupport)}.`;
  const { endOfSupport } = inForce;
  if (published.ended && published.endOfSupport === null) {
    return endOfSupport !== null && endOfSupport <= on
      ? null
      : `The published source says that support has ended, without a day; in force is ${said(endOfSupport)}.`;
  }
  return published.endOfSupport === endOfSupport
    ? null
    : `The published source says ${said(published.endOfSupport)}, in force is ${said(endOfSupport)}.`;
}

function ofLive({ inForce, liveRegions }: CalendarSides, on: PlainDate): string | null {
  if (liveRegions === undefined) return null;
  const offered = liveRegions > 0;
  if (!inForce) return offered ? "AWS offers it, and the calendar lacks it." : null;
  const { endOfSupport, creatable } = inForce;
  const expected = endOfSupport ? on < addDays(endOfSupport, -CREATE_BLOCK_DAYS) && creatable : creatable;
  if (offered === expected) return null;
  return offered
    ? "AWS offers it for new brokers; by the calendar it should not."
    : "AWS does not offer it for new brokers in any region that was read; by the calendar it should.";
}

const said = (day: PlainDate | null) => (day === null ? "no end of support announced" : `end of support on ${day}`);
