import type {
  BrokerAttributes,
  ConfigurationRef,
  DataReplication,
  LdapServer,
  MaintenanceWindow,
  ObservedAttributes,
} from "@/lib/domain/broker";
import { normalizeEngine } from "@/lib/domain/engine-version";
import { enumValue, instantText, isRevision, nameOfBroker, sortedSet, UNKNOWN_STATE } from "../../normalize-values";
import type { BrokerAnswer, DataReplicationAnswer, LdapAnswer } from "./fetch";

/**
 * A broker as AWS describes it. What the answer leaves out is null (asked, and nothing said), lists AWS gives in no order are sorted, enum
 * values are upper case. Only the engine stays unobserved where the answer has none: without it no rule may speak.
 */
export function normalizeBroker(answer: BrokerAnswer): ObservedAttributes {
  const attributes: Omit<BrokerAttributes, "engine"> = {
    name: nameOfBroker(answer.BrokerName, answer.BrokerArn, answer.BrokerId),
    state: enumValue(answer.BrokerState) ?? UNKNOWN_STATE,
    deploymentMode: enumValue(answer.DeploymentMode),
    instanceType: answer.HostInstanceType || null,
    createdAt: instantText(answer.Created),
    engineVersion: answer.EngineVersion || null,
    autoMinorVersionUpgrade: answer.AutoMinorVersionUpgrade ?? null,
    publiclyAccessible: answer.PubliclyAccessible ?? null,
    storageType: enumValue(answer.StorageType),
    storageSizeGb: answer.StorageSize ?? null,
    authenticationStrategy: enumValue(answer.AuthenticationStrategy),
    encryption: answer.EncryptionOptions
      ? {
          kmsKeyId: answer.EncryptionOptions.KmsKeyId || null,
          useAwsOwnedKey: answer.EncryptionOptions.UseAwsOwnedKey ?? null,
        }
      : null,
    logs: answer.Logs
      ? {
          general: answer.Logs.General ?? null,
          audit: answer.Logs.Audit ?? null,
          generalLogGroup: answer.Logs.GeneralLogGroup || null,
          auditLogGroup: answer.Logs.AuditLogGroup || null,
        }
      : null,
    maintenanceWindow: maintenanceWindow(answer.MaintenanceWindowStartTime),
    // The order of instances is AWS's (-1 before -2) and means something.
    instances: (answer.BrokerInstances ?? []).map((instance) => ({
      consoleUrl: instance.ConsoleURL || null,
      endpoints: [...(instance.Endpoints ?? [])],
      ipAddress: instance.IpAddress || null,
    })),
    subnetIds: sortedSet(answer.SubnetIds),
    securityGroups: sortedSet(answer.SecurityGroups),
    users: (answer.Users ?? [])
      .map((user) => ({ username: user.Username, pendingChange: enumValue(user.PendingChange) }))
      .sort((a, b) => compareText(a.username, b.username)),
    tags: sortedTags(answer.Tags),
    configuration: configuration(answer),
    actionsRequired: (answer.ActionsRequired ?? [])
      .flatMap((action) => {
        const code = enumValue(action.ActionRequiredCode);
        return code ? [{ code, info: action.ActionRequiredInfo || null }] : [];
      })
      .sort((a, b) => compareText(a.code, b.code) || compareText(a.info ?? "", b.info ?? "")),
    ldap: ldapServer(answer.LdapServerMetadata),
    dataReplicationMode: enumValue(answer.DataReplicationMode),
    dataReplication: dataReplication(answer.DataReplicationMetadata),
    pending: {
      engineVersion: answer.PendingEngineVersion || null,
      instanceType: answer.PendingHostInstanceType || null,
      authenticationStrategy: enumValue(answer.PendingAuthenticationStrategy),
      // An empty list is how AWS says that no change is pending.
      securityGroups: answer.PendingSecurityGroups?.length ? sortedSet(answer.PendingSecurityGroups) : null,
      storageSizeGb: answer.PendingStorageSize ?? null,
      logs: answer.Logs?.Pending
        ? { general: answer.Logs.Pending.General ?? null, audit: answer.Logs.Pending.Audit ?? null }
        : null,
      ldap: ldapServer(answer.PendingLdapServerMetadata),
      dataReplicationMode: enumValue(answer.PendingDataReplicationMode),
      dataReplication: dataReplication(answer.PendingDataReplicationMetadata),
    },
  };
  return answer.EngineType ? { ...attributes, engine: normalizeEngine(answer.EngineType) } : attributes;
}

function maintenanceWindow(window: BrokerAnswer["MaintenanceWindowStartTime"]): MaintenanceWindow | null {
  const dayOfWeek = enumValue(window?.DayOfWeek);
  const timeOfDay = window?.TimeOfDay;
  // AWS documents UTC as the default zone.
  return dayOfWeek && timeOfDay ? { dayOfWeek, timeOfDay, timeZone: window?.TimeZone || "UTC" } : null;
}

function configuration({ Configurations: configurations }: BrokerAnswer): BrokerAttributes["configuration"] {
  if (!configurations) return null;
  return {
    current: configurationRef(configurations.Current),
    pending: configurationRef(configurations.Pending),
    history: (configurations.History ?? [])
      .flatMap((entry) => configurationRef(entry) ?? [])
      .sort((a, b) => compareText(a.id, b.id) || a.revision - b.revision),
  };
}

function configurationRef(
  ref: { Id: string; Revision?: number | null | undefined } | null | undefined,
): ConfigurationRef | null {
  return ref && isRevision(ref.Revision) ? { id: ref.Id, revision: ref.Revision } : null;
}

function ldapServer(ldap: LdapAnswer | null | undefined): LdapServer | null {
  if (!ldap) return null;
  return {
    hosts: sortedSet(ldap.Hosts),
    roleBase: ldap.RoleBase || null,
    roleName: ldap.RoleName || null,
    roleSearchMatching: ldap.RoleSearchMatching || null,
    roleSearchSubtree: ldap.RoleSearchSubtree ?? null,
    serviceAccountUsername: ldap.ServiceAccountUsername || null,
    userBase: ldap.UserBase || null,
    userRoleName: ldap.UserRoleName || null,
    userSearchMatching: ldap.UserSearchMatching || null,
    userSearchSubtree: ldap.UserSearchSubtree ?? null,
  };
}

function dataReplication(metadata: DataReplicationAnswer | null | undefined): DataReplication | null {
  const role = enumValue(metadata?.DataReplicationRole);
  if (!role) return null;
  const counterpart = metadata?.DataReplicationCounterpart;
  return { role, counterpart: counterpart ? { brokerId: counterpart.BrokerId, region: counterpart.Region } : null };
}

function sortedTags(tags: BrokerAnswer["Tags"]): Record<string, string> {
  return Object.fromEntries(Object.entries(tags ?? {}).sort(([a], [b]) => compareText(a, b)));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
