import { expect, it } from "vitest";
import { evaluateRule, observedHash } from "@/lib/rules/evaluate";
import { noPasswordInConfiguration as rule } from "@/lib/rules/security/no-password-in-configuration";
import { buildBroker, exemplaryFacts } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

const { configurationText: good } = exemplaryFacts("ACTIVEMQ");
const failing = { ...good, connectorsWithPassword: ["to-berlin"] };
const broker = (configurationText: typeof good) => buildBroker({ facts: { configurationText } });

it("names configuration and revision", () => {
  expect(evaluateRule(rule, broker(failing), buildRuleContext())).toMatchObject({
    failures: [{ evidence: { configuration: "c-0a1b2c3d", revision: 3 } }],
  });
});

it("does not take a new revision with the same fault for a fix", () => {
  expect(observedHash(rule, broker({ ...failing, revision: 4 }))).toBe(observedHash(rule, broker(failing)));
  expect(observedHash(rule, broker({ ...good, revision: 4 }))).not.toBe(observedHash(rule, broker(failing)));
});
