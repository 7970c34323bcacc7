import { defineMeshRule } from "@/lib/rules/define-mesh-rule";

export const meshMaintenanceWindowsDiffer = defineMeshRule({
  id: "mesh-maintenance-windows-differ",
  check: "several-maintenance-windows",
  title: "Brokers of a network have different maintenance windows",
  severity: "medium",
  rationale:
    "Brokers that share a maintenance window can be rebooted at the same hour. The network is there so that one may be away: not all of them.",
  remediation:
    "Move the windows apart (aws mq update-broker --broker-id <id> --maintenance-window-start-time ...), by two hours at least; it takes effect without a reboot.",
});
