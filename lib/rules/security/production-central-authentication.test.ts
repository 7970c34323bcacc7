import { expect, it } from "vitest";
import { evaluateRule } from "@/lib/rules/evaluate";
import { productionCentralAuthentication as rule } from "@/lib/rules/security/production-central-authentication";
import { buildBroker } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

it("says nothing of a strategy that nobody knows yet", () => {
  const broker = buildBroker({ attributes: { authenticationStrategy: "PASSKEY" } });
  expect(evaluateRule(rule, broker, buildRuleContext())).toMatchObject({
    kind: "unknown",
    reason: expect.stringContaining("PASSKEY"),
  });
});
