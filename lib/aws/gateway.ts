import type { ObservedAttributes } from "@/lib/domain/broker";
import type { ListPrice } from "@/lib/domain/list-price";
import type { Decimal } from "@/lib/domain/money";
import type { PlainDate } from "@/lib/domain/plain-date";
import type { SecurityGroupIngress } from "@/lib/domain/security-group";
import type { SourceResult } from "@/lib/domain/sync";

/** How to reach an account: the ambient credentials, or a role assumed from them. */
export interface AccountAccess {
  accountId: string;
  roleArn: string | null;
  externalId: string | null;
}

/** Requests of one session so far, per AWS service; `billableUnits`: Cost Explorer requests, CloudWatch metrics requested. */
export type RequestCounts = Readonly<
  Record<string, { requests: number; retries: number; throttled: number; billableUnits: number }>
>;

export interface CallerIdentity {
  accountId: string;
  arn: string;
  partition: string;
}

export interface OrganizationAccount {
  accountId: string;
  name: string;
  email: string | null;
  status: string;
  isManagement: boolean;
}

/** One entry of ListBrokers. `attributes` holds what the listing tells (name, state, and the rest as far as sent). */
export interface ListedBroker {
  arn: string;
  brokerId: string;
  attributes: ObservedAttributes;
}

/** One answer of DescribeBroker. `gone`: AWS answered not-found. */
export type BrokerDescription =
  | {
      kind: "described";
      brokerId: string;
      arn: string;
      attributes: ObservedAttributes;
      payload: unknown;
      payloadHash: string;
    }
  | { kind: "gone"; brokerId: string };

export interface ConfigurationRevisionRead {
  configurationId: string;
  revision: number;
  createdAt: Date | null;
  description: string | null;
  /** Decoded from base64: XML (ActiveMQ) or Cuttlefish (RabbitMQ). */
  data: string;
}

export type OfferRead =
  | { kind: "engine-version"; engine: string; version: string }
  | {
      kind: "instance-option";
      engine: string;
      instanceType: string;
      storageType: string | null;
      deploymentModes: readonly string[];
      engineVersions: readonly string[];
      availabilityZones: readonly string[];
    };

export interface CostRead {
  accountId: string;
  day: PlainDate;
  usageType: string;
  recordType: string;
  currency: string;
  unblended: Decimal;
  amortized: Decimal | null;
  usageQuantity: Decimal | null;
  usageUnit: string | null;
  estimated: boolean;
}

/** As CostRead, for one resource (its ARN or id as Cost Explorer names it). */
export interface ResourceCostRead extends CostRead {
  resourceId: string;
}

export interface MetricQuery {
  /** Who the series belongs to: the caller's own key, returned with the points. */
  brokerArn: string;
  metric: string;
  stat: "Average" | "Maximum" | "Minimum" | "Sum";
  /** Dimension values: Broker (with -1 / -2 for ActiveMQ), Node, ... */
  dimensions: Readonly<Record<string, string>>;
}

export interface MetricSeriesRead {
  query: MetricQuery;
  /** Ascending; an interval without data is absent. */
  points: readonly { at: Date; value: number }[];
}

/** What Amazon EC2 tells of the networks brokers are in. */
export type NetworkRead =
  | {
      kind: "subnet";
      id: string;
      /** Name of the zone in this account; the same name may mean another zone elsewhere. */
      zoneName: string | null;
      /** The zone itself, the same in every account: use1-az4. */
      zoneId: string | null;
      vpcId: string | null;
    }
  | {
      kind: "security-group";
      id: string;
      name: string | null;
      vpcId: string | null;
      ingress: readonly SecurityGroupIngress[];
    };

/** A configuration as ListConfigurations tells of it, whether or not a broker uses it. */
export interface ListedConfiguration {
  arn: string;
  id: string;
  name: string;
  engine: string | null;
  engineVersion: string | null;
  /** The newest revision there is, and when it was written; null: AWS did not say. */
  latestRevision: number | null;
  latestRevisionAt: Date | null;
  createdAt: Date | null;
}

/** One answer of DescribeUser. `gone`: AWS knows no such user. */
export type BrokerUserRead =
  | {
      kind: "described";
      brokerId: string;
      username: string;
      consoleAccess: boolean | null;
      groups: readonly string[];
      replicationUser: boolean | null;
    }
  | { kind: "gone"; brokerId: string; username: string };

/** Something a person or program did to a broker, as CloudTrail recorded it. */
export interface BrokerEventRead {
  eventId: string;
  at: Date;
  /** The API operation: RebootBroker, UpdateBroker ... */
  name: string;
  actor: string | null;
  actorArn: string | null;
  sourceIp: string | null;
  brokerId: string | null;
  configurationId: string | null;
  /** Parameters of the request that hold no secret, as text. */
  summary: Readonly<Record<string, string>>;
  /** AWS refused the request. */
  errorCode: string | null;
}

/** A notice of AWS Health about Amazon MQ. */
export interface HealthEventRead {
  arn: string;
  typeCode: string;
  /** issue, accountNotification, scheduledChange, investigation */
  category: string;
  region: string | null;
  startAt: Date | null;
  endAt: Date | null;
  updatedAt: Date | null;
  /** open, closed, upcoming */
  status: string | null;
  /** What it is about, as AWS names it: broker ARNs or ids; none where it is about the account. */
  entities: readonly string[];
}

export interface AccessCheck {
  /** AWS action, e.g. mq:ListBrokers. */
  action: string;
  allowed: boolean | null;
  message: string | null;
}

/** One account during one run: its credentials, limiters and counters. Regions share one limiter per service. */
export interface AccountSession {
  readonly access: AccountAccess;
  counts(): RequestCounts;
  identity(): Promise<SourceResult<CallerIdentity>>;
  /** All pages. A failure after the first page gives status "partial" with what arrived. */
  listBrokers(region: string): Promise<SourceResult<ListedBroker>>;
  /** `onProgress` gets the number done. Brokers that failed are in `failures` (item = broker id); the rest in `items`. */
  describeBrokers(
    region: string,
    brokerIds: readonly string[],
    onProgress?: (done: number) => void,
  ): Promise<SourceResult<BrokerDescription>>;
  /** All configurations of a region, all pages; a failure after the first page gives status "partial" with what arrived. */
  configurationList(region: string): Promise<SourceResult<ListedConfiguration>>;
  configurationRevisions(
    region: string,
    refs: readonly { id: string; revision: number }[],
  ): Promise<SourceResult<ConfigurationRevisionRead>>;
  /** Subnets and security groups by id; ids that EC2 does not know (deleted, or of another account) are left out. */
  network(
    region: string,
    ids: { subnetIds: readonly string[]; securityGroupIds: readonly string[] },
  ): Promise<SourceResult<NetworkRead>>;
  /** Users of ActiveMQ brokers; those that failed are in `failures` (item = broker id/name). */
  users(
    region: string,
    users: readonly { brokerId: string; username: string }[],
  ): Promise<SourceResult<BrokerUserRead>>;
  /** Changes of brokers recorded by CloudTrail in [start, end], which it keeps for 90 days. */
  brokerEvents(region: string, start: Date, end: Date): Promise<SourceResult<BrokerEventRead>>;
  /** Notices of AWS Health about Amazon MQ that were changed since; "unsupported" without a support plan that has the API. */
  healthEvents(since: Date): Promise<SourceResult<HealthEventRead>>;
  /** List prices of Amazon MQ in all regions: the same for every account. */
  listPrices(): Promise<SourceResult<ListPrice>>;
  offers(region: string): Promise<SourceResult<OfferRead>>;
  /** Daily usage costs of Amazon MQ visible to this account, [start, endExclusive). Tax, credits and refunds carry their record type. */
  costUsage(start: PlainDate, endExclusive: PlainDate): Promise<SourceResult<CostRead>>;
  /** Resource-level costs, at most the last 14 days; "unsupported" where not enabled. */
  costResources(start: PlainDate, endExclusive: PlainDate): Promise<SourceResult<ResourceCostRead>>;
  metrics(
    region: string,
    queries: readonly MetricQuery[],
    start: Date,
    endExclusive: Date,
    periodSeconds: number,
  ): Promise<SourceResult<MetricSeriesRead>>;
  organizationAccounts(): Promise<SourceResult<OrganizationAccount>>;
  /** Tries each action of the policy with a harmless read, to show what is missing. */
  checkAccess(region: string): Promise<readonly AccessCheck[]>;
}

export interface AwsGateway {
  /**
   * The session of an account. Limiters are per account and service and live as long as the gateway; counters are the session's own.
   * Sessions are cheap; one per run and account.
   */
  session(access: AccountAccess): AccountSession;
  /** Forgets cached credentials and limiters' state (the demo's simulated days; changed account settings). */
  reset(): void;
  /** Asks STS with the ambient credentials. */
  ambientIdentity(): Promise<SourceResult<CallerIdentity>>;
  close(): void;
}
