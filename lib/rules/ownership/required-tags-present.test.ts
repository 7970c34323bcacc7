import { expect, it } from "vitest";
import { evaluateRule, observedHash, policyHash } from "@/lib/rules/evaluate";
import { requiredTagsPresent as rule } from "@/lib/rules/ownership/required-tags-present";
import { rulePolicy } from "@/lib/rules/policy";
import { buildBroker } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

const broker = (tags: Record<string, string>) => buildBroker({ attributes: { tags } });
const requiring = (...requiredTagKeys: string[]) => buildRuleContext({ policy: rulePolicy({}, { requiredTagKeys }) });

it("does not see a fix in another value, and sees one in a tag that came", () => {
  expect(observedHash(rule, broker({ team: "a" }))).toBe(observedHash(rule, broker({ team: "b" })));
  expect(observedHash(rule, broker({ application: "a" }))).not.toBe(observedHash(rule, broker({})));
});

it("names what is missing", () => {
  expect(evaluateRule(rule, broker({ application: "x" }), requiring("cost-center", "application"))).toMatchObject({
    failures: [{ evidence: { missing: ["cost-center"] } }],
  });
});

it("rests on the setting: other required keys are no fix of the broker", () => {
  expect(policyHash(rule, broker({ team: "a" }), requiring("team"))).not.toBe(
    policyHash(rule, broker({ team: "a" }), requiring("cost-center")),
  );
});
