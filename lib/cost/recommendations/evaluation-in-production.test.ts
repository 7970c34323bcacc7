import { describe, expect, it } from "vitest";
import { evaluationInProduction } from "@/lib/cost/recommendations/evaluation-in-production";
import { buildRecommendationContext, buildRecommendationSubject } from "@/lib/testing/build-recommendation-subject";

type Overrides = Parameters<typeof buildRecommendationSubject>[0];
const MICRO = { instanceType: "mq.t3.micro", storageType: "EFS" };
const judge = (overrides: Overrides) =>
  evaluationInProduction.evaluate(
    buildRecommendationSubject({ environment: "production", ...overrides }),
    buildRecommendationContext(),
  );

describe("evaluation size in production", () => {
  it("is a premium: what the next production type costs more", () => {
    expect(evaluationInProduction.nature).toBe("premium");
    // (0.288 - 0.02704) x 730.
    expect(judge({ attributes: MICRO })).toMatchObject({
      detail: { change: { to: "mq.m5.large" }, monthly: { known: true, amount: "190.5008" } },
    });
  });

  it("stays within what the engine line runs on, and has no figure without a price", () => {
    const attributes = { engine: "RABBITMQ", engineVersion: "4.2.1", instanceType: "mq.m7g.medium" };
    expect(judge({ attributes })).toMatchObject({
      detail: { change: { to: "mq.m7g.large" }, monthly: { known: false } },
    });
  });

  it("says so where nothing tells what the broker is for", () => {
    expect(judge({ attributes: MICRO, environment: "unclassified" })).toMatchObject({
      detail: { confidence: { level: "medium" } },
    });
  });

  it.each([
    ["development", { attributes: MICRO, environment: "development" }, "excluded"],
    ["a production size", { attributes: {} }, "none"],
    ["a type that nobody knows", { attributes: { instanceType: "mq.x9.large" } }, "unknown"],
    ["a replica", { attributes: { ...MICRO, state: "REPLICA" } }, "excluded"],
    ["a broker last seen long ago", { attributes: MICRO, stale: true }, "unknown"],
  ] as const)("is not said of %s", (_, overrides, outcome) => {
    expect(judge(overrides).outcome).toBe(outcome);
  });
});
