import { defineRule, fail, pass, unknown } from "@/lib/rules/define-rule";

export const authorizationMapConfigured = defineRule({
  id: "authorization-map-configured",
  version: 1,
  title: "An authorization map decides who may use which destination",
  severity: "low",
  category: "security",
  rationale:
    "Without an authorization map every user of an ActiveMQ broker may read, write and delete every queue and topic: one leaked password of one application " +
    "opens the messages of all.",
  remediation:
    "Add an authorizationPlugin with an authorizationMap to the broker's configuration that names the groups that may read, write and administer each " +
    "destination; try it in a lower environment, for whatever is not named is refused. The revision is applied with a reboot.",
  references: [
    {
      kind: "aws",
      id: "Always configure an authorization map",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/using-amazon-mq-securely.html",
    },
    { kind: "seed", id: "004" },
  ],
  needs: ["engine", "configurationText"],
  judges: ["configurationText"],
  judged: ({ facts: { configurationText } }) => configurationText.hasAuthorizationMap,
  engine: {
    only: "ACTIVEMQ",
    otherwise: "RabbitMQ keeps permissions per user and virtual host inside the broker, where AWS's API does not look.",
  },
  replicas: "judged",
  examples: [
    { title: "authorization map in force", expect: "pass" },
    { title: "none", facts: { configurationText: text({ hasAuthorizationMap: false }) }, expect: "fail" },
    { title: "RabbitMQ", attributes: { engine: "RABBITMQ" }, expect: "not-applicable" },
    {
      title: "configuration that cannot be understood",
      facts: { configurationText: text({ problem: "a comment is not closed" }) },
      expect: "unknown",
    },
    { title: "configuration never read", withhold: ["configurationText"], expect: "unknown" },
  ],
  evaluate({ facts: { configurationText } }) {
    const { id, revision, problem, hasAuthorizationMap } = configurationText;
    if (problem !== null) return unknown(`Revision ${revision} of ${id} could not be understood: ${problem}.`);
    return hasAuthorizationMap
      ? pass(`Revision ${revision} of ${id} has an authorization map.`)
      : fail(`Revision ${revision} of ${id} has no authorization map: every user may use every destination.`, {
          configuration: id,
          revision,
        });
  },
});

function text(different: { problem?: string; hasAuthorizationMap?: boolean }) {
  return {
    id: "c-0a1b2c3d",
    revision: 3,
    problem: null,
    hasAuthorizationMap: true,
    connectorsWithPassword: [],
    ...different,
  };
}
