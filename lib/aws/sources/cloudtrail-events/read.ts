import type { SourceResult } from "@/lib/domain/sync";
import type { AwsFailure } from "../../failure";
import type { BrokerEventRead } from "../../gateway";
import type { SourceContext } from "../../source-context";
import { resultOf } from "../../source-result";
import { fetchEvents } from "./fetch";
import { normalizeEvent } from "./normalize";

/**
 * Events that change a broker. Asked for by name and not by source: the product's own reads are events of Amazon MQ too, many times more than
 * these, and LookupEvents takes one condition at a time.
 */
export const EVENT_NAMES = [
  "CreateBroker",
  "UpdateBroker",
  "RebootBroker",
  "DeleteBroker",
  "Promote",
  "UpdateConfiguration",
  "CreateUser",
  "UpdateUser",
  "DeleteUser",
] as const;

/** Events of [start, end], each once, oldest first. A name that failed is in `failures`. */
export async function readEvents(
  context: SourceContext,
  region: string,
  start: Date,
  end: Date,
): Promise<SourceResult<BrokerEventRead>> {
  const events = new Map<string, BrokerEventRead>();
  const failed: { item: string; failure: AwsFailure }[] = [];
  let stoppedBy: AwsFailure | null = null;
  for (const name of EVENT_NAMES) {
    if (stoppedBy) {
      failed.push({ item: name, failure: stoppedBy });
      continue;
    }
    const read = await fetchEvents(context, region, name, start, end);
    for (const answer of read.pages.flat()) {
      const event = normalizeEvent(answer);
      if (event) events.set(event.eventId, event);
    }
    if (read.stoppedBy === null) continue;
    const failure = await context.failureOf(read.stoppedBy, "cloudtrail", region);
    failed.push({ item: name, failure });
    // Whatever the name, the next request would fail the same way.
    stoppedBy = failure;
  }
  const items = [...events.values()].sort(
    (a, b) => a.at.getTime() - b.at.getTime() || (a.eventId < b.eventId ? -1 : 1),
  );
  const result = resultOf(items, failed);
  // A quiet region that could be read in part has no items, and is partial all the same.
  return failed.length > 0 && failed.length < EVENT_NAMES.length ? { ...result, status: "partial" } : result;
}
