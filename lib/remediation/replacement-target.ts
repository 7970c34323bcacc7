import { targetInstanceType } from "@/lib/remediation/instance-steps";
import { findingsOf, type Planning } from "@/lib/remediation/step-base";

/** Rules about what UpdateBroker cannot change: deployment mode, storage, access, key, subnets. */
export const REPLACEMENT_RULES = [
  "production-highly-available",
  "single-instance-storage-durable",
  "broker-not-public",
  "customer-managed-key",
  "mesh-spans-zones",
] as const;

/** What the new broker is created with. */
export interface ReplacementTarget {
  deploymentMode: string;
  instanceType: string;
  /** Engine line; null where the old one's is not known. */
  line: string | null;
  storageType: string | null;
  publiclyAccessible: boolean;
  customerManagedKey: boolean;
}

/** The broker to create, as the findings ask for it; everything else as the old one. */
export function replacementTarget(
  planning: Planning,
  line: string | null,
  newInstanceType: boolean,
): ReplacementTarget {
  const { attributes: a } = planning.broker;
  const asked = (ruleId: string) => findingsOf(planning, ruleId).length > 0;
  const highlyAvailable = a.engine === "RABBITMQ" ? "CLUSTER_MULTI_AZ" : "ACTIVE_STANDBY_MULTI_AZ";
  const deploymentMode = asked("production-highly-available") ? highlyAvailable : (a.deploymentMode ?? highlyAvailable);
  const current = a.instanceType ?? null;
  // A cluster does not come in every type that a single instance does.
  const moved = targetInstanceType(a.engine ?? "", deploymentMode, current);
  const fits = deploymentMode === a.deploymentMode || (a.engine === "ACTIVEMQ" && !current?.endsWith(".micro"));
  const keeps = !newInstanceType && current !== null && (fits || moved === null);
  return {
    deploymentMode,
    instanceType: keeps ? current : (moved ?? current ?? "<instance type>"),
    line,
    // Active/standby pairs share EFS; single instances and clusters are on EBS where that is asked for.
    storageType:
      deploymentMode === "ACTIVE_STANDBY_MULTI_AZ"
        ? "EFS"
        : asked("single-instance-storage-durable")
          ? "EFS"
          : (a.storageType ?? null),
    publiclyAccessible: asked("broker-not-public") ? false : (a.publiclyAccessible ?? false),
    customerManagedKey: asked("customer-managed-key") || a.encryption?.useAwsOwnedKey === false,
  };
}

/** Subnets a deployment mode wants, said where the old broker's do not fit. */
export function subnetNote({ broker }: Planning, target: ReplacementTarget): string | null {
  const have = broker.attributes.subnetIds?.length ?? 0;
  const wants = target.deploymentMode === "SINGLE_INSTANCE" ? 1 : 2;
  return have >= wants
    ? null
    : `The new broker needs subnets in ${wants === 1 ? "one zone" : `at least ${wants} zones`}; the old one has ${have}. Complete the subnet ids in the snippets.`;
}
