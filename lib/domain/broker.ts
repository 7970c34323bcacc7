import type { BrokerFacts } from "@/lib/domain/broker-facts";
import type { Engine } from "@/lib/domain/engine-version";
import type { EnvironmentClassification } from "@/lib/domain/environment";
import type { OwnerResolution } from "@/lib/domain/owner-tag";

/** States AWS documents for a broker; values nobody knows yet are kept as AWS sends them. */
export type BrokerState =
  | "CREATION_IN_PROGRESS"
  | "CREATION_FAILED"
  | "DELETION_IN_PROGRESS"
  | "RUNNING"
  | "REBOOT_IN_PROGRESS"
  | "CRITICAL_ACTION_REQUIRED"
  | "REPLICA"
  | (string & {});

export type DeploymentMode = "SINGLE_INSTANCE" | "ACTIVE_STANDBY_MULTI_AZ" | "CLUSTER_MULTI_AZ" | (string & {});
export type StorageType = "EBS" | "EFS" | (string & {});

export interface BrokerInstance {
  consoleUrl: string | null;
  endpoints: readonly string[];
  ipAddress: string | null;
}

export interface ConfigurationRef {
  id: string;
  revision: number;
}

export interface ActionRequired {
  code: string;
  info: string | null;
}

export interface BrokerUserRef {
  username: string;
  /** CREATE, UPDATE, DELETE: a change AWS has not applied yet. */
  pendingChange: string | null;
}

export interface MaintenanceWindow {
  dayOfWeek: string;
  /** HH:MM in `timeZone`. */
  timeOfDay: string;
  timeZone: string;
}

export interface LdapServer {
  hosts: readonly string[];
  roleBase: string | null;
  roleName: string | null;
  roleSearchMatching: string | null;
  roleSearchSubtree: boolean | null;
  serviceAccountUsername: string | null;
  userBase: string | null;
  userRoleName: string | null;
  userSearchMatching: string | null;
  userSearchSubtree: boolean | null;
}

export interface DataReplication {
  role: string | null;
  counterpart: { brokerId: string; region: string } | null;
}

/**
 * Everything AWS tells of a broker, normalized (enums in upper case, lists sorted where AWS gives no order).
 * A field that is `undefined` was never observed; `null` means AWS was asked and said nothing (absent optional attribute).
 * Source: Amazon MQ DescribeBroker (ListBrokers for the first eight).
 */
export interface BrokerAttributes {
  name: string;
  state: BrokerState;
  engine: Engine;
  deploymentMode: DeploymentMode | null;
  instanceType: string | null;
  /** ISO instant, UTC. */
  createdAt: string | null;
  engineVersion: string | null;
  autoMinorVersionUpgrade: boolean | null;
  publiclyAccessible: boolean | null;
  storageType: StorageType | null;
  storageSizeGb: number | null;
  authenticationStrategy: string | null;
  encryption: { kmsKeyId: string | null; useAwsOwnedKey: boolean | null } | null;
  logs: {
    general: boolean | null;
    audit: boolean | null;
    generalLogGroup: string | null;
    auditLogGroup: string | null;
  } | null;
  maintenanceWindow: MaintenanceWindow | null;
  instances: readonly BrokerInstance[];
  subnetIds: readonly string[];
  securityGroups: readonly string[];
  users: readonly BrokerUserRef[];
  tags: Readonly<Record<string, string>>;
  configuration: {
    current: ConfigurationRef | null;
    pending: ConfigurationRef | null;
    history: readonly ConfigurationRef[];
  } | null;
  actionsRequired: readonly ActionRequired[];
  ldap: LdapServer | null;
  dataReplicationMode: string | null;
  dataReplication: DataReplication | null;
  pending: {
    engineVersion: string | null;
    instanceType: string | null;
    authenticationStrategy: string | null;
    securityGroups: readonly string[] | null;
    storageSizeGb: number | null;
    logs: { general: boolean | null; audit: boolean | null } | null;
    ldap: LdapServer | null;
    dataReplicationMode: string | null;
    dataReplication: DataReplication | null;
  };
}

export type BrokerAttribute = keyof BrokerAttributes;

/** Attributes as far as they were ever observed. */
export type ObservedAttributes = Partial<BrokerAttributes> & Pick<BrokerAttributes, "name" | "state">;

/** A broker as rules, KPIs and pages see it: identity, presence, observed attributes, classification. */
export interface BrokerSnapshot {
  arn: string;
  brokerId: string;
  accountId: string;
  region: string;
  attributes: ObservedAttributes;
  /** Instant of the observation the attributes rest on (the oldest, when describing fails since). */
  observedAt: Date;
  firstSeenAt: Date;
  goneAt: Date | null;
  environment: EnvironmentClassification;
  owner: OwnerResolution;
  /** What other sources tell of it and what follows from its peers, as far as it is known. */
  facts?: Partial<BrokerFacts>;
}

const NOT_IN_SCOPE: ReadonlySet<string> = new Set(["CREATION_IN_PROGRESS", "CREATION_FAILED", "DELETION_IN_PROGRESS"]);

/** KPI class of a broker: in scope, a replica (own class), or out of scope with the reason (semantics: presence). */
export function presenceClass(broker: {
  goneAt: Date | null;
  state: string;
}): "in-scope" | "replica" | "gone" | "not-in-service" {
  if (broker.goneAt) return "gone";
  if (NOT_IN_SCOPE.has(broker.state)) return "not-in-service";
  return broker.state === "REPLICA" ? "replica" : "in-scope";
}

/** Observations older than this many days count as unknown in KPIs. */
export const STALE_AFTER_DAYS = 3;

/** Whether an observation is too old to carry a figure at `now`. */
export function isStale(observedAt: Date, now: Date): boolean {
  return now.getTime() - observedAt.getTime() > STALE_AFTER_DAYS * 86_400_000;
}

/** Whether the broker's deployment mode is the highly available one of its engine; null when not knowable. */
export function isHighlyAvailable(engine: Engine | undefined, mode: DeploymentMode | null | undefined): boolean | null {
  if (!engine || !mode) return null;
  if (engine === "ACTIVEMQ") return mode === "ACTIVE_STANDBY_MULTI_AZ";
  if (engine === "RABBITMQ") return mode === "CLUSTER_MULTI_AZ";
  return null;
}
