import { MESH_REFERENCES, NO_MESH_IN_RABBITMQ } from "@/lib/rules/define-mesh-rule";
import { defineRule, fail, notApplicable, pass, unknown } from "@/lib/rules/define-rule";

/** What the mesh coverage of seed 002 asks of a production broker, read from configurations and metrics, never from names. */
export const productionBrokerInMesh = defineRule({
  id: "production-broker-in-mesh",
  version: 1,
  title: "Production ActiveMQ brokers are joined in a connected network across zones",
  severity: "medium",
  category: "availability",
  rationale:
    "An ActiveMQ pair survives the loss of a node, not of the broker itself: its store, its configuration, its region of the network. A network of " +
    "production brokers in two or more zones carries on, if its connectors are really connected.",
  remediation:
    "Add network connectors between production brokers in different zones to their configurations (duplex, a user that exists on both sides), apply " +
    "the revisions in the maintenance windows, and see in NetworkConnectorConnectionCount that they connect.",
  references: MESH_REFERENCES,
  needs: ["tags", "mesh"],
  judges: ["mesh"],
  judged: ({ facts: { mesh } }) => [mesh.standing, mesh.productionPeers, mesh.productionZoneIds, mesh.connectedLastDay],
  engine: { only: "ACTIVEMQ", otherwise: NO_MESH_IN_RABBITMQ },
  replicas: { notApplicable: "A replica of cross-region replication takes no messages; its primary is judged." },
  basis: ({ environment }) => ({ countsAsProduction: environment.countsAsProduction }),
  examples: [
    { title: "joined across two zones and connected", expect: "pass" },
    {
      title: "a production broker of its own",
      facts: { mesh: meshOf({ standing: "standalone", peers: [], productionPeers: 0 }) },
      expect: "fail",
    },
    { title: "joined to test brokers alone", facts: { mesh: meshOf({ productionPeers: 0 }) }, expect: "fail" },
    { title: "all in one zone", facts: { mesh: meshOf({ productionZoneIds: ["euw1-az1"] }) }, expect: "fail" },
    { title: "configured, never connected", facts: { mesh: meshOf({ connectedLastDay: false }) }, expect: "fail" },
    {
      title: "no metric says whether it is connected",
      facts: { mesh: meshOf({ connectedLastDay: null }) },
      expect: "unknown",
    },
    { title: "zones not known", facts: { mesh: meshOf({ productionZoneIds: null }) }, expect: "unknown" },
    { title: "development", attributes: { tags: { env: "dev" } }, expect: "not-applicable" },
    { title: "RabbitMQ", attributes: { engine: "RABBITMQ" }, expect: "not-applicable" },
    { title: "configuration never read", withhold: ["mesh"], expect: "unknown" },
  ],
  evaluate({ environment, facts: { mesh } }) {
    if (!environment.countsAsProduction)
      return notApplicable(`The broker is not production, but ${environment.environment}.`);
    if (mesh.standing === "unknown") return unknown("The broker's configuration was not read.");
    const evidence = {
      standing: mesh.standing,
      network: mesh.peers,
      productionPeers: mesh.productionPeers,
      zoneIds: mesh.productionZoneIds,
      connectedLastDay: mesh.connectedLastDay,
    };
    if (mesh.standing === "standalone") return fail("The broker is joined to no other known broker.", evidence);
    if (mesh.productionPeers === 0) return fail("The broker is joined to no other production broker.", evidence);
    if (mesh.productionZoneIds?.length === 1) {
      return fail(`All production brokers of the network are in the zone ${mesh.productionZoneIds.join()}.`, evidence);
    }
    if (mesh.connectedLastDay === false)
      return fail("None of its connectors was seen connected in the last day.", evidence);
    if (mesh.productionZoneIds === null) return unknown("The zone ids of the network's brokers are not known.");
    if (mesh.connectedLastDay === null)
      return unknown("No metric of the last day says whether its connectors are connected.");
    return pass(
      `Joined to ${mesh.productionPeers} production brokers across ${mesh.productionZoneIds.length} zones, and connected.`,
    );
  },
});

function meshOf<T extends object>(different: T) {
  return {
    standing: "joined" as const,
    incomplete: false,
    peers: ["orders-b"],
    productionPeers: 1,
    productionZoneIds: ["euw1-az1", "euw1-az2"],
    connectedLastDay: true,
    checks: [],
    ...different,
  };
}
