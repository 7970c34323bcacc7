import { expect, it } from "vitest";
import { evaluateRule } from "@/lib/rules/evaluate";
import { autoMinorUpgradeEnabled as rule } from "@/lib/rules/life-cycle/auto-minor-upgrade-enabled";
import { buildBroker } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

it.each([
  ["ACTIVEMQ", "5.18.4", "On, as AWS demands for ActiveMQ 5.18.4."],
  ["ACTIVEMQ", "5.17.6", "On by the owner's choice (ActiveMQ 5.17.6)."],
  ["RABBITMQ", "3.13.7", "On, as AWS demands for RabbitMQ 3.13.7."],
  ["RABBITMQ", "3.9.27", "On by the owner's choice (RabbitMQ 3.9.27)."],
  ["KAFKAMQ", "1.0", "On; whether AWS demands it on this version is not known."],
])("tells what AWS demands from what the owner chose: %s %s", (engine, engineVersion, summary) => {
  const broker = buildBroker({ attributes: { engine, engineVersion } });
  expect(evaluateRule(rule, broker, buildRuleContext())).toEqual({ kind: "pass", summary });
});

it("keeps in the evidence whether AWS demands the setting", () => {
  const attributes = { engine: "RABBITMQ", engineVersion: "3.12.13", autoMinorVersionUpgrade: false };
  expect(evaluateRule(rule, buildBroker({ attributes }), buildRuleContext())).toMatchObject({
    kind: "fail",
    failures: [{ evidence: { autoMinorVersionUpgrade: false, engineVersion: "3.12.13", mandatedByAws: false } }],
  });
});
