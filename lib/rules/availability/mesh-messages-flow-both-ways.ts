import { defineMeshRule } from "@/lib/rules/define-mesh-rule";

export const meshMessagesFlowBothWays = defineMeshRule({
  id: "mesh-messages-flow-both-ways",
  check: "both-ways",
  title: "Messages flow both ways in a network of brokers",
  severity: "medium",
  rationale:
    "A connector that is not duplex carries messages one way only. Consumers on the far side starve when their producers move, and after a fail-over messages wait on a broker that nobody drains.",
  remediation:
    "Set duplex=true on the connector, or add a connector in the opposite direction to the other broker's configuration; apply the new revision with a reboot in the maintenance window.",
});
