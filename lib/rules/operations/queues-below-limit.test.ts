import { expect, it } from "vitest";
import { evaluateRule } from "@/lib/rules/evaluate";
import { queuesBelowLimit as rule } from "@/lib/rules/operations/queues-below-limit";
import { rulePolicy } from "@/lib/rules/policy";
import { buildBroker } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

it("follows the mark that an administrator sets", () => {
  const broker = buildBroker({
    attributes: { engine: "RABBITMQ", instanceType: "mq.m5.2xlarge" },
    facts: { metrics: { week: { QueueCount: 12_000 }, lastDay: {} } },
  });
  const at = (percent: number) =>
    evaluateRule(rule, broker, buildRuleContext({ policy: rulePolicy({ "queues-below-limit.percent": percent }) }))
      .kind;
  expect([at(80), at(50)]).toEqual(["pass", "fail"]);
});
