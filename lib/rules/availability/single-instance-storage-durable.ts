import { defineRule, fail, notApplicable, pass, unknown } from "@/lib/rules/define-rule";

export const singleInstanceStorageDurable = defineRule({
  id: "single-instance-storage-durable",
  version: 1,
  title: "Single-instance ActiveMQ brokers keep messages on durable storage",
  severity: "medium",
  category: "availability",
  rationale:
    "EFS keeps the messages of a broker in several Availability Zones; an EBS volume lives in one. A single-instance broker on EBS loses its messages with " +
    "its zone. EBS is faster, and right where messages can be sent again.",
  remediation:
    "The storage type cannot be changed: create a replacement with EFS (the default) or, better, an active/standby pair, and move the clients to it. Where " +
    "the throughput of EBS is needed and loss is acceptable, accept the risk with a reason.",
  references: [
    {
      kind: "aws",
      id: "Storage types of Amazon MQ for ActiveMQ",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/broker-storage.html",
    },
    { kind: "config", id: "MQ_ACTIVE_SINGLE_INSTANCE_BROKER_STORAGE_TYPE_EFS" },
  ],
  needs: ["engine", "deploymentMode", "storageType"],
  judges: ["deploymentMode", "storageType"],
  engine: {
    only: "ACTIVEMQ",
    otherwise: "RabbitMQ on Amazon MQ has EBS storage only; a cluster keeps a copy on every node.",
  },
  replicas: "judged",
  examples: [
    { title: "single instance on EFS", attributes: { deploymentMode: "SINGLE_INSTANCE" }, expect: "pass" },
    {
      title: "single instance on EBS",
      attributes: { deploymentMode: "SINGLE_INSTANCE", storageType: "EBS" },
      expect: "fail",
    },
    { title: "active/standby pair", expect: "not-applicable" },
    { title: "RabbitMQ", attributes: { engine: "RABBITMQ" }, expect: "not-applicable" },
    {
      title: "AWS did not say",
      attributes: { deploymentMode: "SINGLE_INSTANCE", storageType: null },
      expect: "unknown",
    },
    { title: "never described", withhold: ["storageType"], expect: "unknown" },
  ],
  evaluate({ attributes: { deploymentMode, storageType } }) {
    if (deploymentMode === null) return unknown("AWS did not tell the deployment mode.");
    if (deploymentMode !== "SINGLE_INSTANCE")
      return notApplicable("An active/standby pair shares EFS storage across zones.");
    if (storageType === null) return unknown("AWS did not tell the storage type.");
    return storageType === "EFS"
      ? pass("The single instance stores its messages on EFS, in several zones.")
      : fail(`The single instance stores its messages on ${storageType}, in one zone.`, {
          deploymentMode,
          storageType,
        });
  },
});
