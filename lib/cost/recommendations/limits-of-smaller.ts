import type { RecommendationSubject } from "@/lib/cost/recommendations/define-recommendation";
import { thresholdOf } from "@/lib/cost/recommendations/thresholds";
import { evidence, roundedMetric } from "@/lib/cost/recommendations/window-evidence";
import type { EvidenceMetric } from "@/lib/domain/recommendation";
import type { InstanceTypeOffer } from "@/lib/reference/instance-types";
import { findQuota } from "@/lib/reference/quotas";
import { findSizing } from "@/lib/reference/sizing";

/** What is in use beside the documented limits of the smaller type; doubts are limits that nobody documents; unknown: disk was not measured. */
export type LimitCheck = { lines: EvidenceMetric[]; doubts: string[] } | { unknown: string };

const GIB = 1024 ** 3;

/** Disk, connections and queues in use at the peak, each with how much of the smaller type's limit they may take. */
export function limitsOfSmaller(
  subject: RecommendationSubject,
  current: InstanceTypeOffer,
  target: InstanceTypeOffer,
): LimitCheck {
  const share = thresholdOf("usedLimitPercent") / 100;
  return subject.attributes.engine === "RABBITMQ"
    ? rabbitLimits(subject, current, target, share)
    : activeLimits(subject, current, target, share);
}

function activeLimits(
  { metrics }: RecommendationSubject,
  current: InstanceTypeOffer,
  target: InstanceTypeOffer,
  share: number,
): LimitCheck {
  const store = metrics.get("StorePercentUsage");
  if (!store || current.storageQuotaGb === null || target.storageQuotaGb === null)
    return { unknown: "How much storage is used is not known." };
  const lines: EvidenceMetric[] = [
    {
      name: "Used storage",
      statistic: "peak",
      value: roundedMetric((store.peak / 100) * current.storageQuotaGb),
      unit: "GB",
      limit: roundedMetric(target.storageQuotaGb * share),
    },
  ];
  const micro = target.instanceType.endsWith(".micro");
  const quota = findQuota(`activemq_wire_connections_per_protocol_${micro ? "micro" : "large"}`)?.value ?? null;
  const connections = metrics.get("CurrentConnectionsCount");
  if (quota === null || !connections) return { lines, doubts: ["The limit of connections was not compared"] };
  // The limit is per protocol and the metric counts all of them: the safe side.
  lines.push(evidence("CurrentConnectionsCount", "peak", connections, "connections", roundedMetric(quota * share)));
  return { lines, doubts: [] };
}

function rabbitLimits(
  { metrics, attributes }: RecommendationSubject,
  current: InstanceTypeOffer,
  target: InstanceTypeOffer,
  share: number,
): LimitCheck {
  const nodes = current.nodes ?? 1;
  const diskNow = attributes.storageSizeGb ?? current.diskGbPerNodeDefault;
  const diskThen = attributes.storageSizeGb ?? target.diskGbPerNodeDefault;
  const free = metrics.get("RabbitMQDiskFree");
  if (!free || diskNow === null || diskThen === null) return { unknown: "How much disk is used is not known." };
  const lines: EvidenceMetric[] = [
    {
      name: "Used disk per node",
      statistic: "peak",
      value: roundedMetric(Math.max(0, diskNow - free.low / GIB / nodes)),
      unit: "GB",
      limit: roundedMetric(diskThen * share),
    },
  ];
  const doubts: string[] = [];
  const sizing = findSizing("maximum", target.instanceType, target.deploymentMode ?? "");
  const limits = [
    ["ConnectionCount", "connections", sizing?.connectionsPerNode != null ? sizing.connectionsPerNode * nodes : null],
    ["QueueCount", "queues", sizing?.queues ?? null],
  ] as const;
  for (const [name, unit, limit] of limits) {
    const used = metrics.get(name);
    if (limit === null) doubts.push(`No limit of ${unit} is documented for ${target.instanceType}`);
    else if (!used) doubts.push(`${name} was not measured`);
    else lines.push(evidence(name, "peak", used, unit, roundedMetric(limit * share)));
  }
  return { lines, doubts };
}
