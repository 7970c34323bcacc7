import { describe, expect, it } from "vitest";
import { MQ_REGIONS } from "./regions";
import { parseUsageType, type UsageType } from "./usage-type";

/** value and first letter of the certainty: "RABBITMQ p", or "?" when unknown. */
function brief(
  known: UsageType["engine"] | UsageType["region"] | UsageType["deploymentMode"] | UsageType["storageType"],
) {
  return known.value === null ? "?" : `${known.value} ${known.certainty[0]}`;
}

describe("parseUsageType", () => {
  it.each([
    [
      "USE1-RabbitMQ-3-InstanceUsage:mq.m5.large",
      "instance",
      "us-east-1 p",
      "RABBITMQ p",
      "CLUSTER_MULTI_AZ p",
      "mq.m5.large",
      "?",
    ],
    [
      "EUC1-RabbitMQ-3-InstanceUsage:mq.m7g.xlarge",
      "instance",
      "eu-central-1 p",
      "RABBITMQ p",
      "CLUSTER_MULTI_AZ p",
      "mq.m7g.xlarge",
      "?",
    ],
    [
      "RabbitMQ-3-InstanceUsage:mq.m5.large",
      "instance",
      "us-east-1 i",
      "RABBITMQ p",
      "CLUSTER_MULTI_AZ p",
      "mq.m5.large",
      "?",
    ],
    [
      "EU-RabbitMQ-Single-InstanceUsage:mq.m5.large",
      "instance",
      "eu-west-1 p",
      "RABBITMQ p",
      "SINGLE_INSTANCE i",
      "mq.m5.large",
      "?",
    ],
    ["APS3-RabbitMQ-InstanceUsage:mq.m5.large", "instance", "ap-south-1 p", "RABBITMQ p", "?", "mq.m5.large", "?"],
    ["EUN1-Single-AZUsage:mq.m5.large", "instance", "eu-north-1 i", "?", "SINGLE_INSTANCE i", "mq.m5.large", "?"],
    ["USW2-Multi-AZUsage:mq.m5.large", "instance", "us-west-2 p", "?", "?", "mq.m5.large", "?"],
    [
      "USW2-ActiveMQ-Multi-AZ-InstanceUsage:mq.m5.large",
      "instance",
      "us-west-2 p",
      "ACTIVEMQ p",
      "ACTIVE_STANDBY_MULTI_AZ i",
      "mq.m5.large",
      "?",
    ],
    ["USW2-ActiveMQ-InstanceUsage:mq.m5.large", "instance", "us-west-2 p", "ACTIVEMQ p", "?", "mq.m5.large", "?"],
    ["InstanceUsage:mq.t2.micro", "instance", "us-east-1 i", "ACTIVEMQ i", "?", "mq.t2.micro", "?"],
    ["USE2-InstanceUsage:mq.m7g.large", "instance", "us-east-2 p", "RABBITMQ i", "?", "mq.m7g.large", "?"],
    ["USE2-InstanceUsage:mq.x9.large", "instance", "us-east-2 p", "?", "?", "mq.x9.large", "?"],
    ["USE1-TimedStorage-ByteHrs", "storage", "us-east-1 p", "ACTIVEMQ p", "?", null, "EFS p"],
    ["TimedStorage-EBS-ByteHrs", "storage", "us-east-1 i", "ACTIVEMQ p", "?", null, "EBS p"],
    ["SAE1-TimedStorage-RabbitMQ-ByteHrs", "storage", "sa-east-1 p", "RABBITMQ p", "?", null, "EBS p"],
    ["USE1-TimedStorage-Glacial-ByteHrs", "storage", "us-east-1 p", "?", "?", null, "?"],
    ["MQ:RabbitStorageUsage", "storage", "us-east-1 i", "RABBITMQ p", "?", null, "EBS p"],
    ["MQ:StorageUsage", "storage", "us-east-1 i", "?", "?", null, "?"],
    ["APE1-USE1-AWS-In-Bytes", "transfer", "ap-east-1 p", "?", "?", null, "?"],
    ["EUW2-DataTransfer-Out-Bytes", "transfer", "eu-west-2 p", "?", "?", null, "?"],
    ["USE1-CRDR-ReplicatedBytes", "other", "us-east-1 p", "?", "?", null, "?"],
    [
      "APS12-RabbitMQ-3-InstanceUsage:mq.m5.large",
      "instance",
      "?",
      "RABBITMQ p",
      "CLUSTER_MULTI_AZ p",
      "mq.m5.large",
      "?",
    ],
    ["", "other", "us-east-1 i", "?", "?", null, "?"],
    ["NoUsageType", "other", "us-east-1 i", "?", "?", null, "?"],
  ])("reads %s as %s", (text, kind, region, engine, mode, instanceType, storageType) => {
    const usage = parseUsageType(text);
    expect(usage.text).toBe(text);
    expect([
      usage.kind,
      brief(usage.region),
      brief(usage.engine),
      brief(usage.deploymentMode),
      usage.instanceType.value,
      brief(usage.storageType),
    ]).toEqual([kind, region, engine, mode, instanceType, storageType]);
  });

  it("keeps a short code it does not know", () => {
    expect(parseUsageType("APS12-RabbitMQ-3-InstanceUsage:mq.m5.large").regionPrefix).toBe("APS12");
    expect(parseUsageType("MQ:StorageUsage").regionPrefix).toBeNull();
  });

  it("knows the short code of every region that has one, and marks those not read in AWS's own table", () => {
    for (const { region, usagePrefix, usagePrefixVerified } of MQ_REGIONS) {
      if (!usagePrefix) continue;
      expect(parseUsageType(`${usagePrefix}-TimedStorage-ByteHrs`).region).toEqual({
        value: region,
        certainty: usagePrefixVerified ? "proved" : "inferred",
      });
    }
  });
});
