import { describe, expect, it } from "vitest";
import { dayOfHours, metricPlan } from "@/lib/cost/metric-plan";

describe("metricPlan", () => {
  it("asks RabbitMQ for the whole broker, by its plain name", () => {
    const plan = metricPlan({ engine: "RABBITMQ", name: "orders", deploymentMode: "CLUSTER_MULTI_AZ" });
    expect(plan).toHaveLength(12);
    expect(new Set(plan.map((series) => JSON.stringify([series.dimension, series.dimensions])))).toEqual(
      new Set([JSON.stringify(["", { Broker: "orders" }])]),
    );
  });

  it("asks a single ActiveMQ broker for its one instance", () => {
    const plan = metricPlan({ engine: "ACTIVEMQ", name: "orders", deploymentMode: "SINGLE_INSTANCE" });
    expect(plan).toHaveLength(12);
    expect(plan.every((series) => series.dimension === "1" && series.dimensions.Broker === "orders-1")).toBe(true);
  });

  it("asks both instances of a pair for half as many metrics", () => {
    const plan = metricPlan({ engine: "ACTIVEMQ", name: "orders", deploymentMode: "ACTIVE_STANDBY_MULTI_AZ" });
    expect(plan).toHaveLength(12);
    expect(new Set(plan.map((series) => series.metric)).size).toBe(6);
    expect(plan.slice(0, 2).map((series) => [series.metric, series.dimensions.Broker])).toEqual([
      ["CpuUtilization", "orders-1"],
      ["CpuUtilization", "orders-2"],
    ]);
  });

  it.each([
    ["ACTIVE_STANDBY_MULTI_AZ", 5, 4],
    ["ACTIVE_STANDBY_MULTI_AZ", 1, 0],
    ["SINGLE_INSTANCE", 5, 5],
    ["SINGLE_INSTANCE", 0, 0],
    ["SINGLE_INSTANCE", 100, 12],
  ])("of a %s ActiveMQ broker limited to %i reads %i", (deploymentMode, limit, count) => {
    expect(metricPlan({ engine: "ACTIVEMQ", name: "orders", deploymentMode }, limit)).toHaveLength(count);
  });

  it("asks nothing of an engine nobody knows", () => {
    expect(metricPlan({ engine: "UNKNOWN", name: "orders", deploymentMode: null })).toEqual([]);
  });
});

describe("dayOfHours", () => {
  const hours = [null, 2, 4, null, 6];
  it.each([
    ["Maximum", 6],
    ["Minimum", 2],
    ["Sum", 12],
    ["Average", 4],
  ] as const)("%s of the hours with data is %s", (stat, value) => {
    expect(dayOfHours(stat, hours)).toBe(value);
  });

  it("is a gap without data, not zero", () => {
    expect(dayOfHours("Sum", [null, null])).toBeNull();
    expect(dayOfHours("Maximum", [])).toBeNull();
  });
});
