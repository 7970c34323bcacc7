import { expect, it } from "vitest";
import { evaluateRule, observedHash } from "@/lib/rules/evaluate";
import { noDefaultUsers as rule } from "@/lib/rules/security/no-default-users";
import { buildBroker } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

const broker = (...names: string[]) =>
  buildBroker({ attributes: { users: names.map((username) => ({ username, pendingChange: null })) } });

it("compares whole names without case: admin-orders is a name of its own", () => {
  expect(evaluateRule(rule, broker("GUEST", "admin-orders"), buildRuleContext())).toMatchObject({
    failures: [{ evidence: { users: ["GUEST"] } }],
  });
  expect(evaluateRule(rule, broker("admin-orders"), buildRuleContext()).kind).toBe("pass");
});

it("does not see a fix in another user's coming or going", () => {
  expect(observedHash(rule, broker("guest", "orders"))).toBe(observedHash(rule, broker("guest")));
});
