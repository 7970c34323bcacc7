import { endpointHost } from "../services/mq/broker-json";
import type { DeploymentMode } from "./model";

/** The other end of a network connector: a broker of the organisation, or a host that AWS knows nothing of. */
export type Peer =
  | { readonly id: string; readonly region: string; readonly createdAt: number; readonly mode: DeploymentMode }
  | { readonly host: string };

export interface Connector {
  readonly name: string;
  readonly peer: Peer;
  readonly duplex: boolean;
  readonly userName: string;
  readonly failover?: boolean;
  /** Written into the configuration, which AWS warns against. */
  readonly password?: string;
}

function uri({ peer, failover }: Connector): string {
  if ("host" in peer) return `static:(ssl://${peer.host}:61617)`;
  const endpoint = (instance: number) => `ssl://${endpointHost({ ...peer, engine: "ActiveMQ" }, instance)}:61617`;
  if (peer.mode === "ACTIVE_STANDBY_MULTI_AZ") return `masterslave:(${endpoint(1)},${endpoint(2)})`;
  return failover ? `static:(failover:(${endpoint(1)})?maxReconnectAttempts=0)` : `static:(${endpoint(1)})`;
}

function element(connector: Connector): string {
  const { name, userName, duplex, password } = connector;
  const secret = password === undefined ? "" : ` password="${password}"`;
  return `    <networkConnector name="${name}" userName="${userName}"${secret} duplex="${duplex}" uri="${uri(connector)}"/>`;
}

/** An ActiveMQ configuration with network connectors, in the form of the developer guide's example. */
export function meshConfiguration(connectors: readonly Connector[]): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<broker schedulePeriodForDestinationPurge="10000" xmlns="http://activemq.apache.org/schema/core">
  <destinationPolicy>
    <policyMap>
      <policyEntries>
        <policyEntry queue="&gt;" enableAudit="false">
          <networkBridgeFilterFactory>
            <conditionalNetworkBridgeFilterFactory replayWhenNoConsumers="true"/>
          </networkBridgeFilterFactory>
        </policyEntry>
      </policyEntries>
    </policyMap>
  </destinationPolicy>
  <networkConnectors>
${connectors.map(element).join("\n")}
  </networkConnectors>
  <plugins/>
</broker>
`;
}

/** Duplex connectors from one broker to others, named after both ends. */
export function connectorsTo(
  from: string,
  peers: readonly (readonly [name: string, peer: Peer])[],
  userName = "mesh-link",
): Connector[] {
  return peers.map(([name, peer]) => ({ name: `${from}_to_${name}`, peer, duplex: true, userName }));
}
