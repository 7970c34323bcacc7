import { defineRule, fail, notApplicable, pass, unknown } from "@/lib/rules/define-rule";

export const consoleAccessLimited = defineRule({
  id: "console-access-limited",
  version: 1,
  title: "Few users may sign in to the web console",
  severity: "low",
  category: "security",
  rationale:
    "The ActiveMQ console can read, send and delete messages and purge queues. Applications never need it; every user that has it is a password that " +
    "somebody can use from a browser.",
  remediation:
    "Take console access from users of applications (aws mq update-user --broker-id <id> --username <name> --no-console-access); it is applied at the next " +
    "reboot or maintenance window. Keep it for the operators alone.",
  references: [
    {
      kind: "aws",
      id: "Amazon MQ broker users",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/amazon-mq-broker-users.html",
    },
  ],
  needs: ["engine", "userAccess"],
  judges: ["userAccess"],
  judged: ({ facts: { userAccess } }) => consoleUsers(userAccess),
  engine: {
    only: "ACTIVEMQ",
    otherwise: "AWS's API does not return the users of a RabbitMQ broker: they live inside it.",
  },
  replicas: "judged",
  basis: (_, { policy }) => ({ most: policy.threshold("console-access-limited.most-users") }),
  examples: [
    { title: "applications without the console", expect: "pass" },
    { title: "every user may use the console", facts: { userAccess: users(true, true, true) }, expect: "fail" },
    { title: "no users in the broker", facts: { userAccess: [] }, expect: "not-applicable" },
    { title: "RabbitMQ", attributes: { engine: "RABBITMQ" }, expect: "not-applicable" },
    { title: "AWS did not say", facts: { userAccess: users(null, null, null) }, expect: "unknown" },
    { title: "users never read", withhold: ["userAccess"], expect: "unknown" },
  ],
  evaluate({ facts: { userAccess } }, { policy }) {
    if (userAccess.length === 0) return notApplicable("The broker has no users of its own.");
    const most = policy.threshold("console-access-limited.most-users");
    const found = consoleUsers(userAccess);
    if (found.length > most) {
      return fail(`${found.length} of ${userAccess.length} users may sign in to the console; ${most} are allowed.`, {
        users: found,
        allowed: most,
      });
    }
    const unsaid = userAccess.filter(({ consoleAccess }) => consoleAccess === null).length;
    return found.length + unsaid > most
      ? unknown(`AWS did not tell of ${unsaid} users whether they may sign in to the console.`)
      : pass(`${found.length} of ${userAccess.length} users may sign in to the console.`);
  },
});

function consoleUsers(users: readonly { name: string; consoleAccess: boolean | null }[]): string[] {
  return users
    .filter(({ consoleAccess }) => consoleAccess === true)
    .map(({ name }) => name)
    .sort();
}

function users(...access: (boolean | null)[]) {
  return access.map((consoleAccess, index) => ({
    name: `user-${index}`,
    consoleAccess,
    groups: [],
    replicationUser: null,
  }));
}
