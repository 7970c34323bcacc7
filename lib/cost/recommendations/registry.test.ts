import { readdirSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { RECOMMENDATION_METRICS } from "@/lib/cost/recommendations/recommendation-metrics";
import { RECOMMENDATION_KIND_DEFINITIONS } from "@/lib/cost/recommendations/registry";
import { RECOMMENDATION_THRESHOLDS } from "@/lib/cost/recommendations/thresholds";
import { RECOMMENDATION_KINDS } from "@/lib/domain/recommendation";
import { defaultMetrics } from "@/lib/reference/metrics";

it("lists every kind of the domain, each in a file of its name with a test beside it", () => {
  expect(RECOMMENDATION_KIND_DEFINITIONS.map(({ id }) => id)).toEqual([...RECOMMENDATION_KINDS]);
  const files = readdirSync(dirname(fileURLToPath(import.meta.url)));
  for (const kind of RECOMMENDATION_KINDS)
    expect(files).toEqual(expect.arrayContaining([`${kind}.ts`, `${kind}.test.ts`]));
});

it("asks CloudWatch for nothing that is not read anyway", () => {
  const read = new Set([...defaultMetrics("ACTIVEMQ"), ...defaultMetrics("RABBITMQ")].map(({ name }) => name));
  expect(RECOMMENDATION_METRICS.filter((name) => !read.has(name))).toEqual([]);
});

it("explains every kind and every threshold", () => {
  for (const { definition } of RECOMMENDATION_KIND_DEFINITIONS) expect(definition.length).toBeGreaterThan(80);
  for (const { reason, value } of Object.values(RECOMMENDATION_THRESHOLDS)) {
    expect(reason).toMatch(/^[A-Z].+\.$/);
    expect(value).toBeGreaterThanOrEqual(0);
  }
});
