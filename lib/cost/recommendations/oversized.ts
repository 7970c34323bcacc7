import { outsideRecommendations } from "@/lib/cost/recommendations/common-exclusions";
import {
  defineRecommendation,
  none,
  type RecommendationSubject,
  recommended,
  unknown,
  type WindowMetric,
} from "@/lib/cost/recommendations/define-recommendation";
import { limitsOfSmaller } from "@/lib/cost/recommendations/limits-of-smaller";
import { priceOfShapes } from "@/lib/cost/recommendations/price-change";
import { currentType, nextSmaller } from "@/lib/cost/recommendations/smaller-type";
import { thresholdOf } from "@/lib/cost/recommendations/thresholds";
import {
  evidence,
  evidenceWindow,
  missingDays,
  notMeasured,
  roundedMetric,
} from "@/lib/cost/recommendations/window-evidence";
import { isKnownEngine } from "@/lib/domain/engine-version";
import type { EvidenceMetric } from "@/lib/domain/recommendation";

const CPU = { ACTIVEMQ: "CpuUtilization", RABBITMQ: "SystemCpuUtilization" } as const;
const MEMORY = { ACTIVEMQ: ["HeapUsage"], RABBITMQ: ["RabbitMQMemUsed", "RabbitMQMemLimit"] } as const;

export const oversized = defineRecommendation({
  id: "oversized",
  version: 1,
  title: "Oversized instance",
  definition:
    "Over the evidence window CPU (peak, and mean of the daily peaks) and memory (peak) would stay below their marks on the next smaller instance type, " +
    "carried over by vCPUs and memory. The smaller type must be offered for the engine, its line (RabbitMQ 4.x: mq.m7g only), deployment mode, storage and " +
    "region, must have no end of support, must hold the disk, connections and queues in use, and in production must not be an evaluation size.",
  nature: "saving",
  doneWhen: "instance-type-changed",
  evaluate(subject, context) {
    const outside = outsideRecommendations(subject);
    if (outside) return outside;
    const { engine, instanceType } = subject.attributes;
    if (!engine || !isKnownEngine(engine) || !instanceType)
      return unknown("Nobody knows the metrics of this engine yet.");
    if (subject.pendingInstanceType)
      return unknown(`A change to ${subject.pendingInstanceType} is pending; the window begins after it.`);
    if (subject.instanceTypeChangedOn)
      return unknown(
        `Its instance type changed on ${subject.instanceTypeChangedOn}: the window is not of the type it has now.`,
      );
    const current = currentType(subject);
    if (!current?.vcpu || !current.memoryGib) return unknown(`The size of ${instanceType} is not known.`);
    const target = nextSmaller(subject, context);
    if (!target?.offer.vcpu || !target.offer.memoryGib)
      return none(`No smaller type than ${instanceType} is offered for its engine line, deployment mode and region.`);
    const { offer } = target;
    if (subject.environment.countsAsProduction && offer.recommendedUse !== "Production")
      return none(
        `The next smaller type, ${offer.instanceType}, is for evaluation only, and the broker counts as production.`,
      );
    const needed = [CPU[engine], ...MEMORY[engine]];
    const unmeasured = notMeasured(subject, context, needed);
    if (unmeasured) return unmeasured;
    const cpu = subject.metrics.get(CPU[engine]);
    const memory = memoryPercent(subject, engine);
    if (!cpu || memory === null) return unknown("CPU or memory was not measured.");

    const cpuRatio = current.vcpu / target.offer.vcpu;
    const memoryRatio = current.memoryGib / target.offer.memoryGib;
    const lines: EvidenceMetric[] = [
      evidence(CPU[engine], "peak", cpu, "%", roundedMetric(thresholdOf("projectedCpuPercent") / cpuRatio)),
      evidence(
        CPU[engine],
        "mean of daily peaks",
        cpu,
        "%",
        roundedMetric(thresholdOf("projectedMeanCpuPercent") / cpuRatio),
      ),
      {
        name: engine === "ACTIVEMQ" ? "HeapUsage" : "RabbitMQMemUsed of RabbitMQMemLimit",
        statistic: "peak",
        value: roundedMetric(memory),
        unit: "%",
        limit: roundedMetric(thresholdOf("projectedMemoryPercent") / memoryRatio),
      },
    ];
    const limits = limitsOfSmaller(subject, current, offer);
    if ("unknown" in limits) return unknown(limits.unknown);
    lines.push(...limits.lines);
    const over = lines.find(({ value, limit }) => limit !== null && value > limit);
    if (over)
      return none(
        `${over.name} (${over.statistic}) is ${over.value} ${over.unit}; for ${offer.instanceType} at most ${over.limit} ${over.unit} would do.`,
      );
    const window = evidenceWindow(subject, context, needed);
    const reasons = [
      ...missingDays(window),
      ...limits.doubts,
      ...(target.offeredLive ? [] : ["What AWS offers in the region was not read"]),
      ...(engine === "RABBITMQ" && subject.attributes.deploymentMode === "CLUSTER_MULTI_AZ"
        ? ["Memory and disk of a cluster are sums of three nodes: one node may be fuller"]
        : []),
    ];
    return recommended({
      summary: `${offer.instanceType} would carry the peak of the last ${window.days} days with room.`,
      window,
      metrics: lines,
      confidence:
        reasons.length === 0
          ? { level: "high", reasons: ["Every day has data, and every limit of the smaller type is documented"] }
          : { level: "medium", reasons },
      change: { attribute: "instanceType", from: instanceType, to: offer.instanceType },
      ...priceOfShapes(subject, context.prices, { instanceType: offer.instanceType }, "saving"),
      steps: [
        "Ask the owner about peaks that the window does not hold: month-end, sales, batch runs.",
        "Try the smaller type in a lower environment under the load of a busy day.",
        `Change the instance type (aws mq update-broker --broker-id <id> --host-instance-type ${offer.instanceType}).`,
        "The change is applied with a reboot, at once (aws mq reboot-broker) or in the next maintenance window; clients reconnect.",
        "Watch CPU and memory for a week; the way back is the same command with the former type.",
      ],
    });
  },
});

/** Peak of memory in percent of what the broker may use; null when it was not measured. */
function memoryPercent({ metrics }: RecommendationSubject, engine: "ACTIVEMQ" | "RABBITMQ"): number | null {
  if (engine === "ACTIVEMQ") return metrics.get("HeapUsage")?.peak ?? null;
  const [used, limit]: (WindowMetric | undefined)[] = MEMORY.RABBITMQ.map((name) => metrics.get(name));
  return used && limit && limit.low > 0 ? (used.peak / limit.low) * 100 : null;
}
