import { defineRule, fail, pass, unknown } from "@/lib/rules/define-rule";

export const noPasswordInConfiguration = defineRule({
  id: "no-password-in-configuration",
  version: 1,
  title: "No password stands in a broker's configuration",
  severity: "high",
  category: "security",
  rationale:
    "A configuration is text that everybody with mq:DescribeConfigurationRevision can read, in every revision for ever. Amazon MQ adds the passwords of " +
    "network connectors by itself: one that stands there is needed by nobody.",
  remediation:
    "Remove the password attribute from the connector in a new revision, apply it with a reboot, and change the password of that user on both brokers: " +
    "old revisions cannot be deleted, so it stays readable.",
  references: [
    {
      kind: "aws",
      id: "networkConnector attributes",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/permitted-attributes.html",
    },
    { kind: "other", id: "cfn-nag F52" },
    { kind: "other", id: "Guard AMAZON_MQ_BROKER_USERS_NO_PLAINTEXT_PASSWORD" },
  ],
  needs: ["engine", "configurationText"],
  judges: ["configurationText"],
  judged: ({ facts: { configurationText } }) => configurationText.connectorsWithPassword,
  engine: { only: "ACTIVEMQ", otherwise: "The configuration of a RabbitMQ broker has no place for a user's password." },
  replicas: "judged",
  examples: [
    { title: "no password", expect: "pass" },
    { title: "a connector with a password", facts: { configurationText: text(null, ["to-berlin"]) }, expect: "fail" },
    { title: "RabbitMQ", attributes: { engine: "RABBITMQ" }, expect: "not-applicable" },
    {
      title: "configuration that cannot be understood",
      facts: { configurationText: text("no <broker> element") },
      expect: "unknown",
    },
    { title: "configuration never read", withhold: ["configurationText"], expect: "unknown" },
  ],
  evaluate({ facts: { configurationText } }) {
    const { id, revision, problem, connectorsWithPassword } = configurationText;
    if (problem !== null) return unknown(`Revision ${revision} of ${id} could not be understood: ${problem}.`);
    if (connectorsWithPassword.length === 0) return pass(`Revision ${revision} of ${id} holds no connector password.`);
    return fail(`Revision ${revision} of ${id} holds a password in: ${connectorsWithPassword.join(", ")}.`, {
      configuration: id,
      revision,
      connectors: connectorsWithPassword,
    });
  },
});

function text(problem: string | null, connectorsWithPassword: readonly string[] = []) {
  return { id: "c-0a1b2c3d", revision: 3, problem, hasAuthorizationMap: true, connectorsWithPassword };
}
