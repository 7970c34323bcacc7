import { expect, it } from "vitest";
import { evaluateRule } from "@/lib/rules/evaluate";
import { rulePolicy } from "@/lib/rules/policy";
import { consoleAccessLimited as rule } from "@/lib/rules/security/console-access-limited";
import { buildBroker } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

const broker = (...access: (boolean | null)[]) =>
  buildBroker({
    facts: {
      userAccess: access.map((consoleAccess, i) => ({
        name: `u${i}`,
        consoleAccess,
        groups: [],
        replicationUser: null,
      })),
    },
  });

it.each([
  [[true, true, false], 2, "pass"],
  [[true, true, true], 2, "fail"],
  [[true], 0, "fail"],
  [[true, true, null], 2, "unknown"],
  [[true, null], 2, "pass"],
] as const)("%j with at most %i: %s", (access, most, expected) => {
  const policy = rulePolicy({ "console-access-limited.most-users": most });
  expect(evaluateRule(rule, broker(...access), buildRuleContext({ policy })).kind).toBe(expected);
});
