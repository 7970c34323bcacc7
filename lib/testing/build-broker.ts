import type { BrokerAttribute, BrokerAttributes, BrokerSnapshot, ObservedAttributes } from "@/lib/domain/broker";
import type { BrokerFact, BrokerFacts } from "@/lib/domain/broker-facts";
import {
  type ClassifiedEnvironment,
  classifyEnvironment,
  DEFAULT_ENVIRONMENT_SETTINGS,
  type EnvironmentSettings,
} from "@/lib/domain/environment";
import { DEFAULT_OWNER_SETTINGS, type OwnerSettings, resolveOwner } from "@/lib/domain/owner-tag";

/** What a test wants to be different from the default broker. Environment and owner follow from tags, settings and account defaults. */
export interface BrokerOverrides {
  arn?: string;
  brokerId?: string;
  accountId?: string;
  region?: string;
  attributes?: Partial<ObservedAttributes>;
  facts?: Partial<BrokerFacts>;
  /** Attributes and facts that were never observed. */
  withhold?: readonly (BrokerAttribute | BrokerFact)[];
  observedAt?: Date;
  firstSeenAt?: Date;
  goneAt?: Date | null;
  accountDefaultEnvironment?: ClassifiedEnvironment | null;
  accountDefaultOwner?: string | null;
  /** An owner assigned in the product. */
  assignedOwner?: string | null;
  environmentSettings?: EnvironmentSettings;
  ownerSettings?: OwnerSettings;
}

/** The instant at which built brokers were observed unless a test says otherwise. */
export const BUILT_AT = new Date("2026-11-21T06:00:00Z");

/** All attributes of an exemplary production broker that no rule objects to. */
export function exemplaryAttributes(engine: string): BrokerAttributes {
  const rabbit = engine === "RABBITMQ";
  return {
    name: "orders",
    state: "RUNNING",
    engine,
    deploymentMode: rabbit ? "CLUSTER_MULTI_AZ" : "ACTIVE_STANDBY_MULTI_AZ",
    instanceType: rabbit ? "mq.m7g.large" : "mq.m5.large",
    createdAt: "2025-08-14T09:12:00.000Z",
    engineVersion: rabbit ? "4.3.5" : "5.19.10",
    autoMinorVersionUpgrade: true,
    publiclyAccessible: false,
    storageType: rabbit ? "EBS" : "EFS",
    storageSizeGb: null,
    authenticationStrategy: rabbit ? "CONFIG_MANAGED" : "LDAP",
    encryption: { kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d", useAwsOwnedKey: false },
    logs: { general: true, audit: rabbit ? null : true, generalLogGroup: null, auditLogGroup: null },
    maintenanceWindow: { dayOfWeek: "SUNDAY", timeOfDay: "03:00", timeZone: "UTC" },
    instances: [],
    subnetIds: ["subnet-0a", "subnet-0b"],
    securityGroups: ["sg-0a"],
    users: [],
    tags: { environment: "production", owner: "payments", "cost-center": "104", application: "orders" },
    configuration: { current: { id: "c-0a1b2c3d", revision: 3 }, pending: null, history: [] },
    actionsRequired: [],
    ldap: rabbit
      ? null
      : {
          hosts: ["ldap-1.example.com", "ldap-2.example.com"],
          roleBase: "ou=groups,dc=example,dc=com",
          roleName: null,
          roleSearchMatching: "(member:=uid={1})",
          roleSearchSubtree: null,
          serviceAccountUsername: "cn=mq,dc=example,dc=com",
          userBase: "ou=users,dc=example,dc=com",
          userRoleName: null,
          userSearchMatching: "(uid={0})",
          userSearchSubtree: null,
        },
    dataReplicationMode: null,
    dataReplication: null,
    pending: {
      engineVersion: null,
      instanceType: null,
      authenticationStrategy: null,
      securityGroups: null,
      storageSizeGb: null,
      logs: null,
      ldap: null,
      dataReplicationMode: null,
      dataReplication: null,
    },
  };
}

/** A broker snapshot: the exemplary broker of the engine asked for (default ActiveMQ) with the overrides. */
export function buildBroker(overrides: BrokerOverrides = {}): BrokerSnapshot {
  const attributes: ObservedAttributes = {
    ...exemplaryAttributes(overrides.attributes?.engine ?? "ACTIVEMQ"),
    ...overrides.attributes,
  };
  const facts: Partial<BrokerFacts> = { ...exemplaryFacts(attributes.engine ?? "ACTIVEMQ"), ...overrides.facts };
  for (const need of overrides.withhold ?? []) {
    if (isFact(need)) delete facts[need];
    else if (need !== "name" && need !== "state") delete attributes[need];
  }
  const accountId = overrides.accountId ?? "111122223333";
  const region = overrides.region ?? "eu-west-1";
  const brokerId = overrides.brokerId ?? "b-0a1b2c3d-0000-4000-8000-000000000001";
  return {
    arn: overrides.arn ?? `arn:aws:mq:${region}:${accountId}:broker:${attributes.name}:${brokerId}`,
    brokerId,
    accountId,
    region,
    attributes,
    observedAt: overrides.observedAt ?? BUILT_AT,
    firstSeenAt: overrides.firstSeenAt ?? new Date("2025-08-14T12:00:00Z"),
    goneAt: overrides.goneAt ?? null,
    environment: classifyEnvironment({
      tags: attributes.tags,
      settings: overrides.environmentSettings ?? DEFAULT_ENVIRONMENT_SETTINGS,
      accountDefault: overrides.accountDefaultEnvironment,
    }),
    owner: resolveOwner({
      assignment: overrides.assignedOwner,
      tags: attributes.tags,
      settings: overrides.ownerSettings ?? DEFAULT_OWNER_SETTINGS,
      accountDefault: overrides.accountDefaultOwner,
    }),
    facts,
  };
}

/** Facts of other sources about that broker. */
export function exemplaryFacts(engine: string): BrokerFacts {
  const rabbit = engine === "RABBITMQ";
  return {
    network: {
      subnets: [
        { id: "subnet-0a", zoneId: "euw1-az1", zoneName: "eu-west-1a" },
        { id: "subnet-0b", zoneId: "euw1-az2", zoneName: "eu-west-1b" },
      ],
      securityGroups: [
        { id: "sg-0a", ingress: [{ protocol: "tcp", fromPort: 61617, toPort: 61617, cidrs: ["10.0.0.0/8"] }] },
      ],
    },
    userAccess: rabbit ? [] : [{ name: "orders-app", consoleAccess: false, groups: ["apps"], replicationUser: false }],
    metrics: {
      week: rabbit
        ? { ConnectionCount: 40, QueueCount: 25, RabbitMQDiskFree: 150e9, RabbitMQDiskFreeLimit: 12e9 }
        : {
            CurrentConnectionsCount: 40,
            StorePercentUsage: 11,
            CpuUtilization: 20,
            NetworkConnectorConnectionCount: 1,
          },
      lastDay: rabbit ? { ConnectionCount: 38 } : { CurrentConnectionsCount: 38, NetworkConnectorConnectionCount: 1 },
    },
    configurationText: {
      id: "c-0a1b2c3d",
      revision: 3,
      problem: null,
      hasAuthorizationMap: true,
      connectorsWithPassword: [],
    },
    latestRevision: { revision: 3, basis: "described" },
    mesh: {
      standing: "joined",
      incomplete: false,
      peers: ["orders-b"],
      productionPeers: 1,
      productionZoneIds: ["euw1-az1", "euw1-az2"],
      connectedLastDay: true,
      checks: [],
    },
    ownerEntity: { verified: true, contactable: true },
  };
}

const FACTS = new Set<string>(Object.keys(exemplaryFacts("ACTIVEMQ")));

function isFact(need: string): need is BrokerFact {
  return FACTS.has(need);
}
