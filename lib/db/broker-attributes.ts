import { z } from "zod";
import type { BrokerAttribute, BrokerAttributes, ObservedAttributes } from "@/lib/domain/broker";

/**
 * The shape of `broker.attributes`, checked once when a row is read. Attributes that were never observed are absent. A key that this version
 * does not know (a row written by a newer one) is dropped.
 */
const text = z.string();
const nullableText = text.nullable();
const nullableFlag = z.boolean().nullable();
const configurationRef = z.object({ id: text, revision: z.number().int() });
const ldap = z.object({
  hosts: z.array(text),
  roleBase: nullableText,
  roleName: nullableText,
  roleSearchMatching: nullableText,
  roleSearchSubtree: nullableFlag,
  serviceAccountUsername: nullableText,
  userBase: nullableText,
  userRoleName: nullableText,
  userSearchMatching: nullableText,
  userSearchSubtree: nullableFlag,
});
const dataReplication = z.object({
  role: nullableText,
  counterpart: z.object({ brokerId: text, region: text }).nullable(),
});

const allAttributes = {
  name: text,
  state: text,
  engine: text,
  deploymentMode: nullableText,
  instanceType: nullableText,
  createdAt: nullableText,
  engineVersion: nullableText,
  autoMinorVersionUpgrade: nullableFlag,
  publiclyAccessible: nullableFlag,
  storageType: nullableText,
  storageSizeGb: z.number().nullable(),
  authenticationStrategy: nullableText,
  encryption: z.object({ kmsKeyId: nullableText, useAwsOwnedKey: nullableFlag }).nullable(),
  logs: z
    .object({ general: nullableFlag, audit: nullableFlag, generalLogGroup: nullableText, auditLogGroup: nullableText })
    .nullable(),
  maintenanceWindow: z.object({ dayOfWeek: text, timeOfDay: text, timeZone: text }).nullable(),
  instances: z.array(z.object({ consoleUrl: nullableText, endpoints: z.array(text), ipAddress: nullableText })),
  subnetIds: z.array(text),
  securityGroups: z.array(text),
  users: z.array(z.object({ username: text, pendingChange: nullableText })),
  tags: z.record(text, text),
  configuration: z
    .object({
      current: configurationRef.nullable(),
      pending: configurationRef.nullable(),
      history: z.array(configurationRef),
    })
    .nullable(),
  actionsRequired: z.array(z.object({ code: text, info: nullableText })),
  ldap: ldap.nullable(),
  dataReplicationMode: nullableText,
  dataReplication: dataReplication.nullable(),
  pending: z.object({
    engineVersion: nullableText,
    instanceType: nullableText,
    authenticationStrategy: nullableText,
    securityGroups: z.array(text).nullable(),
    storageSizeGb: z.number().nullable(),
    logs: z.object({ general: nullableFlag, audit: nullableFlag }).nullable(),
    ldap: ldap.nullable(),
    dataReplicationMode: nullableText,
    dataReplication: dataReplication.nullable(),
  }),
} satisfies { [K in BrokerAttribute]: z.ZodType<BrokerAttributes[K]> };

const observed = z.object(allAttributes).partial().required({ name: true, state: true });
const observedAt = z.partialRecord(z.enum(Object.keys(allAttributes) as [BrokerAttribute, ...BrokerAttribute[]]), text);

/** Every attribute AWS can tell of a broker, in the order in which pages list them. */
export const BROKER_ATTRIBUTES: readonly BrokerAttribute[] = Object.keys(allAttributes) as BrokerAttribute[];

/** The attributes of a row. Throws a ZodError on a row that no version of the product wrote. */
export function parseObservedAttributes(json: unknown): ObservedAttributes {
  return observed.parse(json);
}

/** The exceptions of a row: attribute -> ISO instant of its last observation. */
export function parseAttributeObservedAt(json: unknown): Partial<Record<BrokerAttribute, string>> {
  return observedAt.parse(json);
}
