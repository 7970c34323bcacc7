import { defineMeshRule } from "@/lib/rules/define-mesh-rule";

export const meshSurvivesLargestLoss = defineMeshRule({
  id: "mesh-survives-largest-loss",
  check: "survives-largest-loss",
  title: "The remaining brokers could carry the load of the largest",
  severity: "medium",
  rationale:
    "A network survives a loss only if the others have room for what the lost broker carried. Without that room its loss is the beginning of theirs.",
  remediation:
    "Choose larger instance types, or add a broker, until the peak load of any one broker fits into what the others have to spare.",
});
