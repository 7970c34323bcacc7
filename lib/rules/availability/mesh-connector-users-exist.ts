import { defineMeshRule } from "@/lib/rules/define-mesh-rule";

export const meshConnectorUsersExist = defineMeshRule({
  id: "mesh-connector-users-exist",
  check: "connector-users-exist",
  title: "The users of network connectors exist on both brokers",
  severity: "high",
  rationale:
    "A connector signs in on the other broker with its userName. Where the user does not exist there, the connector never connects, and nothing but a missing metric says so. Passwords cannot be seen through the API.",
  remediation:
    "Create the user on every broker of the network with the same name and password (aws mq create-user), or correct userName in the configuration; both are applied with a reboot.",
});
