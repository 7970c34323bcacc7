/**
 * What other sources than DescribeBroker tell of a broker, and what follows from its peers. Rules name what they need of it beside attributes; a
 * fact that is absent was never observed, and the rule answers unknown. Each fact is loaded for the whole fleet at once
 * (lib/services/load-rule-facts.ts), never broker by broker.
 */
export interface BrokerFacts {
  network: BrokerNetwork;
  userAccess: readonly BrokerUserAccess[];
  metrics: MetricsSummary;
  configurationText: ConfigurationText;
  latestRevision: LatestRevision;
  mesh: BrokerMesh;
  ownerEntity: OwnerEntity;
}

export type BrokerFact = keyof BrokerFacts;

/** Source: EC2 DescribeSubnets and DescribeSecurityGroups, of the broker's own subnets and security groups. */
export interface BrokerNetwork {
  /** `zoneId` (use1-az1) is the same place in every account; `zoneName` (us-east-1a) is not. */
  readonly subnets: readonly {
    readonly id: string;
    readonly zoneId: string | null;
    readonly zoneName: string | null;
  }[];
  readonly securityGroups: readonly {
    readonly id: string;
    readonly ingress: readonly IngressRule[];
  }[];
}

export interface IngressRule {
  /** tcp, udp, icmp, or -1 for all. */
  readonly protocol: string;
  /** Null: all ports. */
  readonly fromPort: number | null;
  readonly toPort: number | null;
  /** IPv4 and IPv6 ranges; rules that name other security groups have none. */
  readonly cidrs: readonly string[];
}

/** Source: Amazon MQ DescribeUser (ActiveMQ; AWS returns no users of RabbitMQ brokers). */
export interface BrokerUserAccess {
  readonly name: string;
  readonly consoleAccess: boolean | null;
  readonly groups: readonly string[];
  readonly replicationUser: boolean | null;
}

/** Source: CloudWatch. Peaks of the last seven whole days and of today so far, over all dimensions of a metric. */
export interface MetricsSummary {
  /** Metric -> largest value (of a Minimum statistic: the smallest). */
  readonly week: Readonly<Record<string, number>>;
  /** The same of yesterday and today alone. */
  readonly lastDay: Readonly<Record<string, number>>;
}

/** Source: DescribeConfigurationRevision, the revision that is in force. */
export interface ConfigurationText {
  readonly id: string;
  readonly revision: number;
  /** Why it could not be understood; null when it was. */
  readonly problem: string | null;
  /** ActiveMQ: an `<authorizationMap>` decides who may read and write. */
  readonly hasAuthorizationMap: boolean;
  /** Names of network connectors with a password in plain text. */
  readonly connectorsWithPassword: readonly string[];
}

/** The newest revision of the broker's configuration that is known. */
export interface LatestRevision {
  readonly revision: number;
  /** `described`: AWS was asked for the newest one; `seen`: the newest that any broker uses, and there may be newer ones. */
  readonly basis: "described" | "seen";
}

/** How a broker stands in the network of brokers that all current configurations together describe. */
export interface BrokerMesh {
  /** `unknown`: its configuration was not read, and no other broker leads to it. */
  readonly standing: "joined" | "standalone" | "unknown";
  /** Some configurations of the network were not read: there may be more connectors. */
  readonly incomplete: boolean;
  /** Names of the other brokers, sorted. */
  readonly peers: readonly string[];
  /** How many of them count as production. */
  readonly productionPeers: number;
  /** Zone ids of the production brokers of the network, this one included; null where one of them is not known. */
  readonly productionZoneIds: readonly string[] | null;
  /** A connector from or to this broker was seen connected in the last day; null: no metric says. */
  readonly connectedLastDay: boolean | null;
  /** Defects of the network as far as they concern this broker. */
  readonly checks: readonly BrokerMeshCheck[];
}

export interface BrokerMeshCheck {
  readonly id: string;
  readonly outcome: "pass" | "fail" | "unknown";
  /** Names of the brokers it concerns, sorted. */
  readonly brokers: readonly string[];
  readonly explanation: string;
}

/** The owner of the broker as the product knows him. */
export interface OwnerEntity {
  readonly verified: boolean;
  /** Has an e-mail address or a chat handle. */
  readonly contactable: boolean;
}
