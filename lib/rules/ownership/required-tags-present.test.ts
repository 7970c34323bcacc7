import { expect, it } from "vitest";
import { evaluateRule, observedHash } from "@/lib/rules/evaluate";
import { requiredTagsPresent as rule } from "@/lib/rules/ownership/required-tags-present";
import { buildBroker } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

it("does not see a fix in the change of another tag", () => {
  const broker = (tags: Record<string, string>) => buildBroker({ attributes: { tags } });
  expect(observedHash(rule, broker({ team: "a" }))).toBe(observedHash(rule, broker({ team: "b" })));
  expect(observedHash(rule, broker({ application: "a" }))).not.toBe(observedHash(rule, broker({})));
});

it("names what is missing", () => {
  expect(
    evaluateRule(rule, buildBroker({ attributes: { tags: { application: "x" } } }), buildRuleContext()),
  ).toMatchObject({
    failures: [{ evidence: { missing: ["cost-center"] } }],
  });
});
