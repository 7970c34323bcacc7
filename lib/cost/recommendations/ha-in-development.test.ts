import { describe, expect, it } from "vitest";
import { haInDevelopment } from "@/lib/cost/recommendations/ha-in-development";
import { buildRecommendationContext, buildRecommendationSubject } from "@/lib/testing/build-recommendation-subject";

type Overrides = Parameters<typeof buildRecommendationSubject>[0];
const judge = (overrides: Overrides) =>
  haInDevelopment.evaluate(buildRecommendationSubject(overrides), buildRecommendationContext());
const PAIR = { deploymentMode: "ACTIVE_STANDBY_MULTI_AZ", storageType: "EFS" };
const CLUSTER = { engine: "RABBITMQ", deploymentMode: "CLUSTER_MULTI_AZ" };

describe("high availability outside production", () => {
  it("costs the difference of two looked-up prices: a cluster's price holds its three nodes already", () => {
    expect(judge({ attributes: PAIR })).toMatchObject({
      detail: { monthly: { amount: "420.48" }, confidence: { level: "high" }, change: { to: "SINGLE_INSTANCE" } },
    });
    // (1.728 - 0.576) x 730.
    expect(judge({ attributes: CLUSTER })).toMatchObject({ detail: { monthly: { amount: "840.96" } } });
  });

  it("is less certain where the environment may be like production on purpose, or is the account's default", () => {
    expect(judge({ attributes: PAIR, environment: "staging" })).toMatchObject({
      detail: { confidence: { level: "medium" } },
    });
    expect(judge({ attributes: PAIR, environmentSource: "account-default" })).toMatchObject({
      detail: { confidence: { level: "medium" } },
    });
  });

  it("has no figure where a price is not known", () => {
    const attributes = { ...CLUSTER, instanceType: "mq.m7g.large", engineVersion: "4.2.1" };
    expect(judge({ attributes })).toMatchObject({
      detail: { monthly: { known: false, reason: expect.stringContaining("unverified") } },
    });
  });

  it.each([
    ["production", { environment: "production" }, "excluded"],
    ["an unclassified environment", { environment: "unclassified" }, "excluded"],
    ["a replica", { attributes: { ...PAIR, state: "REPLICA" } }, "excluded"],
    ["a primary of cross-region replication", { replicated: true }, "excluded"],
    ["a member of a network of brokers", { meshMember: true }, "excluded"],
    ["a single instance", { attributes: {} }, "none"],
    ["a mode that was never observed", { attributes: { deploymentMode: null } }, "unknown"],
    ["a broker last seen long ago", { stale: true }, "unknown"],
  ] as const)("is not said of %s", (_, overrides, outcome) => {
    expect(judge({ attributes: PAIR, ...overrides }).outcome).toBe(outcome);
  });
});
