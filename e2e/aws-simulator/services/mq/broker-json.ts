import type { Broker, BrokerAttributes } from "../../organisation/model";

/**
 * Brokers as Amazon MQ writes them: lower camel case names, mixed-case engines, storage types and authentication
 * strategies in whatever case AWS uses, absent optional attributes absent (compare e2e/fixtures/recordings).
 */

/** AWS gives endpoints of newer brokers in the `on.aws` domain; older ones keep their names. */
const onAwsDomainSince = Date.UTC(2024, 6, 1);

/** Host name of a broker's instance; ActiveMQ numbers its instances, RabbitMQ has one name for all nodes. */
export function endpointHost(broker: Pick<Broker, "id" | "region" | "engine" | "createdAt">, instance: number): string {
  const domain = broker.createdAt < onAwsDomainSince ? "amazonaws.com" : "on.aws";
  const suffix = broker.engine === "ActiveMQ" ? `-${instance}` : "";
  return `${broker.id}${suffix}.mq.${broker.region}.${domain}`;
}

/** Number of addressable instances: two for active/standby, one otherwise (a cluster hides behind one name). */
export function instanceCount(broker: Pick<Broker, "deploymentMode">): number {
  return broker.deploymentMode === "ACTIVE_STANDBY_MULTI_AZ" ? 2 : 1;
}

function instances(broker: Broker): unknown[] {
  return Array.from({ length: instanceCount(broker) }, (_, index) => {
    const host = endpointHost(broker, index + 1);
    if (broker.engine === "RabbitMQ") return { consoleURL: `https://${host}`, endpoints: [`amqps://${host}:5671`] };
    return {
      consoleURL: `https://${host}:8162`,
      endpoints: [
        `ssl://${host}:61617`,
        `amqp+ssl://${host}:5671`,
        `stomp+ssl://${host}:61614`,
        `mqtt+ssl://${host}:8883`,
        `wss://${host}:61619`,
      ],
      // Documentation range (RFC 5737 / RFC 1918): fiction must not point at anybody.
      ipAddress: broker.publiclyAccessible
        ? `203.0.113.${10 + index}`
        : `10.20.${broker.subnetIds.length}.${10 + index}`,
    };
  });
}

function logs(broker: Broker, attributes: BrokerAttributes): unknown {
  const group = `/aws/amazonmq/broker/${broker.id}`;
  const pending = attributes.pendingLogs;
  if (broker.engine === "RabbitMQ") {
    return {
      general: attributes.generalLogs,
      generalLogGroup: `${group}/general`,
      pending: pending && { general: pending.general },
    };
  }
  return {
    audit: attributes.auditLogs,
    auditLogGroup: `${group}/audit`,
    general: attributes.generalLogs,
    generalLogGroup: `${group}/general`,
    pending: pending && { audit: pending.audit, general: pending.general },
  };
}

/** One entry of ListBrokers: no version, no tags, no flags (as AWS). */
export function summaryJson(broker: Broker, attributes: BrokerAttributes): Record<string, unknown> {
  return {
    brokerArn: broker.arn,
    brokerId: broker.id,
    brokerName: broker.name,
    brokerState: attributes.state,
    created: new Date(broker.createdAt).toISOString(),
    deploymentMode: broker.deploymentMode,
    engineType: broker.engine,
    hostInstanceType: attributes.hostInstanceType,
  };
}

/** What AWS tells of the directory that knows a broker's users: everything but the password. */
function directory(hosts: readonly string[]): unknown {
  return {
    hosts,
    roleBase: "ou=groups,dc=example,dc=com",
    roleName: "cn",
    roleSearchMatching: "(member={0})",
    roleSearchSubtree: true,
    serviceAccountUsername: "cn=amazon-mq,ou=services,dc=example,dc=com",
    userBase: "ou=people,dc=example,dc=com",
    userSearchMatching: "(uid={0})",
    userSearchSubtree: true,
  };
}

/** The DescribeBroker answer. */
export function describeBrokerJson(broker: Broker, attributes: BrokerAttributes): Record<string, unknown> {
  if (broker.tellsLittle) return summaryJson(broker, attributes);
  const creating = attributes.state === "CREATION_IN_PROGRESS";
  const actions = attributes.actionsRequired.map(({ code, info }) => ({
    actionRequiredCode: code,
    actionRequiredInfo: info,
  }));
  return {
    // AWS omits the list for some brokers without actions and sends an empty one for others: both occur here.
    actionsRequired: actions.length > 0 || Number.parseInt(broker.id.slice(-1), 16) % 2 === 0 ? actions : undefined,
    authenticationStrategy: attributes.authenticationStrategy,
    autoMinorVersionUpgrade: attributes.autoMinorVersionUpgrade,
    brokerArn: broker.arn,
    brokerId: broker.id,
    brokerInstances: creating ? [] : instances(broker),
    brokerName: broker.name,
    brokerState: attributes.state,
    configurations: attributes.configuration && {
      current: attributes.configuration,
      history: attributes.configurationHistory ?? [],
      pending: attributes.pendingConfiguration,
    },
    created: new Date(broker.createdAt).toISOString(),
    dataReplicationMetadata: broker.replication && {
      dataReplicationCounterpart: { brokerId: broker.replication.brokerId, region: broker.replication.region },
      dataReplicationRole: broker.replication.role,
    },
    dataReplicationMode: broker.engine === "ActiveMQ" ? (broker.replication ? "CRDR" : "NONE") : undefined,
    deploymentMode: broker.deploymentMode,
    encryptionOptions: broker.kmsKeyId
      ? { kmsKeyId: broker.kmsKeyId, useAwsOwnedKey: false }
      : { useAwsOwnedKey: true },
    engineType: broker.engine,
    engineVersion: attributes.engineVersion,
    hostInstanceType: attributes.hostInstanceType,
    ldapServerMetadata: attributes.ldapHosts && directory(attributes.ldapHosts),
    logs: logs(broker, attributes),
    maintenanceWindowStartTime: attributes.maintenanceWindow,
    pendingAuthenticationStrategy: attributes.pendingAuthenticationStrategy,
    pendingEngineVersion: attributes.pendingEngineVersion,
    pendingHostInstanceType: attributes.pendingHostInstanceType,
    pendingSecurityGroups: attributes.pendingSecurityGroups,
    pendingStorageSize: attributes.pendingStorageSize,
    publiclyAccessible: broker.publiclyAccessible,
    securityGroups: attributes.securityGroups,
    storageSize: attributes.storageSize,
    storageType: broker.storageType.toLowerCase(),
    subnetIds: broker.subnetIds,
    tags: attributes.tags,
    // RabbitMQ users live in the broker; the API returns none.
    users:
      broker.engine === "RabbitMQ"
        ? []
        : attributes.users.map(({ username, pendingChange }) => ({ username, pendingChange })),
  };
}
