import { describe, expect, it } from "vitest";
import type { LiveInstanceOption } from "@/lib/cost/recommendations/define-recommendation";
import { oversized } from "@/lib/cost/recommendations/oversized";
import { parsePlainDate } from "@/lib/domain/plain-date";
import { buildRecommendationContext, buildRecommendationSubject } from "@/lib/testing/build-recommendation-subject";

const GIB = 1024 ** 3;
const QUIET = { CpuUtilization: 20, HeapUsage: 20 };
const RABBIT_QUIET = { SystemCpuUtilization: 20, RabbitMQMemUsed: GIB, RabbitMQMemLimit: 6 * GIB };
type Overrides = Parameters<typeof buildRecommendationSubject>[0];
const judge = (overrides: Overrides, offers: readonly LiveInstanceOption[] = []) =>
  oversized.evaluate(buildRecommendationSubject(overrides), buildRecommendationContext({ offers }));
const detailOf = (overrides: Overrides, offers: readonly LiveInstanceOption[] = []) => {
  const outcome = judge(overrides, offers);
  if (outcome.outcome !== "recommended") throw new Error(`${outcome.outcome}: ${outcome.reason}`);
  return outcome.detail;
};
const option = (instanceType: string): LiveInstanceOption => ({
  engine: "ACTIVEMQ",
  instanceType,
  storageType: "EBS",
  deploymentModes: ["SINGLE_INSTANCE"],
  engineVersions: ["5.19"],
});

describe("oversized", () => {
  it("moves ActiveMQ to the next smaller type, with the measured values beside what they may be", () => {
    const detail = detailOf({ metrics: QUIET });
    expect(detail).toMatchObject({
      change: { attribute: "instanceType", from: "mq.m5.xlarge", to: "mq.m5.large" },
      // 0.576 - 0.288 USD an hour x 730.
      monthly: { known: true, amount: "210.24", currency: "USD" },
      price: { basis: "list-price", before: { amount: "420.48" }, after: { amount: "210.24" } },
    });
    // Half the vCPUs and memory: 60 % there is 30 % here.
    expect(detail.metrics.map(({ name, value, limit }) => [name, value, limit])).toEqual([
      ["CpuUtilization", 20, 30],
      ["CpuUtilization", 20, 20],
      ["HeapUsage", 20, 30],
      ["Used storage", 40, 140],
      ["CurrentConnectionsCount", 40, 1400],
    ]);
  });

  it.each([
    ["the CPU peak", { CpuUtilization: [31, 10] }],
    ["the mean of the CPU peaks", { CpuUtilization: [25, 21] }],
    ["memory", { HeapUsage: 30.5 }],
    ["the disk", { StorePercentUsage: 71 }],
    ["the connections", { CurrentConnectionsCount: 1401 }],
  ] as const)("keeps the type where %s would be too high", (_, metrics) => {
    expect(judge({ metrics: { ...QUIET, ...metrics } }).outcome).toBe("none");
  });

  it("moves RabbitMQ, and compares memory with its limit and the disk of each node", () => {
    const attributes = { engine: "RABBITMQ" };
    expect(detailOf({ attributes, metrics: RABBIT_QUIET }).change.to).toBe("mq.m5.large");
    const cluster = {
      ...attributes,
      deploymentMode: "CLUSTER_MULTI_AZ",
      engineVersion: "4.2.1",
      instanceType: "mq.m7g.xlarge",
    };
    const free = (gb: number) => ({ ...RABBIT_QUIET, RabbitMQDiskFree: gb * GIB * 3 });
    const fits = detailOf({ attributes: cluster, metrics: free(20) });
    expect(fits.change.to).toBe("mq.m7g.large");
    expect(fits.confidence).toMatchObject({ level: "medium" });
    // The shipped list has no verified price of mq.m7g.
    expect(fits.monthly.known).toBe(false);
    // 25 GB a node now, 15 GB then: 11 GB used are more than 70 % of 15.
    expect(judge({ attributes: cluster, metrics: free(14) })).toMatchObject({
      outcome: "none",
      reason: expect.stringContaining("Used disk per node"),
    });
  });

  it("never leaves mq.m7g on RabbitMQ 4.x, nor chooses a type with an end of support", () => {
    const attributes = { engine: "RABBITMQ", engineVersion: "4.2.1", instanceType: "mq.m7g.large" };
    expect(detailOf({ attributes, metrics: RABBIT_QUIET }).change.to).toBe("mq.m7g.medium");
    expect(judge({ attributes: { ...attributes, instanceType: "mq.m7g.medium" }, metrics: RABBIT_QUIET }).outcome).toBe(
      "none",
    );
    // mq.t3.micro of RabbitMQ is past its end of support: below mq.m5.large only mq.m7g.medium is left.
    const old = { engine: "RABBITMQ", engineVersion: "3.13.7", instanceType: "mq.m5.large" };
    expect(detailOf({ attributes: old, metrics: RABBIT_QUIET }).change.to).toBe("mq.m7g.medium");
  });

  it("never goes below evaluation size in production", () => {
    const small = {
      attributes: { instanceType: "mq.m5.large", storageType: "EFS" },
      metrics: { CpuUtilization: 5, HeapUsage: 5, StorePercentUsage: 1 },
    };
    expect(detailOf(small).change.to).toBe("mq.t3.micro");
    expect(judge({ ...small, environment: "production" }).outcome).toBe("none");
    expect(judge({ ...small, environment: "unclassified" }).outcome).toBe("none");
  });

  it("chooses only what AWS offers in the region, where that was read", () => {
    expect(detailOf({ metrics: QUIET }).confidence.reasons).toContain("What AWS offers in the region was not read");
    expect(detailOf({ metrics: QUIET }, [option("mq.m5.large")]).confidence.level).toBe("high");
    expect(judge({ metrics: QUIET }, [option("mq.m5.xlarge")]).outcome).toBe("none");
    expect(judge({ metrics: QUIET }, [{ ...option("mq.m5.large"), engineVersions: ["5.18"] }]).outcome).toBe("none");
    expect(
      judge({ metrics: QUIET }, [{ ...option("mq.m5.large"), deploymentModes: ["ACTIVE_STANDBY_MULTI_AZ"] }]).outcome,
    ).toBe("none");
    expect(judge({ metrics: QUIET }, [{ ...option("mq.m5.large"), storageType: "EFS" }]).outcome).toBe("none");
  });

  it.each([
    ["the type changed within the window", { instanceTypeChangedOn: parsePlainDate("2026-11-10") }, "unknown"],
    ["a change is pending", { pendingInstanceType: "mq.m5.large" }, "unknown"],
    ["memory was not measured", { metrics: { ...QUIET, HeapUsage: null } }, "unknown"],
    ["the disk was not measured", { metrics: { ...QUIET, StorePercentUsage: null } }, "unknown"],
    ["nobody knows the type", { attributes: { instanceType: "mq.x9.large" } }, "unknown"],
    ["it is young", { existsSince: parsePlainDate("2026-11-15") }, "excluded"],
    ["it is a replica", { attributes: { state: "REPLICA" } }, "excluded"],
  ] as const)("says nothing where %s", (_, overrides, outcome) => {
    expect(judge({ metrics: QUIET, ...overrides }).outcome).toBe(outcome);
  });
});
