import type { z } from "zod";
import type { topologyView } from "@/lib/contracts/brokers";
import type { BrokerRow } from "@/lib/db/broker-queries";
import { brokerNames, brokersConnectingTo, revisionOf } from "@/lib/db/topology-queries";
import type { ConfigurationRef, ObservedAttributes } from "@/lib/domain/broker";
import { type ConnectorParseError, parseNetworkConnectors } from "@/lib/mesh/network-connectors";
import type { Ctx } from "@/lib/services/ctx";

type Topology = z.input<typeof topologyView>;
type Connector = Topology["connectors"][number];

const none = (status: Topology["status"], message: string): Topology => ({
  status,
  message,
  connectors: [],
  configuration: null,
});

/** The network connectors of an ActiveMQ broker's current configuration, and those of other brokers that lead to it. */
export async function readTopology({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { row: BrokerRow; attributes: ObservedAttributes };
}): Promise<Topology> {
  const { row, attributes } = input;
  if (row.engine === "RABBITMQ") {
    return none(
      "not-applicable",
      "RabbitMQ federation and shovels are not visible to AWS's API; a cluster's nodes are one broker here.",
    );
  }
  if (row.engine !== "ACTIVEMQ") return none("not-applicable", "Networks of brokers are known for ActiveMQ only.");
  const current = attributes.configuration?.current;
  if (!current) return none("not-read", "No configuration of this broker was observed.");
  const [revision, incoming] = await Promise.all([
    revisionOf(ctx.db, row.accountId, row.region, current.id, current.revision),
    brokersConnectingTo(ctx.db, row.id),
  ]);
  if (!revision)
    return none("not-read", `Revision ${current.revision} of configuration ${current.id} was not read yet.`);
  const configuration = {
    id: revision.configurationId,
    revision: revision.revision,
    fetchedAt: revision.fetchedAt.toISOString(),
    text: revision.data,
  };
  const parsed = parseNetworkConnectors(revision.data);
  const connectors: Connector[] = [];
  if (parsed.ok) {
    const names = await brokerNames(
      ctx.db,
      parsed.connectors.flatMap((c) => c.endpoints.flatMap((e) => (e.brokerId ? [e.brokerId] : []))),
    );
    for (const connector of parsed.connectors) {
      for (const endpoint of connector.endpoints) {
        const peerName = endpoint.brokerId ? (names.get(endpoint.brokerId) ?? null) : null;
        connectors.push({
          name: connector.name,
          direction: connector.duplex ? "duplex" : "outgoing",
          peerBrokerId: peerName === null ? null : endpoint.brokerId,
          peerName,
          peerHost: endpoint.host,
          external: peerName === null,
          userName: connector.userName,
        });
      }
    }
  }
  for (const peer of incoming) {
    const theirs = parseNetworkConnectors(peer.data);
    if (!theirs.ok) continue;
    for (const connector of theirs.connectors) {
      const endpoint = connector.endpoints.find((e) => e.brokerId === row.id);
      if (endpoint) {
        connectors.push({
          name: connector.name,
          direction: connector.duplex ? "duplex" : "incoming",
          peerBrokerId: peer.brokerId,
          peerName: peer.name,
          peerHost: endpoint.host,
          external: false,
          userName: connector.userName,
        });
      }
    }
  }
  return parsed.ok
    ? {
        status: "ok",
        message: connectors.length === 0 ? "The current configuration has no network connectors." : null,
        connectors,
        configuration,
      }
    : { status: "malformed", message: whyUnread(parsed.error, current), connectors, configuration };
}

/** What is wrong with a configuration, and the way out. */
function whyUnread({ code, message, line }: ConnectorParseError, { id, revision }: ConfigurationRef): string {
  const subject = `Revision ${revision} of configuration ${id}`;
  const at = line === null ? "" : ` (line ${line})`;
  if (code === "malformed") {
    return `${subject} is not well-formed XML${at}: ${message}. Create a corrected revision in Amazon MQ and apply it to the broker.`;
  }
  return `${subject} is not read${at}: ${message}. Its text is shown below as AWS keeps it.`;
}
