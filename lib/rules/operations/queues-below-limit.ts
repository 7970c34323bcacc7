import { findSizing } from "@/lib/reference/sizing";
import { defineRule, unknown } from "@/lib/rules/define-rule";
import { judgeUsage } from "@/lib/rules/usage-limit";

export const queuesBelowLimit = defineRule({
  id: "queues-below-limit",
  version: 1,
  title: "Queues stay below the broker's limit",
  severity: "medium",
  category: "operations",
  rationale:
    "Every queue of RabbitMQ costs memory and, as a quorum queue, work on every node. Beyond the number that AWS names for the instance type the broker " +
    "becomes slow, recovers late and may refuse an upgrade.",
  remediation:
    "Delete queues that nobody uses (an expiry policy does it by itself), use one queue with several consumers instead of one each, or choose a larger type.",
  references: [
    {
      kind: "aws",
      id: "Sizing guidelines for RabbitMQ",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-sizing-guidelines.html",
    },
  ],
  needs: ["engine", "instanceType", "deploymentMode", "metrics"],
  judges: ["instanceType", "metrics"],
  judged: ({ attributes: { instanceType }, facts: { metrics } }) => [
    instanceType,
    Math.round(metrics.week.QueueCount ?? -1),
  ],
  engine: {
    only: "RABBITMQ",
    otherwise: "AWS documents no limit of queues for ActiveMQ; its memory and store decide.",
  },
  replicas: "judged",
  basis: (_, { policy }) => ({ percent: policy.threshold("queues-below-limit.percent") }),
  examples: [
    { title: "few queues", attributes: { engine: "RABBITMQ" }, expect: "pass" },
    {
      title: "near the limit",
      attributes: { engine: "RABBITMQ", instanceType: "mq.m5.2xlarge" },
      facts: { metrics: { week: { QueueCount: 19_000 }, lastDay: {} } },
      expect: "fail",
    },
    { title: "ActiveMQ", expect: "not-applicable" },
    {
      title: "metrics without queues",
      attributes: { engine: "RABBITMQ" },
      facts: { metrics: { week: {}, lastDay: {} } },
      expect: "unknown",
    },
    { title: "metrics never read", attributes: { engine: "RABBITMQ" }, withhold: ["metrics"], expect: "unknown" },
  ],
  evaluate({ attributes: { instanceType, deploymentMode }, facts: { metrics } }, { policy }) {
    const peak = metrics.week.QueueCount;
    if (peak === undefined) return unknown("No metric of the last seven days counts queues.");
    const row = instanceType && deploymentMode ? findSizing("maximum", instanceType, deploymentMode) : undefined;
    if (!row?.queues) return unknown(`The limit of queues of ${instanceType ?? "the instance type"} is not known.`);
    return judgeUsage({
      what: "queues",
      peak,
      limit: row.queues,
      percent: policy.threshold("queues-below-limit.percent"),
      limitText: `${instanceType}, ${deploymentMode}`,
      source: row.source,
    });
  },
});
