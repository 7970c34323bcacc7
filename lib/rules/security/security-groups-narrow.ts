import type { IngressRule } from "@/lib/domain/broker-facts";
import { defineRule, fail, notApplicable, pass, unknown } from "@/lib/rules/define-rule";

/** Ports that brokers listen on: consoles, AMQP, MQTT, OpenWire, STOMP, WebSocket, metrics. Source: Amazon MQ developer guide, protocols. */
const BROKER_PORTS = [443, 5671, 8162, 8883, 15671, 16001, 16002, 16003, 61614, 61617, 61619] as const;

export const securityGroupsNarrow = defineRule({
  id: "security-groups-narrow",
  version: 1,
  title: "Security groups let in known networks only",
  severity: "medium",
  category: "security",
  rationale:
    "A security group is the only thing between a network and the broker's ports. One that lets in every address leaves the password as the last defence, " +
    "on a public broker against the whole world, on a private one against everything that reaches the VPC.",
  remediation:
    "Replace the open range by the security groups or address ranges of the clients, port by port; the change takes effect at once. Look in VPC flow logs " +
    "first for who connects.",
  references: [
    {
      kind: "aws",
      id: "Preventing access to brokers",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/using-amazon-mq-securely.html",
    },
    { kind: "seed", id: "004" },
    { kind: "other", id: "Cloud Custodian security-group filter" },
    { kind: "checkov", id: "CKV2_AWS_5" },
  ],
  needs: ["publiclyAccessible", "securityGroups", "network"],
  judges: ["securityGroups", "network"],
  judged: ({ facts: { network } }) => network.securityGroups.map(({ id, ingress }) => [id, openPorts(ingress)]),
  replicas: "judged",
  basis: ({ attributes: { publiclyAccessible } }) => ({ publiclyAccessible }),
  examples: [
    { title: "known networks only", expect: "pass" },
    {
      title: "OpenWire open to every address",
      attributes: groups("sg-0a"),
      facts: network(61617, "0.0.0.0/0"),
      expect: "fail",
    },
    {
      title: "all ports open to every IPv6 address",
      attributes: groups("sg-0a"),
      facts: network(null, "::/0"),
      expect: "fail",
    },
    {
      title: "open on a port that no broker has",
      attributes: groups("sg-0a"),
      facts: network(22, "0.0.0.0/0"),
      expect: "pass",
    },
    {
      title: "public RabbitMQ broker without security groups",
      attributes: { engine: "RABBITMQ", publiclyAccessible: true, securityGroups: [] },
      expect: "not-applicable",
    },
    { title: "a group that EC2 did not tell of", attributes: groups("sg-0a", "sg-0b"), expect: "unknown" },
    { title: "security groups never read", withhold: ["network"], expect: "unknown" },
  ],
  evaluate({ attributes: { publiclyAccessible, securityGroups }, facts: { network } }) {
    if (securityGroups.length === 0) {
      return notApplicable("The broker has no security groups of its own; public RabbitMQ brokers have none.");
    }
    const open = network.securityGroups.flatMap(({ id, ingress }) =>
      openPorts(ingress).map((port) => `${id}: ${port}`),
    );
    if (open.length > 0) {
      return fail(
        `Open to every address: ${open.join("; ")}.`,
        { open, securityGroups, publiclyAccessible },
        publiclyAccessible ? "high" : "medium",
      );
    }
    const told = new Set(network.securityGroups.map(({ id }) => id));
    const missing = securityGroups.filter((id) => !told.has(id));
    return missing.length > 0
      ? unknown(`What these security groups let in was not read: ${missing.join(", ")}.`)
      : pass("No security group of the broker lets in every address.");
  },
});

/** What a group opens to every address on ports that a broker has, in words. */
function openPorts(ingress: readonly IngressRule[]): string[] {
  const open = new Set<string>();
  for (const { protocol, fromPort, toPort, cidrs } of ingress) {
    const everyone = cidrs.filter((cidr) => cidr === "0.0.0.0/0" || cidr === "::/0");
    if (everyone.length === 0 || !["tcp", "6", "-1"].includes(protocol)) continue;
    if (fromPort === null || toPort === null) open.add(`all ports from ${everyone.join(" and ")}`);
    else if (BROKER_PORTS.some((port) => fromPort <= port && port <= toPort)) {
      open.add(
        `${fromPort === toPort ? `port ${fromPort}` : `ports ${fromPort}-${toPort}`} from ${everyone.join(" and ")}`,
      );
    }
  }
  return [...open].sort();
}

function groups(...ids: string[]) {
  return { securityGroups: ids };
}

function network(port: number | null, cidr: string) {
  const ingress = [{ protocol: port === null ? "-1" : "tcp", fromPort: port, toPort: port, cidrs: [cidr] }];
  return { network: { subnets: [], securityGroups: [{ id: "sg-0a", ingress }] } };
}
