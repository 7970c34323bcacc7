import { expect, it } from "vitest";
import { evaluateRule } from "@/lib/rules/evaluate";
import { connectionsBelowLimit as rule } from "@/lib/rules/operations/connections-below-limit";
import { buildBroker } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

it.each([
  [239, "pass", undefined],
  [240, "fail", undefined],
  [300, "fail", "high"],
] as const)("%i connections on mq.t3.micro: %s", (peak, expected, severity) => {
  const broker = buildBroker({
    attributes: { instanceType: "mq.t3.micro" },
    facts: { metrics: { week: { CurrentConnectionsCount: peak }, lastDay: {} } },
  });
  const outcome = evaluateRule(rule, broker, buildRuleContext());
  expect(outcome.kind).toBe(expected);
  if (outcome.kind === "fail") expect(outcome.failures[0].severity).toBe(severity);
});

it("counts the limit of a cluster for its three nodes", () => {
  const broker = buildBroker({
    attributes: { engine: "RABBITMQ", instanceType: "mq.m5.large" },
    facts: { metrics: { week: { ConnectionCount: 5_100 }, lastDay: {} } },
  });
  expect(evaluateRule(rule, broker, buildRuleContext())).toMatchObject({
    kind: "pass",
    summary: expect.stringContaining("3 nodes"),
  });
});
