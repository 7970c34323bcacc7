import { engineDisplayName } from "@/lib/domain/engine-version";
import { isEvaluationSize } from "@/lib/reference/instance-types";
import { defineRule, fail, notApplicable, pass, unknown } from "@/lib/rules/define-rule";

export const productionNotEvaluationSize = defineRule({
  id: "production-not-evaluation-size",
  version: 1,
  title: "Production brokers are not of an evaluation size",
  severity: "high",
  category: "availability",
  rationale:
    "AWS recommends mq.t3.micro and mq.m7g.medium for evaluation only: little memory, few connections, burst credits that run out. Under production load " +
    "such a broker slows down, raises alarms and blocks publishers.",
  remediation:
    "Change the instance type to a production size (aws mq update-broker --broker-id <id> --host-instance-type mq.m5.large, RabbitMQ: mq.m7g.large); it " +
    "is applied with a reboot. If the broker is not production, give it the environment tag that says so.",
  references: [
    { kind: "seed", id: "001" },
    {
      kind: "aws",
      id: "Broker instance types",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/broker-instance-types.html",
    },
    { kind: "conformity", id: "desired broker instance type" },
    { kind: "other", id: "CloudSploit mqDesiredInstanceType" },
  ],
  needs: ["engine", "instanceType", "tags"],
  judges: ["instanceType"],
  replicas: "judged",
  basis: ({ environment }) => ({ countsAsProduction: environment.countsAsProduction }),
  examples: [
    { title: "ActiveMQ on mq.m5.large", expect: "pass" },
    { title: "RabbitMQ on mq.m7g.large", attributes: { engine: "RABBITMQ" }, expect: "pass" },
    { title: "ActiveMQ on mq.t3.micro", attributes: { instanceType: "mq.t3.micro" }, expect: "fail" },
    {
      title: "RabbitMQ on mq.m7g.medium",
      attributes: { engine: "RABBITMQ", instanceType: "mq.m7g.medium" },
      expect: "fail",
    },
    {
      title: "mq.t3.micro in development",
      attributes: { instanceType: "mq.t3.micro", tags: { env: "dev" } },
      expect: "not-applicable",
    },
    { title: "type that nobody knows yet", attributes: { instanceType: "mq.m9x.large" }, expect: "unknown" },
    { title: "never observed", withhold: ["instanceType"], expect: "unknown" },
  ],
  evaluate({ attributes: { engine, instanceType }, environment }) {
    if (!environment.countsAsProduction)
      return notApplicable(`The broker is not production, but ${environment.environment}.`);
    if (instanceType === null) return unknown("AWS did not tell the instance type.");
    const name = `${instanceType} for ${engineDisplayName(engine)}`;
    const evaluation = isEvaluationSize(engine, instanceType);
    if (evaluation === null) return unknown(`${name} is not in the list of instance types.`);
    if (!evaluation) return pass(`${name} is a production size.`);
    const why =
      environment.environment === "unclassified"
        ? " (nothing says what the broker is for, so it counts as production)"
        : "";
    return fail(`AWS recommends ${name} for evaluation only${why}.`, {
      engine,
      instanceType,
      environment: environment.environment,
    });
  },
});
