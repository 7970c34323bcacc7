import { describe, expect, it } from "vitest";
import { wrongStorage } from "@/lib/cost/recommendations/wrong-storage";
import { parsePlainDate } from "@/lib/domain/plain-date";
import {
  buildRecommendationContext,
  buildRecommendationSubject,
  flatMetric,
} from "@/lib/testing/build-recommendation-subject";

type Overrides = Parameters<typeof buildRecommendationSubject>[0];
const EFS = { storageType: "EFS" };
const judge = (overrides: Overrides, context = buildRecommendationContext()) =>
  wrongStorage.evaluate(buildRecommendationSubject(overrides), context);

describe("costlier storage than needed", () => {
  it("saves the difference of both prices per used GB", () => {
    // 20 % of 200 GB x (0.30 - 0.10) USD.
    expect(judge({ attributes: EFS })).toMatchObject({
      detail: {
        monthly: { known: true, amount: "8" },
        change: { from: "EFS", to: "EBS" },
        window: { daysWithData: 14 },
      },
    });
    expect(judge({ attributes: EFS, metrics: { StorePercentUsage: 4.9 } })).toMatchObject({ outcome: "none" });
  });

  it("has no figure where a price per GB is not known", () => {
    expect(judge({ attributes: EFS, region: "xx-north-1" })).toMatchObject({ detail: { monthly: { known: false } } });
  });

  it("is offered only where AWS offers EBS in the region", () => {
    const efsOnly = [
      { engine: "ACTIVEMQ", instanceType: "mq.m5.xlarge", storageType: "EFS", deploymentModes: [], engineVersions: [] },
    ];
    expect(judge({ attributes: EFS }, buildRecommendationContext({ offers: efsOnly })).outcome).toBe("excluded");
  });

  it.each([
    ["RabbitMQ, which has EBS only", { attributes: { engine: "RABBITMQ" } }, "excluded"],
    ["a pair, which needs EFS", { attributes: { ...EFS, deploymentMode: "ACTIVE_STANDBY_MULTI_AZ" } }, "excluded"],
    ["mq.t3.micro, which has EFS only", { attributes: { ...EFS, instanceType: "mq.t3.micro" } }, "excluded"],
    ["production", { attributes: EFS, environment: "production" }, "excluded"],
    ["EBS", { attributes: { storageType: "EBS" } }, "none"],
    ["a storage type that was never observed", { attributes: { storageType: null } }, "unknown"],
    ["a replica", { attributes: { ...EFS, state: "REPLICA" } }, "excluded"],
    ["a young broker", { attributes: EFS, existsSince: parsePlainDate("2026-11-15") }, "excluded"],
    ["too few days with data", { attributes: EFS, metrics: { StorePercentUsage: flatMetric(20, 5) } }, "unknown"],
    ["no metric", { attributes: EFS, metrics: { StorePercentUsage: null } }, "unknown"],
  ] as const)("is not said of %s", (_, overrides, outcome) => {
    expect(judge(overrides).outcome).toBe(outcome);
  });
});
