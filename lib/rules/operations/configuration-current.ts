import { defineRule, fail, notApplicable, pass, unknown } from "@/lib/rules/define-rule";

export const configurationCurrent = defineRule({
  id: "configuration-current",
  version: 1,
  title: "Brokers run the newest revision of their configuration",
  severity: "low",
  category: "operations",
  rationale:
    "A newer revision was written for a reason: a limit, a policy, a connector. A broker left behind on an older one behaves differently from its " +
    "siblings, and nobody sees why.",
  remediation:
    "Apply the newest revision (aws mq update-broker --broker-id <id> --configuration Id=<id>,Revision=<revision>); it takes effect with a reboot. Where the " +
    "older one is meant to stay, give the broker a configuration of its own.",
  references: [
    {
      kind: "aws",
      id: "Amazon MQ broker configurations",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/amazon-mq-broker-configurations.html",
    },
  ],
  needs: ["configuration", "latestRevision"],
  judges: ["configuration"],
  judged: ({ attributes: { configuration } }) => [
    configuration?.current?.id ?? null,
    configuration?.current?.revision ?? null,
  ],
  replicas: "judged",
  basis: ({ facts: { latestRevision } }) => ({ newest: latestRevision.revision }),
  examples: [
    { title: "newest revision in force", expect: "pass" },
    { title: "a newer one exists", facts: { latestRevision: { revision: 5, basis: "described" } }, expect: "fail" },
    {
      title: "RabbitMQ behind another broker with the same configuration",
      attributes: { engine: "RABBITMQ" },
      facts: { latestRevision: { revision: 4, basis: "seen" } },
      expect: "fail",
    },
    { title: "broker without configuration", attributes: { configuration: null }, expect: "not-applicable" },
    {
      title: "AWS was not asked for the newest",
      facts: { latestRevision: { revision: 3, basis: "seen" } },
      expect: "unknown",
    },
    { title: "never described", withhold: ["configuration"], expect: "unknown" },
  ],
  evaluate({ attributes: { configuration }, facts: { latestRevision } }) {
    const current = configuration?.current;
    if (!current) return notApplicable("The broker has no configuration.");
    const name = `${current.id} revision ${current.revision}`;
    if (latestRevision.revision > current.revision) {
      const waits = configuration.pending?.revision === latestRevision.revision ? " It waits to be applied." : "";
      return fail(`Runs ${name}; revision ${latestRevision.revision} exists.${waits}`, {
        configuration: current.id,
        revision: current.revision,
        newest: latestRevision.revision,
      });
    }
    return latestRevision.basis === "described"
      ? pass(`Runs the newest revision, ${name}.`)
      : unknown(`Runs ${name}, the newest that any broker uses; AWS was not asked whether there is a newer one.`);
  },
});
