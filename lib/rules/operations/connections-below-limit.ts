import { engineDisplayName } from "@/lib/domain/engine-version";
import { findInstanceTypeOffer } from "@/lib/reference/instance-types";
import { findQuota } from "@/lib/reference/quotas";
import { findSizing } from "@/lib/reference/sizing";
import { defineRule, unknown } from "@/lib/rules/define-rule";
import { judgeUsage } from "@/lib/rules/usage-limit";

/** ActiveMQ's limit is per protocol and the metric counts all: a broker far below it is safe for certain, one near it may be nearer than it looks. */
export const connectionsBelowLimit = defineRule({
  id: "connections-below-limit",
  version: 1,
  title: "Connections stay below the broker's limit",
  severity: "medium",
  category: "operations",
  rationale:
    "At the limit of its instance type a broker refuses new connections: after a fail-over, when all clients come back at once, exactly those that need it most.",
  remediation:
    "Share connections in the clients (pools), close idle ones, or choose a larger instance type. RabbitMQ 4.x: the default limit of connections can be raised " +
    "in the configuration up to the maximum of the type.",
  references: [
    {
      kind: "aws",
      id: "Quotas in Amazon MQ",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/amazon-mq-limits.html",
    },
    {
      kind: "aws",
      id: "Sizing guidelines for RabbitMQ",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-sizing-guidelines.html",
    },
    { kind: "other", id: "Cloud Custodian metrics filter" },
  ],
  needs: ["engine", "instanceType", "deploymentMode", "metrics"],
  judges: ["instanceType", "metrics"],
  judged: ({ attributes: { instanceType }, facts: { metrics } }) => [
    instanceType,
    Math.round(peakOf(metrics.week) ?? -1),
  ],
  replicas: "judged",
  basis: (_, { policy }) => ({ percent: policy.threshold("connections-below-limit.percent") }),
  examples: [
    { title: "ActiveMQ with room", expect: "pass" },
    { title: "RabbitMQ with room", attributes: { engine: "RABBITMQ" }, expect: "pass" },
    {
      title: "small ActiveMQ broker near its limit",
      attributes: { instanceType: "mq.t3.micro" },
      facts: { metrics: { week: { CurrentConnectionsCount: 290 }, lastDay: {} } },
      expect: "fail",
    },
    {
      title: "RabbitMQ cluster near its limit",
      attributes: { engine: "RABBITMQ", instanceType: "mq.m5.large" },
      facts: { metrics: { week: { ConnectionCount: 14_000 }, lastDay: {} } },
      expect: "fail",
    },
    { title: "creation failed", attributes: { state: "CREATION_FAILED" }, expect: "not-applicable" },
    { title: "metrics without connections", facts: { metrics: { week: {}, lastDay: {} } }, expect: "unknown" },
    { title: "type that nobody knows yet", attributes: { instanceType: "mq.m9x.large" }, expect: "unknown" },
    { title: "metrics never read", withhold: ["metrics"], expect: "unknown" },
  ],
  evaluate({ attributes: { engine, instanceType, deploymentMode }, facts: { metrics } }, { policy }) {
    const peak = peakOf(metrics.week);
    if (peak === null) return unknown("No metric of the last seven days counts connections.");
    const found = instanceType === null ? null : limitOf(engine, instanceType, deploymentMode);
    if (!found)
      return unknown(
        `The limit of connections of ${instanceType ?? "the instance type"} for ${engineDisplayName(engine)} is not known.`,
      );
    return judgeUsage({
      what: "connections",
      peak,
      percent: policy.threshold("connections-below-limit.percent"),
      ...found,
    });
  },
});

function peakOf(week: Readonly<Record<string, number>>): number | null {
  return week.CurrentConnectionsCount ?? week.ConnectionCount ?? null;
}

function limitOf(engine: string, instanceType: string, mode: string | null) {
  if (engine === "ACTIVEMQ") {
    if (!findInstanceTypeOffer(engine, instanceType, mode ?? "")) return null;
    const micro = instanceType.endsWith(".micro");
    const quota = findQuota(`activemq_wire_connections_per_protocol_${micro ? "micro" : "large"}`);
    return quota?.value
      ? { limit: quota.value, limitText: `per protocol on ${instanceType}`, source: quota.source }
      : null;
  }
  const row = engine === "RABBITMQ" && mode !== null ? findSizing("maximum", instanceType, mode) : undefined;
  if (!row?.connectionsPerNode) return null;
  const nodes = mode === "CLUSTER_MULTI_AZ" ? 3 : 1;
  return {
    limit: row.connectionsPerNode * nodes,
    limitText: `${row.connectionsPerNode} per node of ${instanceType}, ${nodes} ${nodes === 1 ? "node" : "nodes"}`,
    source: row.source,
  };
}
