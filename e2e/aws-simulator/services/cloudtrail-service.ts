import { z } from "zod";
import { dayMs } from "../organisation/seeded";
import { type TrailEvent, trailOf } from "../organisation/trail";
import { AwsError } from "../wire/aws-error";
import { decodeToken, encodeToken, pageOf } from "../wire/page-token";
import { amzJson, type Reply } from "../wire/reply";
import type { IncomingCall, MatchedCall, Service, ServiceContext } from "./service";

const inputSchema = z.object({
  LookupAttributes: z
    .array(
      z.object({
        AttributeKey: z.enum([
          "EventId",
          "EventName",
          "ReadOnly",
          "Username",
          "ResourceType",
          "ResourceName",
          "EventSource",
          "AccessKeyId",
        ]),
        AttributeValue: z.string(),
      }),
    )
    .max(1)
    .default([]),
  StartTime: z.number().optional(),
  EndTime: z.number().optional(),
  MaxResults: z.number().int().min(1).max(50).default(50),
  NextToken: z.string().optional(),
});

/** Events of the last 90 days are kept. */
const keptMs = 90 * dayMs;

function inputOf(call: IncomingCall): z.infer<typeof inputSchema> {
  let value: unknown;
  try {
    value = JSON.parse(call.body || "{}");
  } catch {
    throw new AwsError(400, "SerializationException", "Could not parse the request body");
  }
  const parsed = inputSchema.safeParse(value);
  if (!parsed.success) throw new AwsError(400, "InvalidLookupAttributesException", z.prettifyError(parsed.error));
  return parsed.data;
}

function matches(event: TrailEvent, key: string, value: string): boolean {
  switch (key) {
    case "EventName":
      return event.name === value;
    case "EventId":
      return event.id === value;
    case "Username":
      return event.actor.username === value;
    case "ResourceName":
      return event.broker.id === value || event.broker.name === value;
    case "EventSource":
      return value === "amazonmq.amazonaws.com";
    case "ReadOnly":
      return value === "false";
    default:
      return false;
  }
}

function eventJson({ id, at, name, actor, broker, parameters }: TrailEvent): unknown {
  const created = name === "CreateBroker" ? { brokerId: broker.id, brokerArn: broker.arn } : null;
  return {
    EventId: id,
    EventName: name,
    ReadOnly: "false",
    EventTime: at / 1000,
    EventSource: "amazonmq.amazonaws.com",
    Username: actor.username,
    Resources: [],
    CloudTrailEvent: JSON.stringify({
      eventVersion: "1.11",
      userIdentity: { type: "AssumedRole", arn: actor.arn, accountId: broker.account },
      eventTime: `${new Date(at).toISOString().slice(0, 19)}Z`,
      eventSource: "amazonmq.amazonaws.com",
      eventName: name,
      awsRegion: broker.region,
      sourceIPAddress: "198.51.100.7",
      userAgent: actor.username === "terraform" ? "APN/1.0 HashiCorp/1.0 Terraform" : "console.amazonaws.com",
      requestParameters: parameters,
      responseElements: created,
      eventID: id,
      readOnly: false,
      eventType: "AwsApiCall",
      managementEvent: true,
      recipientAccountId: broker.account,
    }),
  };
}

function lookupEvents(call: IncomingCall, { fleet }: ServiceContext): Reply {
  const input = inputOf(call);
  const from = Math.max((input.StartTime ?? 0) * 1000, call.now - keptMs);
  const until = Math.min((input.EndTime ?? Number.POSITIVE_INFINITY) * 1000, call.now);
  const found = fleet
    .brokersOfScope(call.account.id, call.region)
    .flatMap(trailOf)
    .filter(({ at }) => from <= at && at <= until)
    .filter((event) => input.LookupAttributes.every((each) => matches(event, each.AttributeKey, each.AttributeValue)))
    // Newest first, as AWS.
    .sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));
  const { offset = 0, page } = input.NextToken
    ? decodeToken(input.NextToken, "InvalidNextTokenException")
    : { offset: 0, page: 0 };
  const end = offset + input.MaxResults;
  return amzJson("json-1.1", {
    Events: found.slice(offset, end).map(eventJson),
    NextToken: end < found.length ? encodeToken({ offset: end, page: page + 1 }) : undefined,
  });
}

/** CloudTrail, JSON 1.1: the event history of the last 90 days, as far as it is about brokers. */
export function cloudTrailService(context: ServiceContext): Service {
  return {
    id: "cloudtrail",
    protocolOf: () => "json-1.1",
    match: (call): MatchedCall | undefined => {
      if (call.target?.split(".").at(-1) !== "LookupEvents") return undefined;
      const token = /"NextToken"\s*:\s*"([^"]+)"/.exec(call.body)?.[1];
      return {
        operation: "LookupEvents",
        protocol: "json-1.1",
        page: pageOf(token),
        answer: () => lookupEvents(call, context),
      };
    },
  };
}
