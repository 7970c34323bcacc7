import { expect, it } from "vitest";
import { evaluateRule, observedHash } from "@/lib/rules/evaluate";
import { noPendingChanges as rule } from "@/lib/rules/operations/no-pending-changes";
import { buildBroker, exemplaryAttributes } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

const { pending } = exemplaryAttributes("ACTIVEMQ");

it("has one failure per kind of change, more severe where somebody keeps access meanwhile", () => {
  const broker = buildBroker({
    attributes: {
      pending: { ...pending, engineVersion: "5.19", securityGroups: ["sg-2"] },
      users: [{ username: "leaver", pendingChange: "DELETE" }],
    },
  });
  expect(evaluateRule(rule, broker, buildRuleContext())).toMatchObject({
    failures: [
      { discriminator: "engine-version", severity: "low", evidence: { value: "5.19" } },
      { discriminator: "security-groups", severity: "medium" },
      { discriminator: "users", severity: "medium", evidence: { value: "leaver (delete)" } },
    ],
  });
});

it("sees one change applied apart from the others", () => {
  const both = buildBroker({
    attributes: { pending: { ...pending, engineVersion: "5.19", instanceType: "mq.m5.xlarge" } },
  });
  const one = buildBroker({ attributes: { pending: { ...pending, instanceType: "mq.m5.xlarge" } } });
  expect(observedHash(rule, one, "engine-version")).not.toBe(observedHash(rule, both, "engine-version"));
  expect(observedHash(rule, one, "instance-type")).toBe(observedHash(rule, both, "instance-type"));
});
