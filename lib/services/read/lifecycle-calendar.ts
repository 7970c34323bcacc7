import type { CutQuery } from "@/lib/contracts/common";
import { loadOwners } from "@/lib/db/owner-store";
import { AppError } from "@/lib/domain/errors";
import { NO_OWNER } from "@/lib/kpis/cut-fleet";
import { groupBy } from "@/lib/kpis/group-by";
import { type LifecycleEventKind, lifecycleEvents } from "@/lib/lifecycle/lifecycle-events";
import type { Ctx } from "@/lib/services/ctx";
import { calendarCut } from "@/lib/services/read/calendar-cut";
import { type CalendarEvent, calendarFile, calendarResponse } from "@/lib/services/read/icalendar";
import { keyLabels } from "@/lib/services/read/key-labels";
import { type LifecycleBroker, lifecycleFleet } from "@/lib/services/read/lifecycle-fleet";

/** Brokers named in an event at most: calendars cut long texts, and the page has them all. */
const NAMED = 100;

const CATEGORIES: Readonly<Record<LifecycleEventKind, string>> = {
  "notice-start": "Notice",
  "create-block-start": "Create-block",
  "end-of-support": "End of support",
  "forced-upgrade-end": "Forced upgrade",
  "no-end-date": "No end date",
};

/**
 * The life cycle of what the brokers of a cut run, as an iCalendar file: one for each owner to subscribe to. An event says which brokers it concerns.
 * A calendar token shows the cut it was made for, and no other. Errors: not-found for an owner that does not exist, forbidden.
 */
export async function lifecycleCalendar({ ctx, input: asked }: { ctx: Ctx; input: CutQuery }): Promise<Response> {
  const input = cutOf(ctx, asked);
  const [{ snapshot, brokers, entries }, owners] = await Promise.all([
    lifecycleFleet({ ctx, input }),
    ownerNames(ctx, input.owner ?? []),
  ]);
  const byEntry = groupBy(
    brokers.flatMap((broker) => [broker.lineId, broker.typeId].map((id) => ({ id, broker }))),
    ({ id }) => id,
  );
  // Two calendars in one program may hold the same day of the same line, each with brokers of its own.
  const calendarKey = Object.entries(input)
    .flatMap(([dimension, keys]) => (keys ?? []).map((key) => `${dimension}=${encodeURIComponent(key)}`))
    .join("&");
  const events = lifecycleEvents(entries.filter(({ id }) => byEntry.has(id))).map((event): CalendarEvent => {
    const concerned = byEntry.get(event.entry.id)?.map(({ broker }) => broker) ?? [];
    return {
      uid: `${event.id.replaceAll(" ", ".")}.${calendarKey || "all"}@mq-steward`,
      day: event.day,
      summary: `${event.title} (${concerned.length === 1 ? "1 broker" : `${concerned.length} brokers`})`,
      description: [
        event.sentence,
        ...(event.entry.nextLine ? [`Next line: ${event.entry.nextLine}.`] : []),
        `Source: ${event.entry.source ?? "none"}, read on ${event.entry.checkedOn ?? "an unknown day"}${event.entry.verified === false ? " (not verified)" : ""}.`,
        `Brokers as of ${snapshot.today}:`,
        ...brokerLines(concerned),
      ].join("\n"),
      categories: ["Amazon MQ", CATEGORIES[event.kind]],
    };
  });
  const whose = owners.length > 0 ? owners.join("; ") : "all brokers";
  const text = calendarFile({
    name: `Amazon MQ life cycle: ${whose}`,
    description: `End of support of the engine lines and instance types that these brokers run: ${whose}. What AWS has not announced is not in it.`,
    at: snapshot.now,
    events,
  });
  return calendarResponse("amazon-mq-life-cycle.ics", text);
}

function cutOf({ actor }: Ctx, asked: CutQuery): CutQuery {
  if (actor.kind !== "key" || actor.query === null) return asked;
  if (Object.values(asked).some((keys) => keys !== undefined)) {
    throw new AppError("forbidden", "A calendar token shows the cut it was made for: leave the other parameters out.");
  }
  return calendarCut(actor.query).cut;
}

/** How the owners of the cut are called. */
async function ownerNames(ctx: Ctx, keys: readonly string[]): Promise<string[]> {
  if (keys.length === 0) return [];
  const label = await keyLabels(ctx, "owner");
  const known = new Set((await loadOwners(ctx.db)).map((owner) => owner.key));
  const unknown = keys.find((key) => key !== NO_OWNER && !known.has(key));
  if (unknown !== undefined) throw new AppError("not-found", `There is no owner ${unknown}.`);
  return keys.map(label);
}

function brokerLines(brokers: readonly LifecycleBroker[]): string[] {
  const lines = brokers
    .map(
      ({ snapshot: { attributes, environment, accountId, region } }) =>
        `${attributes.name} (${environment.environment}, ${accountId}, ${region})`,
    )
    .sort();
  const more = lines.length - NAMED;
  return more > 0 ? [...lines.slice(0, NAMED), `and ${more} more`] : lines;
}
