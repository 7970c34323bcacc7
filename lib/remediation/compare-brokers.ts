import type { ObservedAttributes } from "@/lib/domain/broker";

export interface BrokerDifference {
  fact: string;
  before: string;
  after: string;
}

const FACTS: readonly (readonly [fact: string, of: (attributes: ObservedAttributes) => string | null | undefined])[] = [
  ["Engine", ({ engine }) => engine],
  ["Engine version", ({ engineVersion }) => engineVersion],
  ["Deployment mode", ({ deploymentMode }) => deploymentMode],
  ["Instance type", ({ instanceType }) => instanceType],
  ["Storage type", ({ storageType }) => storageType],
  ["Automatic minor version upgrade", ({ autoMinorVersionUpgrade }) => flag(autoMinorVersionUpgrade)],
  ["Publicly accessible", ({ publiclyAccessible }) => flag(publiclyAccessible)],
  ["Authentication", ({ authenticationStrategy }) => authenticationStrategy],
  ["KMS key", ({ encryption }) => (encryption?.useAwsOwnedKey ? "AWS-owned" : encryption?.kmsKeyId)],
  ["General logs", ({ logs }) => flag(logs?.general)],
  ["Audit logs", ({ logs }) => flag(logs?.audit)],
  [
    "Configuration",
    ({ configuration }) =>
      configuration?.current ? `${configuration.current.id}, revision ${configuration.current.revision}` : undefined,
  ],
  ["Users", ({ users }) => list(users?.map(({ username }) => username))],
  ["Subnets", ({ subnetIds }) => list(subnetIds)],
  ["Security groups", ({ securityGroups }) => list(securityGroups)],
  [
    "Maintenance window",
    ({ maintenanceWindow: window }) =>
      window ? `${window.dayOfWeek} ${window.timeOfDay} ${window.timeZone}` : undefined,
  ],
  ["Tags", ({ tags }) => list(tags ? Object.entries(tags).map(([key, value]) => `${key}=${value}`) : undefined)],
];

/** What AWS shows different between a broker and the one that replaces it. Users' passwords, queues and policies are not visible to AWS's API. */
export function compareBrokers(before: ObservedAttributes, after: ObservedAttributes): readonly BrokerDifference[] {
  return FACTS.flatMap(([fact, of]) => {
    const [left, right] = [of(before) ?? "not observed", of(after) ?? "not observed"];
    return left === right ? [] : [{ fact, before: left, after: right }];
  });
}

function flag(value: boolean | null | undefined): string | undefined {
  return value == null ? undefined : value ? "yes" : "no";
}

function list(values: readonly string[] | undefined): string | undefined {
  return values ? [...values].sort().join(", ") || "none" : undefined;
}
