import type { BrokerAttributes } from "@/lib/domain/broker";
import { defineRule, pass, type RuleFailure } from "@/lib/rules/define-rule";

/** One finding per kind of change that waits: version, instance type, security groups, configuration, users and so on. */
export const noPendingChanges = defineRule({
  id: "no-pending-changes",
  version: 1,
  title: "No change waits to be applied",
  severity: "low",
  category: "operations",
  rationale:
    "Most changes of a broker wait for a reboot or the maintenance window. Until then the broker is not what was ordered: the security group still lets in, " +
    "the deleted user still signs in, the mesh still lacks its connector. Some wait for months, because nobody looks.",
  remediation:
    "Reboot the broker at a quiet hour (aws mq reboot-broker --broker-id <id>), or wait for its next maintenance window and look again. A pair or cluster " +
    "reboots node by node. What is no longer wanted is taken back by another update.",
  references: [
    {
      kind: "aws",
      id: "Applying changes to a broker",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/amazon-mq-editing-broker-preferences.html",
    },
    { kind: "seed", id: "004" },
    { kind: "other", id: "Steampipe aws_mq_broker pending columns" },
  ],
  needs: ["pending", "configuration", "users"],
  judges: ["pending", "configuration", "users"],
  judged: ({ attributes }, discriminator) => changesOf(attributes).find(({ id }) => id === discriminator)?.what ?? null,
  replicas: "judged",
  examples: [
    { title: "nothing waits", expect: "pass" },
    { title: "a version waits", attributes: { pending: pendingOf({ engineVersion: "5.19" }) }, expect: "fail" },
    {
      title: "a configuration revision waits",
      attributes: {
        configuration: { current: { id: "c-1", revision: 3 }, pending: { id: "c-1", revision: 4 }, history: [] },
      },
      expect: "fail",
    },
    {
      title: "a user waits to be deleted",
      attributes: { users: [{ username: "leaver", pendingChange: "DELETE" }] },
      expect: "fail",
    },
    {
      title: "RabbitMQ with a pending instance type",
      attributes: { engine: "RABBITMQ", pending: pendingOf({ instanceType: "mq.m7g.xlarge" }) },
      expect: "fail",
    },
    { title: "being deleted", attributes: { state: "DELETION_IN_PROGRESS" }, expect: "not-applicable" },
    { title: "never described", withhold: ["pending"], expect: "unknown" },
  ],
  evaluate({ attributes }) {
    const [first, ...rest] = changesOf(attributes).map(failureOf);
    return first
      ? { kind: "fail", failures: [first, ...rest] }
      : pass("No change waits for a reboot or maintenance window.");
  },
});

interface Waiting {
  id: string;
  label: string;
  what: string;
  /** It closes a door: until it is applied somebody has access who should not. */
  closesAccess: boolean;
}

function changesOf({
  pending,
  configuration,
  users,
}: Pick<BrokerAttributes, "pending" | "configuration" | "users">): Waiting[] {
  const change = (id: string, label: string, value: unknown, closesAccess = false): Waiting[] =>
    value === null || value === undefined
      ? []
      : [{ id, label, what: typeof value === "string" ? value : JSON.stringify(value), closesAccess }];
  const revision = configuration?.pending;
  const waiting = users.filter(({ pendingChange }) => pendingChange !== null);
  return [
    ...change("engine-version", "engine version", pending.engineVersion),
    ...change("instance-type", "instance type", pending.instanceType),
    ...change("storage-size", "storage size in GB", pending.storageSizeGb),
    ...change("security-groups", "security groups", pending.securityGroups?.join(", "), true),
    ...change("authentication", "authentication strategy", pending.authenticationStrategy, true),
    ...change("ldap", "directory settings", pending.ldap),
    ...change("logs", "log settings", pending.logs),
    ...change("data-replication", "data replication", pending.dataReplicationMode),
    ...change(
      "configuration",
      "configuration revision",
      revision ? `${revision.id} revision ${revision.revision}` : null,
    ),
    ...change(
      "users",
      "users",
      waiting.length > 0
        ? waiting.map(({ username, pendingChange }) => `${username} (${pendingChange?.toLowerCase()})`).join(", ")
        : null,
      waiting.some(({ pendingChange }) => pendingChange === "DELETE"),
    ),
  ];
}

function failureOf({ id, label, what, closesAccess }: Waiting): RuleFailure {
  return {
    discriminator: id,
    summary: `Waits for a reboot or maintenance window: ${label}, ${what}.`,
    evidence: { pending: label, value: what },
    severity: closesAccess ? "medium" : "low",
  };
}

function pendingOf(different: Partial<BrokerAttributes["pending"]>): BrokerAttributes["pending"] {
  return {
    engineVersion: null,
    instanceType: null,
    authenticationStrategy: null,
    securityGroups: null,
    storageSizeGb: null,
    logs: null,
    ldap: null,
    dataReplicationMode: null,
    dataReplication: null,
    ...different,
  };
}
