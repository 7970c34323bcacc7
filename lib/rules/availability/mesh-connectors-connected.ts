import { defineMeshRule } from "@/lib/rules/define-mesh-rule";

export const meshConnectorsConnected = defineMeshRule({
  id: "mesh-connectors-connected",
  check: "connectors-connected",
  title: "Configured network connectors are connected",
  severity: "high",
  rationale:
    "A network that is configured but not connected is no network: messages stay where they were sent, and a fail-over loses them from sight. The metric NetworkConnectorConnectionCount tells what is really connected.",
  remediation:
    "Look in the general log for refused connections: security groups between the brokers, the user and its password, host names of the endpoints. Test with a message from one side to the other.",
});
