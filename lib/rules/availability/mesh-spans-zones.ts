import { defineMeshRule } from "@/lib/rules/define-mesh-rule";

export const meshSpansZones = defineMeshRule({
  id: "mesh-spans-zones",
  check: "several-zones",
  title: "A network of brokers spans several Availability Zones",
  severity: "high",
  rationale:
    "A network whose brokers all stand in one Availability Zone fails as a whole when the zone does. Zone names differ between accounts: only zone ids tell whether two zones are the same place.",
  remediation:
    "Place brokers of the network in subnets of different zone ids. The subnets of a broker cannot be changed: replace one broker after the other.",
});
