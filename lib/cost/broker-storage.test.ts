import { describe, expect, it } from "vitest";
import { brokerStorageGb } from "@/lib/cost/broker-storage";

describe("brokerStorageGb", () => {
  it.each([
    ["ACTIVEMQ", "SINGLE_INSTANCE", "mq.m5.large", null, 200],
    ["ACTIVEMQ", "SINGLE_INSTANCE", "mq.t3.micro", null, 20],
    ["ACTIVEMQ", "ACTIVE_STANDBY_MULTI_AZ", "mq.m5.large", 100, 100],
    ["RABBITMQ", "SINGLE_INSTANCE", "mq.m5.large", null, 200],
    ["RABBITMQ", "CLUSTER_MULTI_AZ", "mq.m5.large", null, 600],
    ["RABBITMQ", "CLUSTER_MULTI_AZ", "mq.m7g.large", 25, 75],
    ["RABBITMQ", "CLUSTER_MULTI_AZ", "mq.x9.large", null, null],
    ["RABBITMQ", null, "mq.m5.large", 25, null],
    [null, "CLUSTER_MULTI_AZ", "mq.m5.large", 25, null],
  ])("of %s %s on %s with reported size %s is %s GB", (engine, deploymentMode, instanceType, storageSizeGb, gb) => {
    expect(brokerStorageGb({ engine, deploymentMode, instanceType, storageSizeGb })).toBe(gb);
  });
});
