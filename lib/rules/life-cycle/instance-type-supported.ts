import { engineDisplayName } from "@/lib/domain/engine-version";
import { diffDays } from "@/lib/domain/plain-date";
import { findInstanceType, type InstanceTypeSupport } from "@/lib/reference/support-calendar";
import { defineRule, fail, pass, type RuleContext, unknown, type With } from "@/lib/rules/define-rule";

export const instanceTypeSupported = defineRule({
  id: "instance-type-supported",
  version: 1,
  title: "Instance types are supported by AWS",
  severity: "critical",
  category: "life-cycle",
  rationale:
    "Instance types have an end of support of their own, per engine, and AWS promises no upgrade for it: afterwards the broker may be unreachable, " +
    "and is not billed while it is. A cost of zero is then a failure, not a saving.",
  remediation:
    "Change the instance type (aws mq update-broker --broker-id <id> --host-instance-type mq.m5.large, RabbitMQ: mq.m7g.large); it is applied with a " +
    "reboot, at once or in the maintenance window. A larger type cannot be changed back to mq.t3.micro.",
  references: [
    { kind: "seed", id: "004" },
    {
      kind: "aws",
      id: "ActiveMQ instance types",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/broker-instance-types.html",
    },
    {
      kind: "aws",
      id: "RabbitMQ instance types",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rmq-broker-instance-types.html",
    },
    { kind: "conformity", id: "desired broker instance type" },
    { kind: "other", id: "CloudSploit mqDesiredInstanceType" },
    { kind: "other", id: "cfn-lint E3670" },
  ],
  needs: ["engine", "instanceType"],
  judges: ["instanceType"],
  replicas: "judged",
  basis: (broker, context) => ({
    endOfSupport: rowOf(broker, context)?.endOfSupport ?? null,
    creatable: rowOf(broker, context)?.creatable ?? null,
    endingDays: context.policy.threshold("instance-type-supported.ending-days"),
  }),
  examples: [
    { title: "ActiveMQ on mq.m5.large", expect: "pass" },
    {
      title: "ActiveMQ on mq.t3.micro, which RabbitMQ alone lost",
      attributes: { instanceType: "mq.t3.micro" },
      expect: "pass",
    },
    {
      title: "RabbitMQ on mq.t3.micro on the end day",
      attributes: { engine: "RABBITMQ", instanceType: "mq.t3.micro" },
      today: "2026-10-01",
      expect: "fail",
    },
    {
      title: "RabbitMQ on mq.t3.micro half a year before",
      attributes: { engine: "RABBITMQ", instanceType: "mq.t3.micro" },
      today: "2026-04-04",
      expect: "fail",
    },
    {
      title: "RabbitMQ on mq.t3.micro a year before",
      attributes: { engine: "RABBITMQ", instanceType: "mq.t3.micro" },
      today: "2025-10-01",
      expect: "pass",
    },
    { title: "retired ActiveMQ type", attributes: { instanceType: "mq.m4.large" }, expect: "fail" },
    { title: "creation failed", attributes: { state: "CREATION_FAILED" }, expect: "not-applicable" },
    { title: "type that nobody knows yet", attributes: { instanceType: "mq.m9x.large" }, expect: "unknown" },
    { title: "type of the other engine", attributes: { instanceType: "mq.m7g.large" }, expect: "unknown" },
    { title: "never observed", withhold: ["instanceType"], expect: "unknown" },
    { title: "AWS did not say", attributes: { instanceType: null }, expect: "unknown" },
  ],
  evaluate(broker, context) {
    const { engine, instanceType } = broker.attributes;
    if (instanceType === null) return unknown("AWS did not tell the instance type.");
    const name = `${instanceType} for ${engineDisplayName(engine)}`;
    const row = rowOf(broker, context);
    if (!row) return unknown(`${name} is not in the calendar of instance types, so its support is unknown.`);
    if (!row.endOfSupport) {
      return row.creatable
        ? pass(`${name} is supported: no end date published as of ${row.checkedOn}.`)
        : unknown(
            `AWS lets no new brokers be created on ${name}, and its end of support is in no calendar that was found.`,
          );
    }
    const daysToEnd = diffDays(context.today, row.endOfSupport);
    if (daysToEnd > context.policy.threshold("instance-type-supported.ending-days")) {
      return pass(`${name} is supported until ${row.endOfSupport}.`);
    }
    const past = daysToEnd <= 0;
    const summary = past
      ? `${name} is past end of support since ${row.endOfSupport}: the broker may be unreachable, and unbilled while it is.`
      : `${name} reaches end of support on ${row.endOfSupport}, in ${daysToEnd} ${daysToEnd === 1 ? "day" : "days"}; AWS promises no upgrade.`;
    return fail(
      summary,
      {
        engine,
        instanceType,
        endOfSupport: row.endOfSupport,
        lastCreatableOn: row.lastCreatableOn,
        stage: past ? "past-end-of-support" : "ending",
        source: row.source,
      },
      past ? "critical" : "medium",
    );
  },
});

function rowOf(
  { attributes: { engine, instanceType } }: With<"engine" | "instanceType">,
  { calendar }: RuleContext,
): InstanceTypeSupport | undefined {
  return instanceType === null ? undefined : findInstanceType(calendar, engine, instanceType);
}
