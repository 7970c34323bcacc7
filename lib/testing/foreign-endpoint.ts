import { z } from "zod";
import {
  callerIdentityXml,
  type FakeAnswer,
  type SeenRequest,
  startFakeEndpoint,
} from "@/lib/aws/testing/fake-endpoint";

/** A broker as the endpoint tells it, in wire names. What is not set is not sent. */
export interface ForeignBroker {
  brokerArn: string;
  brokerId: string;
  brokerName?: unknown;
  [attribute: string]: unknown;
}

/** What a test may change while the endpoint runs. */
export interface ForeignEndpoint {
  readonly url: string;
  readonly requests: SeenRequest[];
  /** Brokers by region; the list that `everywhere` holds is told in every region, as by an endpoint that does not look at the region. */
  readonly regions: Record<string, ForeignBroker[]>;
  /** Configuration texts by `<id>/<revision>`. */
  readonly configurations: Record<string, string>;
  /** Answers before all else; undefined leaves the request to the endpoint. */
  override: (request: SeenRequest) => FakeAnswer | undefined | Promise<FakeAnswer | undefined>;
  close(): Promise<void>;
}

/** The account that the endpoint's STS names. */
export const FOREIGN_ACCOUNT = "123456789012";

/** What servers answer for paths they do not have. */
export const NOT_FOUND_PAGE: FakeAnswer = {
  status: 404,
  headers: { "content-type": "text/html" },
  body: "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n<p>The requested URL was not found.</p>\n",
};

/**
 * An AWS-compatible endpoint as somebody else would write it: it knows ListBrokers, DescribeBroker, DescribeConfigurationRevision and
 * GetCallerIdentity, sends whole lists whatever page size is asked for, and answers everything else with a page of HTML.
 */
export async function startForeignEndpoint(): Promise<ForeignEndpoint> {
  const regions: ForeignEndpoint["regions"] = {};
  const configurations: ForeignEndpoint["configurations"] = {};
  const brokersOf = (region: string) => [...(regions[region] ?? []), ...(regions.everywhere ?? [])];
  const server = await startFakeEndpoint(async (request) => {
    const overridden = await endpoint.override(request);
    if (overridden) return overridden;
    const [, version, resource, id, , revision] = request.path.split("/");
    if (request.service === "sts" && request.target === "GetCallerIdentity") {
      return { body: callerIdentityXml(FOREIGN_ACCOUNT) };
    }
    if (request.service !== "mq" || version !== "v1") return NOT_FOUND_PAGE;
    if (resource === "brokers" && id === undefined) {
      return { body: { brokerSummaries: brokersOf(request.region).map(summaryOf) } };
    }
    if (resource === "brokers") {
      const found = brokersOf(request.region).find((broker) => broker.brokerId === decodeURIComponent(id ?? ""));
      return found ? { body: found } : notFound("broker-id", `Can't find requested broker [${id}].`);
    }
    const text = configurations[`${id}/${revision}`];
    if (resource === "configurations" && revision !== undefined) {
      return text === undefined
        ? notFound("configuration_id", `Can't find requested configuration [${id}].`)
        : { body: { configurationId: id, created: 1_700_000_000.5, data: Buffer.from(text).toString("base64") } };
    }
    return NOT_FOUND_PAGE;
  });
  const endpoint: ForeignEndpoint = {
    url: server.url,
    requests: server.requests,
    regions,
    configurations,
    override: () => undefined,
    close: () => server.close(),
  };
  return endpoint;
}

/** A broker with an ARN as AWS writes it and nothing else. */
export function bareBroker(region: string, name: string, more: Record<string, unknown> = {}): ForeignBroker {
  const brokerId = `b-${name.replace(/[^a-z0-9-]/gi, "")}`;
  return {
    brokerArn: `arn:aws:mq:${region}:${FOREIGN_ACCOUNT}:broker:${name}:${brokerId}`,
    brokerId,
    brokerName: name,
    ...more,
  };
}

function summaryOf({
  brokerArn,
  brokerId,
  brokerName,
  brokerState,
  created,
  deploymentMode,
  engineType,
  ...rest
}: ForeignBroker) {
  return {
    brokerArn,
    brokerId,
    brokerName,
    brokerState,
    created,
    deploymentMode,
    engineType,
    hostInstanceType: rest.hostInstanceType,
  };
}

function notFound(errorAttribute: string, message: string): FakeAnswer {
  return { status: 404, body: { errorAttribute, message } };
}

/** A line of the bill that stands on every day. */
export interface BillLine {
  /** Usage type, or record type. */
  key: string;
  account: string;
  amount: string;
  unit: string;
}

/**
 * An override that answers Cost Explorer: the same lines on every day since October 2026. `total` leaves out the groups, as an endpoint does that
 * ignores the grouping.
 */
export function costExplorer(bill: {
  usage?: readonly BillLine[];
  others?: readonly BillLine[];
  total?: string;
}): ForeignEndpoint["override"] {
  const { usage = [], others = [], total } = bill;
  return ({ service, target, body }) => {
    if (service !== "ce") return undefined;
    if (target === "GetDimensionValues") return { body: { DimensionValues: [{ Value: "Amazon MQ", Attributes: {} }] } };
    if (target !== "GetCostAndUsage") return { status: 400, body: { __type: "UnknownOperationException" } };
    const { TimePeriod, GroupBy } = costQuery.parse(JSON.parse(body));
    const isByUsageType = GroupBy[0]?.Key === "USAGE_TYPE";
    const lines = isByUsageType ? usage : [...usage.map((line) => ({ ...line, key: "Usage" })), ...others];
    const unit = isByUsageType ? "Hrs" : "N/A";
    return {
      body: {
        ResultsByTime: daysOf(TimePeriod.Start, TimePeriod.End).map((day) => ({
          TimePeriod: { Start: day, End: day },
          Estimated: false,
          ...(total
            ? { Total: { UnblendedCost: { Amount: total, Unit: "USD" } } }
            : { Groups: lines.map(groupOf(unit)) }),
        })),
      },
    };
  };
}

const costQuery = z.object({
  TimePeriod: z.object({ Start: z.string(), End: z.string() }),
  GroupBy: z.array(z.object({ Key: z.string() })),
});

function groupOf(usageUnit: string) {
  return ({ key, account, amount, unit }: BillLine) => {
    const cost = { Amount: amount, Unit: unit };
    const quantity = { Amount: "24", Unit: usageUnit };
    return { Keys: [key, account], Metrics: { UnblendedCost: cost, AmortizedCost: cost, UsageQuantity: quantity } };
  };
}

const DAY_MS = 86_400_000;
const FIRST_BILLED_MS = Date.UTC(2026, 9, 1);

function daysOf(start: string, endExclusive: string): string[] {
  const first = Math.max(Date.parse(start), FIRST_BILLED_MS);
  const count = Math.max(0, (Date.parse(endExclusive) - first) / DAY_MS);
  return Array.from({ length: count }, (_, index) => new Date(first + index * DAY_MS).toISOString().slice(0, 10));
}
