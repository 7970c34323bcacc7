import { z } from "zod";
import { type PagesRead, readPages } from "../../pages";
import { parseAnswer } from "../../parse-answer";
import type { SourceContext } from "../../source-context";
import { wireOperation } from "../../wire-services";
import { optionalText } from "../../wire-values";

export const DESCRIBE_EVENTS = wireOperation("health:DescribeEvents");
export const DESCRIBE_AFFECTED_ENTITIES = wireOperation("health:DescribeAffectedEntities");

/** Largest page both operations give. */
const PAGE_SIZE = 100;
/** Most events whose entities can be asked for at once (AWS Health API reference). */
export const EVENTS_PER_REQUEST = 10;

/** Seconds since 1970. */
const time = z.union([z.number(), z.string()]).nullish();

export const eventsAnswer = z.object({
  events: z
    .array(
      z.object({
        arn: z.string().min(1),
        service: optionalText,
        eventTypeCode: z.string().min(1),
        eventTypeCategory: z.string().min(1),
        region: optionalText,
        startTime: time,
        endTime: time,
        lastUpdatedTime: time,
        statusCode: optionalText,
      }),
    )
    .nullish(),
  nextToken: optionalText,
});

const entitiesAnswer = z.object({
  entities: z.array(z.object({ eventArn: z.string().min(1), entityValue: z.string().min(1) })).nullish(),
  nextToken: optionalText,
});

export type HealthEventAnswer = NonNullable<z.output<typeof eventsAnswer>["events"]>[number];
export type AffectedEntityAnswer = NonNullable<z.output<typeof entitiesAnswer>["entities"]>[number];

/** What DescribeEvents is asked: events about Amazon MQ that were changed since. */
export function eventsInput(since: Date, pageSize: number = PAGE_SIZE) {
  return {
    filter: { services: ["MQ"], lastUpdatedTimes: [{ from: Math.floor(since.getTime() / 1000) }] },
    maxResults: pageSize,
  };
}

/** All pages of the account's events about Amazon MQ. Never rejects. */
export function fetchHealthEvents(
  { channel, counter }: SourceContext,
  region: string,
  since: Date,
): Promise<PagesRead<readonly HealthEventAnswer[]>> {
  return readPages(async (nextToken) => {
    const page = parseAnswer(
      eventsAnswer,
      await channel.call({ service: "health", region, counter }, (client) =>
        client.send(DESCRIBE_EVENTS, { ...eventsInput(since), nextToken }),
      ),
    );
    return { page: page.events ?? [], nextToken: page.nextToken };
  });
}

/** All pages of what a few events are about. Never rejects. */
export function fetchAffectedEntities(
  { channel, counter }: SourceContext,
  region: string,
  eventArns: readonly string[],
): Promise<PagesRead<readonly AffectedEntityAnswer[]>> {
  return readPages(async (nextToken) => {
    const page = parseAnswer(
      entitiesAnswer,
      await channel.call({ service: "health", region, counter }, (client) =>
        client.send(DESCRIBE_AFFECTED_ENTITIES, { filter: { eventArns }, maxResults: PAGE_SIZE, nextToken }),
      ),
    );
    return { page: page.entities ?? [], nextToken: page.nextToken };
  });
}
