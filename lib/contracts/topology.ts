import { z } from "zod";
import { cutQuery, freshness, instant } from "@/lib/contracts/common";

/** Limits to networks with at least one broker that matches; a network is always shown whole. */
export const topologyQuery = cutQuery.omit({ engine: true }).extend({
  component: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .meta({ description: "Only the network that the broker of this id belongs to" }),
});
export type TopologyQuery = z.infer<typeof topologyQuery>;

const outcome = z.enum(["pass", "fail", "unknown"]);
const point = { x: z.number(), y: z.number() };

export const topologyNetwork = z
  .object({
    id: z.string().meta({ description: "Broker id of its first broker" }),
    name: z.string(),
    /** outside-only: one broker with external peers; pending-only: joined only by revisions that are not applied */
    kind: z.enum(["network", "outside-only", "pending-only"]),
    brokers: z.number().int(),
    productionBrokers: z.number().int(),
    externalPeers: z.number().int(),
    connectors: z.number().int(),
    regions: z.array(z.string()),
    accounts: z.array(z.string()),
    /** Some configurations of its brokers were not read: there may be more connectors. */
    incomplete: z.boolean(),
    failed: z.number().int(),
    unknown: z.number().int(),
    checks: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        /** The rule whose findings say the same of each broker */
        ruleId: z.string(),
        outcome,
        explanation: z.string(),
        /** How many brokers it failed for, or could not be decided for; drawn ones say so themselves */
        brokers: z.number().int(),
      }),
    ),
  })
  .meta({ id: "BrokerNetwork" });
export type TopologyNetwork = z.infer<typeof topologyNetwork>;

export const topologyBroker = z
  .object({
    id: z.string(),
    name: z.string(),
    network: z.string(),
    engineVersion: z.string().nullable(),
    deploymentMode: z.string().nullable(),
    instanceType: z.string().nullable(),
    accountId: z.string(),
    accountName: z.string().nullable(),
    region: z.string(),
    /** null: EC2 did not tell of its subnets */
    zoneIds: z.array(z.string()).nullable(),
    maintenanceWindow: z.string().nullable(),
    environment: z.string(),
    countsAsProduction: z.boolean(),
    owner: z.string().nullable(),
    state: z.string(),
    presence: z.enum(["in-scope", "replica", "gone", "not-in-service"]),
    stale: z.boolean(),
    observedAt: instant.nullable(),
    openFindings: z.number().int(),
    /** Its configuration was read; without, connectors of its own are not known. */
    configurationRead: z.boolean(),
    configurationPending: z.boolean().nullable(),
    /** Highest NetworkConnectorConnectionCount since yesterday; null without metric */
    connectorConnections: z.number().nullable(),
    /** Fits the filter; the others are shown because they belong to its network. */
    matches: z.boolean(),
    /** Ids of checks of its network that fail for it, and of those that it leaves undecided */
    defects: z.array(z.string()),
    undecided: z.array(z.string()),
    /** Connectors of its configuration that lead nowhere or to itself */
    uselessConnectors: z.array(z.object({ name: z.string(), reason: z.enum(["own-broker", "no-endpoint"]) })),
    ...point,
  })
  .meta({ id: "TopologyBroker" });
export type TopologyBroker = z.infer<typeof topologyBroker>;

/** An endpoint of no known broker: drawn, never counted. Coordinates are of its middle. */
export const topologyPeer = z
  .object({
    id: z.string(),
    network: z.string(),
    host: z.string(),
    port: z.number().int().nullable(),
    /** Set when the host is that of a broker of Amazon MQ that the inventory does not have */
    brokerId: z.string().nullable(),
    ...point,
  })
  .meta({ id: "TopologyPeer" });
export type TopologyPeer = z.infer<typeof topologyPeer>;

export const topologyConnector = z
  .object({
    /** Within this answer */
    id: z.string(),
    name: z.string(),
    /** Broker id */
    from: z.string(),
    /** Broker id, or id of an external peer */
    to: z.string(),
    external: z.boolean(),
    /** false: messages flow from `from` to `to` alone */
    duplex: z.boolean(),
    /** The connector keeps one connection to one of several brokers */
    oneOfSeveral: z.boolean(),
    /** pending: only in a revision that is not applied; ending: in force, and gone with the revision that waits */
    revision: z.enum(["current", "pending", "ending"]),
    userName: z.string().nullable(),
    /** Whether the user is known on both ends; passwords cannot be seen */
    user: z.enum(["known", "missing", "unknown", "none-named", "not-visible"]),
    /** Ids of the brokers where it is missing, or not known */
    userNotOn: z.array(z.string()),
    /** In the last day, by NetworkConnectorConnectionCount: all connectors of `from`, some of them, none */
    connected: z.enum(["connected", "some", "not-connected", "no-metric", "not-applied"]),
    defects: z.array(z.enum(["one-way", "user-missing", "not-connected", "no-user"])),
  })
  .meta({ id: "TopologyConnector" });
export type TopologyConnector = z.infer<typeof topologyConnector>;

/** The networks of ActiveMQ brokers with a drawing of them. */
export const topologyMap = z
  .object({
    /** Every network that matches, worst first */
    networks: z.array(topologyNetwork),
    /** The network of `component`; null: all of them */
    chosen: z.string().nullable(),
    /** Those of the networks that are drawn: brokers, peers and connectors below are theirs */
    drawn: z.array(z.string()),
    brokers: z.array(topologyBroker),
    externalPeers: z.array(topologyPeer),
    connectors: z.array(topologyConnector),
    boxes: z.array(
      z.object({
        kind: z.enum(["network", "region", "account", "zone", "outside"]),
        label: z.string(),
        ...point,
        width: z.number(),
        height: z.number(),
      }),
    ),
    size: z.object({ width: z.number(), height: z.number() }),
    /** ActiveMQ brokers in no network that match: production first, at most 500 */
    alone: z.object({
      standalone: z.number().int(),
      unknown: z.number().int(),
      items: z.array(
        topologyBroker
          .pick({ id: true, name: true, accountId: true, accountName: true, region: true, environment: true })
          .extend({ standing: z.enum(["standalone", "unknown"]), reason: z.string() }),
      ),
    }),
    /** RabbitMQ brokers that match, which have no network that AWS's API shows */
    rabbitmq: z.object({ brokers: z.number().int(), clusters: z.number().int(), sentence: z.string() }),
    asOf: instant,
    freshness,
  })
  .meta({ id: "TopologyMap" });
export type TopologyMap = z.infer<typeof topologyMap>;
