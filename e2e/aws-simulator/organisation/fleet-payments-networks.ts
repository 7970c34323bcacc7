import { payments } from "./accounts";
import type { BrokerSpec } from "./broker-spec";
import { pair } from "./deployments";
import { connectorsTo, type Peer } from "./meshes";
import { peerOf, type Story } from "./tell-broker";

/** The tags of the Payments teams. */
export const ownedByPayments = (team: string, extra: Record<string, string> = {}) => ({
  Owner: `${team}@example.com`,
  Environment: "prod",
  CostCenter: "4100",
  ...extra,
});

/** Brokers of Payments that know each other: a replicated pair of regions and a complete mesh. */
export function paymentsNetworks(story: Story): BrokerSpec[] {
  const mesh = ["a", "b", "c"].map((letter) => ({
    ...pair,
    name: `invoice-mesh-${letter}`,
    region: "eu-central-1",
    type: "m5.large",
    created: -820,
  }));
  const meshPeers = mesh.map((spec) => [spec.name, peerOf(story, payments, spec)] as const);
  const others = (name: string) =>
    connectorsTo(
      name,
      meshPeers.filter(([peer]) => peer !== name),
    );
  return [
    {
      ...pair,
      name: "sepa-clearing",
      region: "eu-central-1",
      type: "m5.xlarge",
      created: -700,
      upgrades: [["5.19", -140]],
      logs: "all",
      ldap: ["ldap-1.example.com", "ldap-2.example.com"],
      ownKey: true,
      tags: ownedByPayments("ledger", { DataClass: "restricted" }),
      replication: { role: "PRIMARY", brokerId: replicaId(story), region: "eu-west-1" },
    },
    {
      ...pair,
      name: "sepa-clearing-dr",
      region: "eu-west-1",
      type: "m5.xlarge",
      created: -690,
      upgrades: [["5.19", -139]],
      logs: "all",
      replica: true,
      ldap: ["ldap-1.example.com", "ldap-2.example.com"],
      ownKey: true,
      tags: ownedByPayments("ledger", { DataClass: "restricted" }),
      load: { cpuPercent: 6, connections: 2 },
      replication: { role: "REPLICA", brokerId: primaryId(story), region: "eu-central-1" },
    },
    // A complete mesh of three; the third joined later.
    ...mesh.map(
      (spec): BrokerSpec => ({
        ...spec,
        logs: "all",
        upgrades: [["5.19", -90]],
        tags: ownedByPayments("ledger", { mesh: "invoice" }),
        load: { connections: 55 },
        mesh: [
          {
            day: -818,
            note: "connect to the other two",
            connectors: spec.name.endsWith("c") ? [] : others(spec.name).slice(0, 1),
            connected: spec.name.endsWith("c") ? 0 : 1,
          },
          { day: -260, note: "complete mesh", connectors: others(spec.name), connected: 2 },
        ],
      }),
    ),
  ];
}

const dr = {
  name: "sepa-clearing-dr",
  region: "eu-west-1",
  type: "m5.xlarge",
  created: -690,
  mode: "ACTIVE_STANDBY_MULTI_AZ",
} as const;
const primary = {
  name: "sepa-clearing",
  region: "eu-central-1",
  type: "m5.xlarge",
  created: -700,
  mode: "ACTIVE_STANDBY_MULTI_AZ",
} as const;

function idOf(peer: Peer): string {
  return "id" in peer ? peer.id : "";
}

function replicaId(story: Story): string {
  return idOf(peerOf(story, payments, dr));
}

function primaryId(story: Story): string {
  return idOf(peerOf(story, payments, primary));
}
