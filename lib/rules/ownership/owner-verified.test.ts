import { expect, it } from "vitest";
import { evaluateRule, observedHash } from "@/lib/rules/evaluate";
import { ownerVerified as rule } from "@/lib/rules/ownership/owner-verified";
import { buildBroker } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

it("says when there is no address either", () => {
  const broker = buildBroker({ facts: { ownerEntity: { verified: false, contactable: false } } });
  expect(evaluateRule(rule, broker, buildRuleContext())).toMatchObject({
    failures: [{ summary: 'Nobody has verified that the owner "payments" exists. There is no address either.' }],
  });
});

it("takes a person's word for no observation: its pass is never remediation", () => {
  const vouched = (verified: boolean) => buildBroker({ facts: { ownerEntity: { verified, contactable: verified } } });
  expect(evaluateRule(rule, vouched(true), buildRuleContext()).kind).toBe("pass");
  expect(observedHash(rule, vouched(true))).toBe(observedHash(rule, vouched(false)));
});
