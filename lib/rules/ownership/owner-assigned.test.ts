import { expect, it } from "vitest";
import { evaluateRule, observedHash } from "@/lib/rules/evaluate";
import { ownerAssigned as rule } from "@/lib/rules/ownership/owner-assigned";
import { buildBroker } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

const context = buildRuleContext();

it("calls a broker that only its account's default answers for a low finding, as the KPI does not count it", () => {
  const broker = buildBroker({ attributes: { tags: {} }, accountDefaultOwner: "Platform" });
  expect(evaluateRule(rule, broker, context)).toMatchObject({
    kind: "fail",
    failures: [{ severity: "low", evidence: { ownerSource: "account-default", accountDefaultOwner: "Platform" } }],
  });
});

it("quotes the placeholder that somebody wrote into the tag", () => {
  const broker = buildBroker({ attributes: { tags: { Owner: " TBD " } } });
  expect(evaluateRule(rule, broker, context)).toMatchObject({
    kind: "fail",
    failures: [
      { summary: 'Nobody owns the broker. The tag Owner says " TBD ", which names nobody.', severity: undefined },
    ],
  });
});

it("sees a new tag as an observed change, an assignment made here as none", () => {
  const before = buildBroker({ attributes: { tags: {} } });
  const tagged = buildBroker({ attributes: { tags: { owner: "payments" } } });
  const assigned = buildBroker({ attributes: { tags: {} }, assignedOwner: "payments" });
  expect(observedHash(rule, tagged)).not.toBe(observedHash(rule, before));
  expect(observedHash(rule, assigned)).toBe(observedHash(rule, before));
});
