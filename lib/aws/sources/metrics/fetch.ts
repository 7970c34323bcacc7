import { GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { z } from "zod";
import type { MetricQuery } from "../../gateway";
import { type PagesRead, readPages } from "../../pages";
import { parseAnswer } from "../../parse-answer";
import type { SourceContext } from "../../source-context";
import { optionalText } from "../../wire-values";
import { MAX_POINTS, type MetricBatch } from "./plan";

const NAMESPACE = "AWS/AmazonMQ";

const answer = z.object({
  MetricDataResults: z.array(
    z.object({
      Id: z.string().min(1),
      StatusCode: optionalText,
      Timestamps: z.array(z.date()).nullish(),
      Values: z.array(z.number()).nullish(),
    }),
  ),
  NextToken: optionalText,
});

export type MetricResultAnswer = z.output<typeof answer>["MetricDataResults"][number];

/** Name of the n-th query within a request; CloudWatch wants a lower-case letter first. */
export function queryId(index: number): string {
  return `q${index}`;
}

/** All pages of one request's series. Each page asks for all its series again, and is counted so. Never rejects. */
export function fetchMetricBatch(
  { channel, counter }: SourceContext,
  region: string,
  batch: MetricBatch,
  periodSeconds: number,
): Promise<PagesRead<readonly MetricResultAnswer[]>> {
  const { queries, startMs, endExclusiveMs } = batch;
  const command = {
    StartTime: new Date(startMs),
    EndTime: new Date(endExclusiveMs),
    ScanBy: "TimestampAscending",
    MaxDatapoints: MAX_POINTS,
    MetricDataQueries: queries.map((query, index) => metricDataQuery(query, index, periodSeconds)),
  } as const;
  return readPages(async (nextToken) => {
    const page = parseAnswer(
      answer,
      await channel.call({ service: "cloudwatch", region, counter, billableUnits: queries.length }, (client) =>
        client.send(new GetMetricDataCommand({ ...command, NextToken: nextToken })),
      ),
    );
    return { page: page.MetricDataResults, nextToken: page.NextToken };
  });
}

function metricDataQuery(query: MetricQuery, index: number, periodSeconds: number) {
  return {
    Id: queryId(index),
    ReturnData: true,
    MetricStat: {
      Metric: {
        Namespace: NAMESPACE,
        MetricName: query.metric,
        Dimensions: Object.entries(query.dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: periodSeconds,
      Stat: query.stat,
    },
  };
}
