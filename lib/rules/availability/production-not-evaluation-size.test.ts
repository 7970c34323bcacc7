import { expect, it } from "vitest";
import { productionNotEvaluationSize as rule } from "@/lib/rules/availability/production-not-evaluation-size";
import { evaluateRule } from "@/lib/rules/evaluate";
import { buildBroker } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

it("says why an unclassified broker is judged", () => {
  const broker = buildBroker({ attributes: { instanceType: "mq.t3.micro", tags: {} } });
  expect(evaluateRule(rule, broker, buildRuleContext())).toMatchObject({
    failures: [{ summary: expect.stringContaining("counts as production"), evidence: { environment: "unclassified" } }],
  });
});

it("judges a development broker of a production account, whatever its tag says", () => {
  const broker = buildBroker({
    attributes: { instanceType: "mq.t3.micro", tags: { env: "dev" } },
    accountDefaultEnvironment: "production",
  });
  expect(evaluateRule(rule, broker, buildRuleContext()).kind).toBe("fail");
});
