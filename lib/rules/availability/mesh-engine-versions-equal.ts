import { defineMeshRule } from "@/lib/rules/define-mesh-rule";

export const meshEngineVersionsEqual = defineMeshRule({
  id: "mesh-engine-versions-equal",
  check: "one-engine-version",
  title: "Brokers of a network run the same engine version",
  severity: "medium",
  rationale:
    "ActiveMQ promises that neighbouring versions talk to each other, not that they agree in every respect: a network of mixed versions shows faults that neither version has alone, and only until somebody upgrades.",
  remediation:
    "Upgrade the brokers of the network to the same version one after the other, in one campaign with an end date.",
});
