import type { Broker } from "../../organisation/model";
import { billingPrefix } from "../../organisation/regions";

/**
 * Usage types as they stand in bills. The RabbitMQ cluster's and the storage's are known; for ActiveMQ and for the
 * RabbitMQ single instance the sources conflict, and one of the two spellings is played here (see `naming` in the
 * price reference data).
 */
export function instanceUsageType(broker: Pick<Broker, "region" | "engine" | "deploymentMode">, type: string): string {
  const prefix = billingPrefix(broker.region);
  if (broker.engine === "RabbitMQ") {
    return `${prefix}-RabbitMQ-${broker.deploymentMode === "CLUSTER_MULTI_AZ" ? "3-" : ""}InstanceUsage:${type}`;
  }
  return `${prefix}-ActiveMQ-${broker.deploymentMode === "ACTIVE_STANDBY_MULTI_AZ" ? "Multi-AZ-" : ""}InstanceUsage:${type}`;
}

/** Storage usage types carry no region prefix in us-east-1. */
export function storageUsageType(broker: Pick<Broker, "region" | "engine" | "storageType">): string {
  const prefix = broker.region === "us-east-1" ? "" : `${billingPrefix(broker.region)}-`;
  if (broker.engine === "RabbitMQ") return `${prefix}TimedStorage-RabbitMQ-ByteHrs`;
  return broker.storageType === "EBS" ? `${prefix}TimedStorage-EBS-ByteHrs` : `${prefix}TimedStorage-ByteHrs`;
}

export function transferUsageType(region: string): string {
  return `${billingPrefix(region)}-DataTransfer-Regional-Bytes`;
}
