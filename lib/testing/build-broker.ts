import type { BrokerAttribute, BrokerAttributes, BrokerSnapshot, ObservedAttributes } from "@/lib/domain/broker";
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
  /** Attributes that were never observed. */
  withhold?: readonly BrokerAttribute[];
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
    engineVersion: rabbit ? "4.2.1" : "5.18.4",
    autoMinorVersionUpgrade: true,
    publiclyAccessible: false,
    storageType: rabbit ? "EBS" : "EFS",
    storageSizeGb: null,
    authenticationStrategy: "SIMPLE",
    encryption: { kmsKeyId: null, useAwsOwnedKey: true },
    logs: { general: true, audit: rabbit ? null : true, generalLogGroup: null, auditLogGroup: null },
    maintenanceWindow: { dayOfWeek: "SUNDAY", timeOfDay: "03:00", timeZone: "UTC" },
    instances: [],
    subnetIds: [],
    securityGroups: [],
    users: [],
    tags: { environment: "production", owner: "payments" },
    configuration: null,
    actionsRequired: [],
    ldap: null,
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
  for (const attribute of overrides.withhold ?? [])
    if (attribute !== "name" && attribute !== "state") delete attributes[attribute];
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
  };
}
