import { findInstanceTypeOffer } from "@/lib/reference/instance-types";

/**
 * GB of a broker's disks over all its nodes: what AWS reports, else what its instance type comes with; null when neither is known. RabbitMQ's size
 * is per node. That a cluster's three disks count is an assumption: AWS does not say what RabbitMQ storage is billed by.
 * Source: Amazon MQ developer guide, instance types.
 */
export function brokerStorageGb(broker: {
  engine: string | null;
  deploymentMode: string | null;
  instanceType: string | null;
  /** DescribeBroker.StorageSize; null when absent. */
  storageSizeGb: number | null;
}): number | null {
  const { engine, deploymentMode, instanceType, storageSizeGb } = broker;
  if (!engine || !deploymentMode || !instanceType) return null;
  const offer = findInstanceTypeOffer(engine, instanceType, deploymentMode);
  if (engine !== "RABBITMQ") return storageSizeGb ?? offer?.storageQuotaGb ?? null;
  const perNode = storageSizeGb ?? offer?.diskGbPerNodeDefault ?? null;
  return perNode === null ? null : perNode * (deploymentMode === "CLUSTER_MULTI_AZ" ? 3 : 1);
}
