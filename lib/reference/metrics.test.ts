import { describe, expect, it } from "vitest";
import data from "./data/metrics.json";
import { defaultMetricSeries, defaultMetrics, findMetric, MAX_DEFAULT_SERIES, MQ_METRICS } from "./metrics";

describe("the metric catalogue", () => {
  it("has every row, each with source and verified flag", () => {
    expect(MQ_METRICS).toHaveLength(data.records.length);
    expect(MQ_METRICS).toHaveLength(78);
    expect(MQ_METRICS.filter((row) => row.verified)).toHaveLength(data.records.filter((row) => row.verified).length);
    expect(MQ_METRICS.every((row) => row.source !== "")).toBe(true);
  });

  it("does not have the metrics that the troubleshooting chapter invents", () => {
    expect(findMetric("ACTIVEMQ", "StoragePercentUsage")).toBeUndefined();
    expect(findMetric("ACTIVEMQ", "ConnectionCount")).toBeUndefined();
    expect(findMetric("ACTIVEMQ", "StorePercentUsage")?.unit).toBe("Percent");
  });

  it("says that RabbitMQ 4.x has no queue metrics", () => {
    expect(MQ_METRICS.filter((row) => row.scope === "queue").every((row) => row.engineLines === "3.x only")).toBe(true);
  });
});

describe("the default set", () => {
  it.each(["ACTIVEMQ", "RABBITMQ"] as const)(
    "of %s names documented broker metrics, each with a reason, none twice",
    (engine) => {
      const metrics = defaultMetrics(engine);
      expect(metrics.length).toBe(MAX_DEFAULT_SERIES);
      expect(new Set(metrics.map((metric) => metric.name)).size).toBe(metrics.length);
      for (const metric of metrics) {
        expect(findMetric(engine, metric.name), metric.name).toBeDefined();
        expect(metric.reason.length).toBeGreaterThan(5);
      }
    },
  );

  it.each([
    ["ACTIVEMQ", "SINGLE_INSTANCE", 12, ["orders-1"]],
    ["ACTIVEMQ", "ACTIVE_STANDBY_MULTI_AZ", 12, ["orders-1", "orders-2"]],
    ["ACTIVEMQ", null, 12, ["orders-1", "orders-2"]],
    ["RABBITMQ", "SINGLE_INSTANCE", 12, ["orders"]],
    ["RABBITMQ", "CLUSTER_MULTI_AZ", 12, ["orders"]],
    ["ARTEMIS", "SINGLE_INSTANCE", 0, []],
  ])("of a %s broker on %s is %i series over dimensions %j", (engine, deploymentMode, count, dimensions) => {
    const list = defaultMetricSeries({ engine, name: "orders", deploymentMode });
    expect(list).toHaveLength(count);
    expect(list.length).toBeLessThanOrEqual(MAX_DEFAULT_SERIES);
    expect([...new Set(list.flatMap((series) => series.dimensions.map((dimension) => dimension.value)))]).toEqual(
      dimensions,
    );
  });

  it("keeps what idle, size and mesh need when a pair halves it", () => {
    const names = new Set(
      defaultMetricSeries({ engine: "ACTIVEMQ", name: "a", deploymentMode: "ACTIVE_STANDBY_MULTI_AZ" }).map(
        (s) => s.name,
      ),
    );
    for (const name of [
      "CpuUtilization",
      "HeapUsage",
      "StorePercentUsage",
      "CurrentConnectionsCount",
      "TotalMessageCount",
      "NetworkConnectorConnectionCount",
    ]) {
      expect(names.has(name)).toBe(true);
    }
  });
});
