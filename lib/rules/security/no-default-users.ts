import { defineRule, fail, notApplicable, pass } from "@/lib/rules/define-rule";

/** Names that attackers try first, and that say nothing about who uses them. */
const DEFAULT_NAMES: ReadonlySet<string> = new Set([
  "guest",
  "admin",
  "administrator",
  "root",
  "test",
  "user",
  "activemq",
  "rabbitmq",
  "demo",
  "default",
  "system",
]);

export const noDefaultUsers = defineRule({
  id: "no-default-users",
  version: 1,
  title: "No user has a name that everybody guesses",
  severity: "medium",
  category: "security",
  rationale:
    "A user called guest, admin or test is tried first by whoever reaches the broker, is shared by many, and nobody can say afterwards who acted with it.",
  remediation:
    "Create a user per application and one per operator with a name of its own (aws mq create-user), move the clients, then delete the old one " +
    "(aws mq delete-user). Changes of users are applied at the next reboot or maintenance window.",
  references: [
    {
      kind: "aws",
      id: "Amazon MQ broker users",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/amazon-mq-broker-users.html",
    },
    { kind: "seed", id: "004" },
  ],
  needs: ["engine", "users"],
  judges: ["users"],
  judged: ({ attributes: { users } }) => defaultNames(users),
  engine: {
    only: "ACTIVEMQ",
    otherwise: "AWS's API does not return the users of a RabbitMQ broker: they live inside it.",
  },
  replicas: "judged",
  examples: [
    {
      title: "users with names of their own",
      attributes: { users: [{ username: "orders-app", pendingChange: null }] },
      expect: "pass",
    },
    {
      title: "a user called Admin",
      attributes: { users: [{ username: "Admin", pendingChange: null }] },
      expect: "fail",
    },
    {
      title: "being deleted with the next reboot",
      attributes: { users: [{ username: "guest", pendingChange: "DELETE" }] },
      expect: "fail",
    },
    {
      title: "users in a directory",
      attributes: { authenticationStrategy: "LDAP", users: [] },
      expect: "not-applicable",
    },
    { title: "RabbitMQ", attributes: { engine: "RABBITMQ" }, expect: "not-applicable" },
    { title: "never described", withhold: ["users"], expect: "unknown" },
  ],
  evaluate({ attributes: { users, authenticationStrategy } }) {
    if (users.length === 0 && authenticationStrategy === "LDAP")
      return notApplicable("The users of the broker are in a directory.");
    const found = defaultNames(users);
    return found.length === 0
      ? pass(`None of the ${users.length} users has a default name.`)
      : fail(`Users with names that everybody guesses: ${found.join(", ")}.`, { users: found });
  },
});

function defaultNames(users: readonly { username: string }[]): string[] {
  return users
    .map(({ username }) => username)
    .filter((name) => DEFAULT_NAMES.has(name.toLowerCase()))
    .sort();
}
