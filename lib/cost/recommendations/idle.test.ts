import { describe, expect, it } from "vitest";
import { idle } from "@/lib/cost/recommendations/idle";
import { parseDecimal } from "@/lib/domain/money";
import { parsePlainDate } from "@/lib/domain/plain-date";
import {
  buildRecommendationContext,
  buildRecommendationSubject,
  flatMetric,
} from "@/lib/testing/build-recommendation-subject";

const context = buildRecommendationContext();
const IDLE = { CurrentConnectionsCount: 0, TotalMessageCount: 0 };
const RABBIT_IDLE = { ConnectionCount: 0, MessageCount: 0 };
const judge = (overrides: Parameters<typeof buildRecommendationSubject>[0]) =>
  idle.evaluate(buildRecommendationSubject(overrides), context);
const detailOf = (overrides: Parameters<typeof buildRecommendationSubject>[0]) => {
  const outcome = judge(overrides);
  if (outcome.outcome !== "recommended") throw new Error(`${outcome.outcome}: ${outcome.reason}`);
  return outcome.detail;
};

describe("idle", () => {
  it("is an ActiveMQ broker that nobody connected to on any day of the window", () => {
    expect(detailOf({ metrics: IDLE })).toMatchObject({
      window: { from: "2026-11-07", until: "2026-11-21", days: 14, daysWithData: 14 },
      confidence: { level: "high" },
      change: { attribute: "presence", to: null },
      // mq.m5.xlarge single instance: 0.576 USD x 730 hours.
      monthly: { known: true, amount: "420.48", currency: "USD", priceListOf: "2025-02-13" },
      price: { basis: "list-price", after: null },
    });
  });

  it("is a RabbitMQ broker without connections, and one whose clients neither publish nor consume", () => {
    const attributes = { engine: "RABBITMQ" };
    expect(detailOf({ attributes, metrics: RABBIT_IDLE }).confidence.level).toBe("high");
    const silent = detailOf({ attributes, metrics: { ConnectionCount: 3, PublishRate: 0, ConsumerCount: 0 } });
    expect(silent.confidence).toMatchObject({ level: "medium", reasons: [expect.stringContaining("connected")] });
    expect(silent.metrics.map(({ name }) => name)).toEqual([
      "ConnectionCount",
      "PublishRate",
      "ConsumerCount",
      "MessageCount",
    ]);
    const modern = detailOf({
      attributes: { ...attributes, engineVersion: "4.2.1", instanceType: "mq.m7g.large" },
      metrics: { PublishRate: 0, ConsumerCount: 0 },
    });
    expect(modern.confidence.reasons).toEqual(expect.arrayContaining([expect.stringContaining("AMQP 0-9-1")]));
  });

  it("is an ActiveMQ broker with connections, but neither producers nor consumers; a pair without these metrics is not", () => {
    expect(detailOf({ metrics: { TotalProducerCount: 0, TotalConsumerCount: 0 } }).confidence.level).toBe("medium");
    expect(judge({ metrics: { TotalProducerCount: null, TotalConsumerCount: null } }).outcome).toBe("none");
  });

  it.each([
    ["a replica", { attributes: { state: "REPLICA" } }, "excluded"],
    ["a primary of cross-region replication", { replicated: true }, "excluded"],
    ["a member of a network of brokers", { meshMember: true }, "excluded"],
    ["a broker whose configuration was not read", { meshMember: null }, "unknown"],
    ["a broker younger than the window", { existsSince: parsePlainDate("2026-11-08") }, "excluded"],
    ["a broker being deleted", { attributes: { state: "DELETION_IN_PROGRESS" } }, "excluded"],
    ["a broker that is gone", { gone: true }, "excluded"],
    ["a broker last seen long ago", { stale: true }, "unknown"],
    ["a broker of an engine nobody knows", { attributes: { engine: "KAFKA" } }, "unknown"],
  ] as const)("is not %s", (_, overrides, outcome) => {
    expect(judge({ ...overrides, metrics: IDLE }).outcome).toBe(outcome);
  });

  it("needs data: none proves nothing, too few days neither, one missing day lowers the confidence", () => {
    expect(judge({ metrics: { CurrentConnectionsCount: null } })).toMatchObject({
      outcome: "unknown",
      reason: expect.stringContaining("no data"),
    });
    expect(judge({ metrics: { CurrentConnectionsCount: flatMetric(0, 11) } })).toMatchObject({
      outcome: "unknown",
      reason: "Only 11 of the 14 days have data of CurrentConnectionsCount; 12 are needed.",
    });
    expect(detailOf({ metrics: { CurrentConnectionsCount: flatMetric(0, 13) } }).confidence).toEqual({
      level: "medium",
      reasons: ["1 day of the window has no data"],
    });
  });

  it("is judged from the first day on which the window is full", () => {
    expect(judge({ existsSince: parsePlainDate("2026-11-07"), metrics: IDLE }).outcome).toBe("recommended");
  });

  it("saves what is billed, where that is the broker's for certain; an ambiguous share is only shown beside the list price", () => {
    const billed = (basis: string) => ({ amount: parseDecimal("500.25"), currency: "EUR", basis });
    expect(detailOf({ metrics: IDLE, billed: billed("allocated") })).toMatchObject({
      monthly: { amount: "500.25", currency: "EUR", priceListOf: null },
      price: { basis: "billed", before: { amount: "420.48" } },
    });
    expect(detailOf({ metrics: IDLE, billed: billed("ambiguous") })).toMatchObject({
      monthly: { amount: "420.48", currency: "USD" },
      price: { basis: "list-price", billed: { amount: "500.25", basis: "ambiguous" } },
    });
  });

  it("has no figure where no price is known", () => {
    const { monthly } = detailOf({ metrics: IDLE, region: "xx-north-1" });
    expect(monthly).toEqual({ known: false, reason: expect.stringContaining("No list price is known") });
  });

  it("warns of messages that are stored", () => {
    expect(detailOf({ metrics: { CurrentConnectionsCount: 0, TotalMessageCount: 3 } }).steps.join(" ")).toContain(
      "Messages are stored",
    );
    expect(detailOf({ metrics: IDLE }).steps.join(" ")).toContain("cannot be stopped");
  });
});
