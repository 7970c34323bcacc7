import { expect, it } from "vitest";
import { evaluateRule } from "@/lib/rules/evaluate";
import { storageBelowLimit as rule } from "@/lib/rules/operations/storage-below-limit";
import { buildBroker } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

it("does not call a RabbitMQ broker safe without knowing its limit", () => {
  const broker = buildBroker({
    attributes: { engine: "RABBITMQ" },
    facts: { metrics: { week: { RabbitMQDiskFree: 15e9 }, lastDay: {} } },
  });
  expect(evaluateRule(rule, broker, buildRuleContext()).kind).toBe("unknown");
});

it("keeps its evidence while the peak moves within the same ten percent", () => {
  const evidence = (StorePercentUsage: number) => {
    const outcome = evaluateRule(
      rule,
      buildBroker({ facts: { metrics: { week: { StorePercentUsage }, lastDay: {} } } }),
      buildRuleContext(),
    );
    return outcome.kind === "fail" ? outcome.failures[0].evidence : null;
  };
  expect(evidence(91)).toEqual(evidence(98));
  expect(evidence(81)).not.toEqual(evidence(98));
});
