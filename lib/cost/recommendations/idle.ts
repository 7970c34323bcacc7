import { outsideRecommendations } from "@/lib/cost/recommendations/common-exclusions";
import {
  defineRecommendation,
  excluded,
  none,
  type RecommendationOutcome,
  type RecommendationSubject,
  recommended,
  unknown,
} from "@/lib/cost/recommendations/define-recommendation";
import { priceOfDeletion } from "@/lib/cost/recommendations/price-change";
import { thresholdOf } from "@/lib/cost/recommendations/thresholds";
import { evidence, evidenceWindow, missingDays, notMeasured } from "@/lib/cost/recommendations/window-evidence";
import { engineLine, isKnownEngine } from "@/lib/domain/engine-version";
import type { EvidenceMetric } from "@/lib/domain/recommendation";

/** Connections of any client; what nobody connects to moves no message. */
const CONNECTIONS = { ACTIVEMQ: "CurrentConnectionsCount", RABBITMQ: "ConnectionCount" } as const;
const MESSAGES = { ACTIVEMQ: "TotalMessageCount", RABBITMQ: "MessageCount" } as const;

export const idle = defineRecommendation({
  id: "idle",
  version: 1,
  title: "Idle broker",
  definition:
    "Over the evidence window no client was connected at any minute; or clients were connected, but none of them could send or receive (ActiveMQ: no " +
    "producer and no consumer; RabbitMQ: nothing published, no consumer). Replicas, members of a network of brokers, brokers younger than the window and " +
    "brokers without enough data are left out. Amazon MQ brokers cannot be stopped: the broker is deleted, and recreated when it is needed again.",
  nature: "saving",
  doneWhen: "deleted",
  evaluate(subject, context) {
    const outside = outsideRecommendations(subject);
    if (outside) return outside;
    const { engine } = subject.attributes;
    if (!engine || !isKnownEngine(engine)) return unknown("Nobody knows the metrics of this engine yet.");
    if (subject.meshMember === true)
      return excluded(
        "Member of a network of brokers: it carries messages of others even when no client is connected.",
      );
    const needed = [CONNECTIONS[engine]];
    const unmeasured = notMeasured(subject, context, needed);
    if (unmeasured) return unmeasured;
    if (subject.meshMember === null)
      return unknown("Its configuration was not read: whether it is in a network of brokers is not known.");
    const connections = subject.metrics.get(CONNECTIONS[engine]);
    if (!connections) return unknown(`CloudWatch has no data of ${CONNECTIONS[engine]}.`);
    const lines = [evidence(CONNECTIONS[engine], "peak", connections, "connections", thresholdOf("idleConnections"))];
    const reasons: string[] = [];
    if (connections.peak > thresholdOf("idleConnections")) {
      const moved = connectedButSilent(subject, engine);
      if ("outcome" in moved) return moved;
      lines.push(...moved.lines);
      reasons.push(...moved.reasons);
    }
    const stored = subject.metrics.get(MESSAGES[engine]);
    if (stored) lines.push(evidence(MESSAGES[engine], "peak", stored, "messages", null));
    const window = evidenceWindow(subject, context, needed);
    reasons.push(...missingDays(window));
    const holdsMessages = stored !== undefined && stored.peak > 0;
    return recommended({
      summary:
        connections.peak > thresholdOf("idleConnections")
          ? `Clients were connected in the last ${window.days} days, but nothing was sent or received.`
          : `No client was connected at any minute of the last ${window.days} days.`,
      window,
      metrics: lines,
      confidence:
        reasons.length === 0
          ? { level: "high", reasons: ["No connection on any day, and every day has data"] }
          : { level: "medium", reasons },
      change: { attribute: "presence", from: "RUNNING", to: null },
      ...priceOfDeletion(subject, context.prices),
      steps: [
        "Ask the owner whether anything still needs the broker: a yearly job, a disaster-recovery site, a client that is switched off.",
        ...(holdsMessages
          ? ["Messages are stored in its queues: consume or export them first, deleting the broker loses them."]
          : []),
        ...(engine === "RABBITMQ"
          ? ["Look for federation links and shovels in the RabbitMQ management console: AWS does not show them."]
          : []),
        "Keep what is needed to recreate it: configuration revision, users, tags, security groups, the CloudFormation or Terraform definition.",
        "Delete the broker (aws mq delete-broker --broker-id <id>). Amazon MQ brokers cannot be stopped; storage is deleted with the broker.",
        "Recreate it from its definition when it is needed again; its endpoints and id are new then.",
      ],
    });
  },
});

/** Evidence that connected clients moved nothing, or the outcome that they did (or that it cannot be told). */
function connectedButSilent(
  { metrics, attributes }: RecommendationSubject,
  engine: "ACTIVEMQ" | "RABBITMQ",
): { lines: EvidenceMetric[]; reasons: string[] } | RecommendationOutcome {
  const names =
    engine === "ACTIVEMQ"
      ? (["TotalProducerCount", "TotalConsumerCount"] as const)
      : (["PublishRate", "ConsumerCount"] as const);
  const [sending, receiving] = names.map((name) => metrics.get(name));
  if (!sending || !receiving || Math.min(sending.days, receiving.days) < thresholdOf("minimumDays"))
    return none("Clients were connected.");
  if (sending.peak > thresholdOf("idlePublishRate") || receiving.peak > 0)
    return none("Clients send or receive messages.");
  const reasons = ["Clients are connected, although nothing is sent or received"];
  const line = attributes.engineVersion ? engineLine(attributes.engineVersion) : undefined;
  if (engine === "RABBITMQ" && line?.startsWith("4"))
    reasons.push("From RabbitMQ 4.2 on the publish rate counts AMQP 0-9-1 alone");
  const [sendingUnit, receivingUnit] = engine === "ACTIVEMQ" ? ["producers", "consumers"] : ["messages/s", "consumers"];
  return {
    lines: [
      evidence(names[0], "peak", sending, sendingUnit ?? "", 0),
      evidence(names[1], "peak", receiving, receivingUnit ?? "", 0),
    ],
    reasons,
  };
}
