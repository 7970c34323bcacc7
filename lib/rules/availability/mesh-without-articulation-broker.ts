import { defineMeshRule } from "@/lib/rules/define-mesh-rule";

export const meshWithoutArticulationBroker = defineMeshRule({
  id: "mesh-without-articulation-broker",
  check: "no-articulation-broker",
  title: "No single broker holds a network of brokers together",
  severity: "high",
  rationale:
    "Where all connections run over one broker, its loss or its maintenance window splits the network: producers and consumers on different sides no longer meet, although both sides are up.",
  remediation:
    "Connect the remaining brokers directly (every broker to two others at least), in a new configuration revision, so that the network survives the loss of any one.",
});
