import { expect, it } from "vitest";
import { evaluateRule } from "@/lib/rules/evaluate";
import { brokerNotPublic as rule } from "@/lib/rules/security/broker-not-public";
import { buildBroker } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

it("never takes silence for privacy", () => {
  const broker = buildBroker({ attributes: { publiclyAccessible: null } });
  expect(evaluateRule(rule, broker, buildRuleContext())).toEqual({
    kind: "unknown",
    reason: "AWS did not tell whether the broker is publicly accessible.",
  });
});

it("judges public replicas and engines that nobody knows yet", () => {
  for (const attributes of [{ state: "REPLICA" }, { engine: "KAFKAMQ" }]) {
    const broker = buildBroker({ attributes: { ...attributes, publiclyAccessible: true } });
    expect(evaluateRule(rule, broker, buildRuleContext()).kind).toBe("fail");
  }
});
