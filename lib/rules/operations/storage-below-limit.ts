import { defineRule, fail, pass, unknown } from "@/lib/rules/define-rule";

/** ActiveMQ by the share of its store; RabbitMQ by the distance of free disk to the alarm, which blocks publishers. */
export const storageBelowLimit = defineRule({
  id: "storage-below-limit",
  version: 1,
  title: "Storage stays clear of its limit",
  severity: "high",
  category: "operations",
  rationale:
    "A full store stops the broker: ActiveMQ refuses messages at 100 %, RabbitMQ blocks every publisher when free disk falls below its limit, and neither can " +
    "be upgraded or resized while it is so.",
  remediation:
    "Find out which queues or inactive durable subscribers hold the messages, consume or delete them, and set limits and expiry. More room: a larger " +
    "instance type or, on RabbitMQ 4.x clusters, a larger disk.",
  references: [
    {
      kind: "aws",
      id: "Monitoring Amazon MQ with CloudWatch",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/security-logging-monitoring-cloudwatch.html",
    },
    { kind: "other", id: "Cloud Custodian metrics filter" },
  ],
  needs: ["engine", "metrics"],
  judges: ["metrics"],
  judged: ({ facts: { metrics } }) => [
    Math.round(metrics.week.StorePercentUsage ?? -1),
    Math.round((metrics.week.RabbitMQDiskFree ?? -1) / 1e9),
  ],
  replicas: "judged",
  basis: (_, { policy }) => ({
    percent: policy.threshold("storage-below-limit.percent"),
    free: policy.threshold("storage-below-limit.free-percent"),
  }),
  examples: [
    { title: "ActiveMQ with room", expect: "pass" },
    { title: "RabbitMQ with room", attributes: { engine: "RABBITMQ" }, expect: "pass" },
    {
      title: "ActiveMQ store nearly full",
      facts: { metrics: { week: { StorePercentUsage: 92 }, lastDay: {} } },
      expect: "fail",
    },
    {
      title: "RabbitMQ near its disk alarm",
      attributes: { engine: "RABBITMQ" },
      facts: { metrics: { week: { RabbitMQDiskFree: 15e9, RabbitMQDiskFreeLimit: 12e9 }, lastDay: {} } },
      expect: "fail",
    },
    { title: "being deleted", attributes: { state: "DELETION_IN_PROGRESS" }, expect: "not-applicable" },
    { title: "metrics without storage", facts: { metrics: { week: {}, lastDay: {} } }, expect: "unknown" },
    { title: "metrics never read", withhold: ["metrics"], expect: "unknown" },
  ],
  evaluate({ attributes: { engine }, facts: { metrics } }, { policy }) {
    const { StorePercentUsage: store, RabbitMQDiskFree: free, RabbitMQDiskFreeLimit: limit } = metrics.week;
    if (engine === "ACTIVEMQ" && store !== undefined) {
      const mark = policy.threshold("storage-below-limit.percent");
      const text = `The store was ${Math.round(store)} % full at the peak of the last seven days`;
      return store < mark
        ? pass(`${text}.`)
        : fail(`${text}; ${mark} % is the mark.`, { fullAtLeastPercent: Math.floor(store / 10) * 10, mark });
    }
    if (engine === "RABBITMQ" && free !== undefined && limit !== undefined && limit > 0) {
      const mark = policy.threshold("storage-below-limit.free-percent");
      const share = Math.round((free / limit) * 100);
      const text = `Free disk fell to ${gigabytes(free)} GB in the last seven days, ${share} % of the ${gigabytes(limit)} GB below which publishers are blocked`;
      return share >= mark
        ? pass(`${text}.`)
        : fail(`${text}; ${mark} % is the mark.`, { limitGb: gigabytes(limit), mark });
    }
    return unknown("No metric of the last seven days tells how full the storage is.");
  },
});

function gigabytes(bytes: number): number {
  return Math.round(bytes / 1e8) / 10;
}
