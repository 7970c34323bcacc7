import { z } from "zod";
import { attributesAt, existsAt } from "../../organisation/model";
import { dayMs, dayStart } from "../../organisation/seeded";
import { AwsError } from "../../wire/aws-error";
import { readForm } from "../../wire/form";
import { decodeToken, encodeToken, pageOf } from "../../wire/page-token";
import { amzJson, type Reply, type WireProtocol } from "../../wire/reply";
import { toXml } from "../../wire/xml";
import type { IncomingCall, MatchedCall, Service, ServiceContext } from "../service";
import { metricData, metricDataSchema } from "./metric-data";
import { metricNamesOf } from "./series";
import { dimensionsOf, SubjectIndex, subjectsOf } from "./subjects";

const listSchema = z.object({
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.string().optional() })).default([]),
  NextToken: z.string().optional(),
});

type Protocol = "json-1.0" | "query";

function protocolOf(call: IncomingCall): WireProtocol {
  return call.target ? "json-1.0" : "query";
}

function input<T>(schema: z.ZodType<T>, call: IncomingCall): T {
  let value: unknown;
  try {
    value = protocolOf(call) === "query" ? readForm(call.body) : JSON.parse(call.body || "{}");
  } catch {
    throw new AwsError(400, "SerializationException", "Could not parse the request body");
  }
  const result = schema.safeParse(value);
  if (!result.success) throw new AwsError(400, "ValidationError", z.prettifyError(result.error));
  return result.data;
}

function reply(operation: string, value: Record<string, unknown>, protocol: Protocol, requestId: string): Reply {
  if (protocol === "json-1.0") return amzJson(protocol, value);
  const body =
    `<${operation}Response xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/">${toXml(`${operation}Result`, value)}` +
    `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`;
  return { status: 200, contentType: "text/xml", headers: {}, body };
}

function getMetricData(call: IncomingCall, context: ServiceContext, subjects: SubjectIndex, protocol: Protocol): Reply {
  const { results, nextToken } = metricData(input(metricDataSchema, call), subjects, {
    account: call.account.id,
    region: call.region,
    now: call.now,
    anchor: dayStart(context.fleet.organisation.anchor),
  });
  const timestamp = (at: number) => (protocol === "query" ? new Date(at).toISOString() : at / 1000);
  const MetricDataResults = results.map(({ Id, Label, timestamps, values, StatusCode }) => ({
    Id,
    Label,
    Timestamps: timestamps.map(timestamp),
    Values: values,
    StatusCode,
  }));
  return reply("GetMetricData", { MetricDataResults, Messages: [], NextToken: nextToken }, protocol, call.requestId);
}

/** Metrics with data in the last two weeks, 500 per page. */
function listMetrics(call: IncomingCall, context: ServiceContext, protocol: Protocol): Reply {
  const asked = input(listSchema, call);
  const metrics: unknown[] = [];
  const inNamespace = asked.Namespace === undefined || asked.Namespace === "AWS/AmazonMQ";
  for (const broker of inNamespace ? context.fleet.brokersOfScope(call.account.id, call.region) : []) {
    const lastSign = Math.min(call.now, (broker.deletedAt ?? Number.POSITIVE_INFINITY) - 1);
    if (lastSign < call.now - 14 * dayMs || !existsAt(broker, lastSign)) continue;
    for (const subject of subjectsOf(broker)) {
      const dimensions = dimensionsOf(subject);
      const fits = asked.Dimensions.every(({ Name, Value }) =>
        dimensions.some((dimension) => dimension.Name === Name && (Value === undefined || dimension.Value === Value)),
      );
      if (!fits) continue;
      for (const MetricName of metricNamesOf(subject, attributesAt(broker, lastSign))) {
        if (asked.MetricName === undefined || asked.MetricName === MetricName) {
          metrics.push({ Namespace: "AWS/AmazonMQ", MetricName, Dimensions: dimensions });
        }
      }
    }
  }
  const token = asked.NextToken ? decodeToken(asked.NextToken, "InvalidNextToken") : { offset: 0, page: 0 };
  const offset = token.offset ?? 0;
  const NextToken =
    offset + 500 < metrics.length ? encodeToken({ offset: offset + 500, page: token.page + 1 }) : undefined;
  return reply("ListMetrics", { Metrics: metrics.slice(offset, offset + 500), NextToken }, protocol, call.requestId);
}

/** CloudWatch, JSON 1.0 (what the SDK for JavaScript speaks) and the older query protocol: GetMetricData and ListMetrics. */
export function cloudWatchService(context: ServiceContext): Service {
  const subjects = new SubjectIndex(context.fleet);
  return {
    id: "monitoring",
    protocolOf,
    match: (call): MatchedCall | undefined => {
      const protocol: Protocol = call.target ? "json-1.0" : "query";
      const operation =
        call.target?.split(".").at(-1) ?? new URLSearchParams(call.body).get("Action") ?? call.search.get("Action");
      const token = call.target
        ? /"NextToken"\s*:\s*"([^"]+)"/.exec(call.body)?.[1]
        : (new URLSearchParams(call.body).get("NextToken") ?? undefined);
      const common = { protocol, page: pageOf(token) };
      if (operation === "GetMetricData") {
        return { ...common, operation, answer: () => getMetricData(call, context, subjects, protocol) };
      }
      if (operation === "ListMetrics")
        return { ...common, operation, answer: () => listMetrics(call, context, protocol) };
      return undefined;
    },
  };
}
