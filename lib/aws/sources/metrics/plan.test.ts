import { describe, expect, it } from "vitest";
import type { MetricQuery } from "../../gateway";
import { MAX_POINTS, MAX_QUERIES, planBatches } from "./plan";

const DAY = 86_400_000;
const queries = (count: number): MetricQuery[] =>
  Array.from({ length: count }, (_, index) => ({
    brokerArn: `arn:${index}`,
    metric: "CpuUtilization",
    stat: "Average",
    dimensions: { Broker: `b-${index}` },
  }));

describe("cutting metrics into requests", () => {
  it.each([
    [1, 1, 86_400],
    [500, 10, 86_400],
    [501, 10, 86_400],
    [1_200, 15, 3_600],
    [3, 400, 60],
    [700, 455, 3_600],
  ])("%i series over %i days at %i s: within both limits, everything once", (count, days, period) => {
    const [start, end] = [1_000 * DAY, (1_000 + days) * DAY];
    const asked = queries(count);
    const batches = planBatches(asked, start, end, period);
    const covered = new Map<MetricQuery, number>();
    for (const batch of batches) {
      const points = (batch.endExclusiveMs - batch.startMs) / (period * 1000) + 1;
      expect(batch.queries.length).toBeLessThanOrEqual(MAX_QUERIES);
      expect(batch.queries.length * points).toBeLessThanOrEqual(MAX_POINTS);
      for (const query of batch.queries) {
        covered.set(query, (covered.get(query) ?? 0) + batch.endExclusiveMs - batch.startMs);
      }
    }
    expect(covered.size).toBe(count);
    for (const length of covered.values()) expect(length).toBe(end - start);
  });

  it("keeps a series in one request as long as its points fit", () => {
    expect(planBatches(queries(12), 0, 395 * DAY, 86_400)).toHaveLength(1);
    expect(planBatches(queries(500), 0, DAY, 3_600)).toHaveLength(1);
  });

  it("asks nothing for nothing", () => {
    expect(planBatches([], 0, DAY, 60)).toEqual([]);
    expect(planBatches(queries(3), DAY, DAY, 60)).toEqual([]);
  });
});
