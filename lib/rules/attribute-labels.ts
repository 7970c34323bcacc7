import type { BrokerAttribute } from "@/lib/domain/broker";
import type { BrokerFact } from "@/lib/domain/broker-facts";

/** How an attribute is called in sentences. */
export const ATTRIBUTE_LABELS: Readonly<Record<BrokerAttribute, string>> = {
  name: "name",
  state: "state",
  engine: "engine",
  deploymentMode: "deployment mode",
  instanceType: "instance type",
  createdAt: "creation time",
  engineVersion: "engine version",
  autoMinorVersionUpgrade: "automatic minor version upgrade",
  publiclyAccessible: "public accessibility",
  storageType: "storage type",
  storageSizeGb: "storage size",
  authenticationStrategy: "authentication strategy",
  encryption: "encryption",
  logs: "log settings",
  maintenanceWindow: "maintenance window",
  instances: "instances",
  subnetIds: "subnets",
  securityGroups: "security groups",
  users: "users",
  tags: "tags",
  configuration: "configuration",
  actionsRequired: "required actions",
  ldap: "LDAP settings",
  dataReplicationMode: "data replication mode",
  dataReplication: "data replication",
  pending: "pending changes",
};

/** How a fact of another source is called in sentences, and where it comes from. */
export const FACT_LABELS: Readonly<Record<BrokerFact, string>> = {
  network: "subnets and security groups (EC2)",
  userAccess: "access of its users (DescribeUser)",
  metrics: "metrics of the last seven days (CloudWatch)",
  configurationText: "text of its configuration (DescribeConfigurationRevision)",
  latestRevision: "newest revision of its configuration",
  mesh: "network of brokers",
  ownerEntity: "owner",
};
