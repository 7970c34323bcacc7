import { expect, it } from "vitest";
import { evaluateRule } from "@/lib/rules/evaluate";
import { customerManagedKey as rule } from "@/lib/rules/security/customer-managed-key";
import { buildBroker } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

const judged = (kmsKeyId: string | null, useAwsOwnedKey: boolean | null) =>
  evaluateRule(rule, buildBroker({ attributes: { encryption: { kmsKeyId, useAwsOwnedKey } } }), buildRuleContext());

it("tells a key that AWS owns from one that AWS manages in the account", () => {
  expect(judged(null, true)).toMatchObject({ failures: [{ summary: expect.stringContaining("AWS owns") }] });
  expect(judged(null, false)).toMatchObject({ failures: [{ summary: expect.stringContaining("aws/mq") }] });
});

it("does not take silence for a key", () => {
  expect(judged(null, null).kind).toBe("unknown");
  expect(judged("arn:aws:kms:eu-west-1:111122223333:key/1", null).kind).toBe("pass");
});
