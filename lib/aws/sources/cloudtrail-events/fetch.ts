import { z } from "zod";
import { type PagesRead, readPages } from "../../pages";
import { parseAnswer } from "../../parse-answer";
import type { SourceContext } from "../../source-context";
import { wireOperation } from "../../wire-services";
import { optionalText } from "../../wire-values";

export const LOOKUP_EVENTS = wireOperation("cloudtrail:LookupEvents");

/** Largest page the API gives. */
const PAGE_SIZE = 50;

export const eventsAnswer = z.object({
  Events: z
    .array(
      z.object({
        EventId: z.string().min(1),
        EventName: z.string().min(1),
        EventSource: optionalText,
        /** Seconds since 1970. */
        EventTime: z.union([z.number(), z.string()]),
        Username: optionalText,
        /** The whole event as JSON text. */
        CloudTrailEvent: optionalText,
      }),
    )
    .nullish(),
  NextToken: optionalText,
});

export type EventAnswer = NonNullable<z.output<typeof eventsAnswer>["Events"]>[number];

/** What LookupEvents is asked: one event name, [start, end]. It takes one attribute at a time. */
export function lookupInput(eventName: string, start: Date, end: Date) {
  return {
    LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: eventName }],
    StartTime: Math.floor(start.getTime() / 1000),
    EndTime: Math.floor(end.getTime() / 1000),
    MaxResults: PAGE_SIZE,
  };
}

/** All pages of the events of a name. Never rejects. */
export function fetchEvents(
  { channel, counter }: SourceContext,
  region: string,
  eventName: string,
  start: Date,
  end: Date,
): Promise<PagesRead<readonly EventAnswer[]>> {
  return readPages(async (NextToken) => {
    const page = parseAnswer(
      eventsAnswer,
      await channel.call({ service: "cloudtrail", region, counter }, (client) =>
        client.send(LOOKUP_EVENTS, { ...lookupInput(eventName, start, end), NextToken }),
      ),
    );
    return { page: page.Events ?? [], nextToken: page.NextToken };
  });
}
