import { z } from "zod";
import { AwsError } from "../../wire/aws-error";
import { decodeToken, encodeToken } from "../../wire/page-token";
import { hourMs } from "./load";
import { fineValue, type HourValue, hourValue, type MetricSubject, retentionMs } from "./series";
import type { SubjectIndex } from "./subjects";

/** Instants come as epoch seconds (JSON) or ISO text (query protocol); numbers as text in the latter. */
const instantSchema = z.union([z.number(), z.string()]).transform((value, context) => {
  const milliseconds = typeof value === "number" ? value * 1000 : Date.parse(value);
  if (Number.isNaN(milliseconds)) context.addIssue({ code: "custom", message: "not an instant" });
  return milliseconds;
});
const countSchema = z.coerce.number().int().positive();
export const dimensionListSchema = z.array(z.object({ Name: z.string(), Value: z.string() }));

export const metricDataSchema = z.object({
  StartTime: instantSchema,
  EndTime: instantSchema,
  ScanBy: z.enum(["TimestampAscending", "TimestampDescending"]).default("TimestampDescending"),
  MaxDatapoints: countSchema.max(100_800).default(100_800),
  NextToken: z.string().optional(),
  MetricDataQueries: z
    .array(
      z.object({
        Id: z.string().regex(/^[a-z][A-Za-z0-9_]*$/),
        Label: z.string().optional(),
        Expression: z.string().optional(),
        ReturnData: z.coerce.boolean().optional(),
        MetricStat: z
          .object({
            Metric: z.object({
              Namespace: z.string(),
              MetricName: z.string(),
              Dimensions: dimensionListSchema.default([]),
            }),
            Period: countSchema,
            Stat: z.enum(["Average", "Sum", "Minimum", "Maximum", "SampleCount"]),
            Unit: z.string().optional(),
          })
          .optional(),
      }),
    )
    .min(1),
});

export type MetricDataInput = z.infer<typeof metricDataSchema>;
type Query = MetricDataInput["MetricDataQueries"][number];
type Stat = NonNullable<Query["MetricStat"]>["Stat"];

export interface MetricDataResult {
  readonly Id: string;
  readonly Label: string;
  /** Milliseconds; written as epoch seconds or ISO text. */
  readonly timestamps: number[];
  readonly values: number[];
  readonly StatusCode: "Complete" | "PartialData";
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/** One statistic over the buckets of a period; samples are one-minute samples. */
function statistic(parts: readonly { value: HourValue; samples: number }[], stat: Stat): number | undefined {
  let samples = 0;
  let sum = 0;
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  for (const part of parts) {
    samples += part.samples;
    sum += part.value.average * part.samples;
    if (part.value.minimum < minimum) minimum = part.value.minimum;
    if (part.value.maximum > maximum) maximum = part.value.maximum;
  }
  if (samples === 0) return undefined;
  switch (stat) {
    case "Average":
      return round(sum / samples);
    case "Sum":
      return round(sum);
    case "SampleCount":
      return samples;
    case "Minimum":
      return round(minimum);
    case "Maximum":
      return round(maximum);
  }
}

interface Range {
  readonly start: number;
  readonly end: number;
  readonly now: number;
  readonly anchor: number;
}

function bucketValue(
  subjects: readonly MetricSubject[],
  metric: string,
  stat: Stat,
  from: number,
  to: number,
  range: Range,
): number | undefined {
  const parts: { value: HourValue; samples: number }[] = [];
  const until = Math.min(to, range.now);
  const fine = to - from < hourMs;
  // A day long past is told from every fourth hour: 13 months of all metrics are asked for at once, and every hour of them takes a minute.
  const longPast = range.now - from > 20 * 24 * hourMs && to - from >= 24 * hourMs;
  const step = fine ? to - from : longPast ? 4 * hourMs : hourMs;
  for (let at = from; at < until; at += step) {
    for (const subject of subjects) {
      const value = fine ? fineValue(subject, metric, at, range.anchor) : hourValue(subject, metric, at, range.anchor);
      if (!value) continue;
      parts.push({ value, samples: Math.max(1, Math.round((Math.min(until, at + step, to) - at) / 60_000)) });
      break; // Brokers of one name never live at the same time.
    }
  }
  return statistic(parts, stat);
}

function points(
  subjects: readonly MetricSubject[],
  query: NonNullable<Query["MetricStat"]>,
  range: Range,
): { at: number; value: number }[] {
  const periodMs = query.Period * 1000;
  const oldest = range.now - retentionMs(query.Period);
  const result: { at: number; value: number }[] = [];
  for (let from = range.start; from < range.end && from < range.now; from += periodMs) {
    if (from < oldest) continue;
    const value = bucketValue(subjects, query.Metric.MetricName, query.Stat, from, from + periodMs, range);
    if (value !== undefined) result.push({ at: from, value });
  }
  return result;
}

/** CloudWatch rounds the start down: to minutes, to 5 minutes beyond 15 days, to hours beyond 63 days. */
function roundedStart(start: number, now: number): number {
  const age = now - start;
  const step = age < 15 * 24 * hourMs ? 60_000 : age < 63 * 24 * hourMs ? 300_000 : hourMs;
  return Math.floor(start / step) * step;
}

/** GetMetricData without its wire form. @throws AwsError for what AWS refuses. */
export function metricData(
  input: MetricDataInput,
  subjects: SubjectIndex,
  scope: { account: string; region: string; now: number; anchor: number },
): { results: MetricDataResult[]; nextToken?: string } {
  if (input.MetricDataQueries.length > 500)
    throw new AwsError(
      400,
      "ValidationError",
      "The collection MetricDataQueries must not have a size greater than 500.",
    );
  if (input.StartTime >= input.EndTime)
    throw new AwsError(400, "ValidationError", "The parameter StartTime must be less than the parameter EndTime.");
  const token = input.NextToken ? decodeToken(input.NextToken, "InvalidNextToken") : { offset: 0, page: 0 };
  let skip = token.offset ?? 0;
  let room = input.MaxDatapoints;
  const range: Range = {
    start: roundedStart(input.StartTime, scope.now),
    end: input.EndTime,
    now: scope.now,
    anchor: scope.anchor,
  };
  const results: MetricDataResult[] = [];
  let returned = 0;
  let more = false;
  for (const query of input.MetricDataQueries) {
    if (query.ReturnData === false) continue;
    const { MetricStat } = query;
    if (!MetricStat)
      throw new AwsError(400, "ValidationError", "Metric math is not played by this simulator: give a MetricStat.");
    if (MetricStat.Period >= 60 && MetricStat.Period % 60 !== 0)
      throw new AwsError(400, "ValidationError", "Period must be a multiple of 60");
    const { Metric } = MetricStat;
    const found =
      Metric.Namespace === "AWS/AmazonMQ" ? subjects.find(scope.account, scope.region, Metric.Dimensions) : [];
    const all = found.length > 0 && room > 0 ? points(found, MetricStat, range) : [];
    if (input.ScanBy === "TimestampDescending") all.reverse();
    if (room <= 0) {
      more = true;
      break;
    }
    if (skip >= all.length && skip > 0) {
      skip -= all.length;
      continue;
    }
    const part = all.slice(skip, skip + room);
    const cut = all.length - skip > part.length;
    skip = 0;
    room -= part.length;
    returned += part.length;
    results.push({
      Id: query.Id,
      Label: query.Label ?? Metric.MetricName,
      timestamps: part.map((point) => point.at),
      values: part.map((point) => point.value),
      StatusCode: cut ? "PartialData" : "Complete",
    });
    if (cut) {
      more = true;
      break;
    }
  }
  const offset = (token.offset ?? 0) + returned;
  return { results, ...(more ? { nextToken: encodeToken({ offset, page: token.page + 1 }) } : {}) };
}
