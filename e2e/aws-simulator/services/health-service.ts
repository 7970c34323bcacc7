import { z } from "zod";
import type { Broker, BrokerEvent } from "../organisation/model";
import { dayMs, uuidOf } from "../organisation/seeded";
import { AwsError } from "../wire/aws-error";
import { decodeToken, encodeToken, pageOf } from "../wire/page-token";
import { amzJson, type Reply } from "../wire/reply";
import type { IncomingCall, MatchedCall, Service, ServiceContext } from "./service";

const paging = { maxResults: z.number().int().min(10).max(100).default(10), nextToken: z.string().optional() };
const eventsInput = z.object({
  filter: z
    .object({
      services: z.array(z.string()).optional(),
      lastUpdatedTimes: z.array(z.object({ from: z.number().optional(), to: z.number().optional() })).optional(),
    })
    .optional(),
  ...paging,
});
const entitiesInput = z.object({
  filter: z.object({ eventArns: z.array(z.string()).min(1).max(10) }),
  ...paging,
});

const keptMs = 90 * dayMs;

interface Notice {
  readonly arn: string;
  readonly at: number;
  readonly broker: Broker;
}

/** What AWS did by itself to a broker's version, announced when it was done. */
function noticesOf(broker: Broker): Notice[] {
  return broker.events
    .filter(({ note, patch }: BrokerEvent) => note.startsWith("AWS ") && patch.engineVersion !== undefined)
    .map(({ at }) => ({
      arn: `arn:aws:health:${broker.region}::event/MQ/AWS_MQ_SCHEDULED_UPGRADE/${uuidOf(`health/${broker.id}/${at}`)}`,
      at,
      broker,
    }));
}

function read<T extends z.ZodType>(schema: T, call: IncomingCall): z.output<T> {
  let value: unknown;
  try {
    value = JSON.parse(call.body || "{}");
  } catch {
    throw new AwsError(400, "SerializationException", "Could not parse the request body");
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new AwsError(400, "ValidationException", z.prettifyError(parsed.error));
  return parsed.data;
}

function pageReply<T>(
  name: string,
  found: readonly T[],
  { maxResults, nextToken }: { maxResults: number; nextToken?: string },
  json: (item: T) => unknown,
): Reply {
  const { offset = 0, page } = nextToken ? decodeToken(nextToken, "InvalidPaginationToken") : { offset: 0, page: 0 };
  const end = offset + maxResults;
  return amzJson("json-1.1", {
    [name]: found.slice(offset, end).map(json),
    nextToken: end < found.length ? encodeToken({ offset: end, page: page + 1 }) : undefined,
  });
}

function noticesOfAccount(call: IncomingCall, { fleet }: ServiceContext): Notice[] {
  return [...fleet.allBrokers()]
    .filter(({ account }) => account === call.account.id)
    .flatMap(noticesOf)
    .filter(({ at }) => at <= call.now && at >= call.now - keptMs)
    .sort((a, b) => b.at - a.at || (a.arn < b.arn ? -1 : 1));
}

function describeEvents(call: IncomingCall, context: ServiceContext): Reply {
  const input = read(eventsInput, call);
  const since = Math.min(...(input.filter?.lastUpdatedTimes ?? []).map(({ from }) => (from ?? 0) * 1000));
  const asked = input.filter?.services?.includes("MQ") ?? true;
  const found = noticesOfAccount(call, context).filter(({ at }) => asked && (!Number.isFinite(since) || at >= since));
  return pageReply("events", found, input, ({ arn, at, broker }) => ({
    arn,
    service: "MQ",
    eventTypeCode: "AWS_MQ_SCHEDULED_UPGRADE",
    eventTypeCategory: "scheduledChange",
    region: broker.region,
    startTime: at / 1000,
    endTime: at / 1000 + 1_800,
    lastUpdatedTime: at / 1000,
    statusCode: "closed",
    eventScopeCode: "ACCOUNT_SPECIFIC",
  }));
}

function describeAffectedEntities(call: IncomingCall, context: ServiceContext): Reply {
  const input = read(entitiesInput, call);
  const arns = new Set(input.filter.eventArns);
  const found = noticesOfAccount(call, context).filter(({ arn }) => arns.has(arn));
  return pageReply("entities", found, input, ({ arn, broker }) => ({
    entityArn: `${arn}/entity`,
    eventArn: arn,
    entityValue: broker.arn,
    awsAccountId: broker.account,
    statusCode: "RESOLVED",
  }));
}

const operations = { DescribeEvents: describeEvents, DescribeAffectedEntities: describeAffectedEntities } as const;

/** AWS Health, JSON 1.1: what AWS announces about brokers. Fault `SubscriptionRequiredException` is an account without the support plan. */
export function healthService(context: ServiceContext): Service {
  return {
    id: "health",
    protocolOf: () => "json-1.1",
    match: (call): MatchedCall | undefined => {
      const name = call.target?.split(".").at(-1);
      const operation = name === "DescribeEvents" || name === "DescribeAffectedEntities" ? name : undefined;
      if (!operation) return undefined;
      const token = /"nextToken"\s*:\s*"([^"]+)"/.exec(call.body)?.[1];
      return {
        operation,
        protocol: "json-1.1",
        page: pageOf(token),
        answer: () => operations[operation](call, context),
      };
    },
  };
}
