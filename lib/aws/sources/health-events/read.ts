import type { SourceResult } from "@/lib/domain/sync";
import type { HealthEventRead } from "../../gateway";
import { instantText } from "../../normalize-values";
import type { SourceContext } from "../../source-context";
import { completeResult, failedResult } from "../../source-result";
import { EVENTS_PER_REQUEST, fetchAffectedEntities, fetchHealthEvents, type HealthEventAnswer } from "./fetch";

/**
 * What AWS Health says of the account's brokers and was changed since, with what each event is about; all or nothing. Without a support plan that has
 * the API (Business, Enterprise On-Ramp, Enterprise) it is unsupported. `region` is that of the Health API, not of the events.
 */
export async function readHealthEvents(
  context: SourceContext,
  region: string,
  since: Date,
): Promise<SourceResult<HealthEventRead>> {
  const { pages, stoppedBy } = await fetchHealthEvents(context, region, since);
  if (stoppedBy !== null) return failedResult(await context.failureOf(stoppedBy, "health", region));
  // An endpoint may not know the filter.
  const events = pages.flat().filter(({ service }) => service === "MQ");
  const entities = new Map<string, string[]>();
  for (let start = 0; start < events.length; start += EVENTS_PER_REQUEST) {
    const arns = events.slice(start, start + EVENTS_PER_REQUEST).map(({ arn }) => arn);
    const read = await fetchAffectedEntities(context, region, arns);
    if (read.stoppedBy !== null) return failedResult(await context.failureOf(read.stoppedBy, "health", region));
    for (const { eventArn, entityValue } of read.pages.flat())
      entities.set(eventArn, [...(entities.get(eventArn) ?? []), entityValue]);
  }
  return completeResult(events.map((event) => normalize(event, entities.get(event.arn) ?? [])));
}

function normalize(event: HealthEventAnswer, entities: readonly string[]): HealthEventRead {
  return {
    arn: event.arn,
    typeCode: event.eventTypeCode,
    category: event.eventTypeCategory,
    region: event.region ?? null,
    startAt: instantOf(event.startTime),
    endAt: instantOf(event.endTime),
    updatedAt: instantOf(event.lastUpdatedTime),
    status: event.statusCode ?? null,
    entities: [...new Set(entities)].sort(),
  };
}

function instantOf(time: number | string | null | undefined): Date | null {
  const text = time === null || time === undefined ? null : instantText(time);
  return text ? new Date(text) : null;
}
