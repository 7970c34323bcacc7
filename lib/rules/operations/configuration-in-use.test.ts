import { expect, it } from "vitest";
import { evaluateSubject } from "@/lib/rules/evaluate-subject";
import { configurationInUse as rule } from "@/lib/rules/operations/configuration-in-use";
import { rulePolicy } from "@/lib/rules/policy";
import { buildRuleContext } from "@/lib/testing/build-rule-context";
import { buildConfigurationSubject } from "@/lib/testing/build-subject";

const outcomeOf = (overrides: Parameters<typeof buildConfigurationSubject>[0], context = buildRuleContext()) =>
  evaluateSubject([rule], buildConfigurationSubject(overrides), context)[0]?.outcome;

it("names some of its brokers", () => {
  expect(outcomeOf({ usedBy: ["a", "b", "c", "d", "e"] })).toEqual({
    kind: "pass",
    summary: "Used by a, b, c and 2 more.",
  });
});

it("passes one that a broker uses, whatever is not known of the others", () => {
  expect(outcomeOf({ useUnknown: "1 broker of the region could not be described." })?.kind).toBe("pass");
});

it("judges one of unknown age as old", () => {
  expect(outcomeOf({ usedBy: [], createdAt: null, engine: null })).toMatchObject({
    kind: "fail",
    failures: [
      {
        summary:
          "No broker of its account and region uses the configuration orders-configuration, in force or pending.",
        evidence: { createdOn: null },
      },
    ],
  });
});

it("waits as long as its threshold says: the seventh day is the first on which it fails", () => {
  const on = (today: string, days?: number) =>
    outcomeOf(
      { usedBy: [], createdAt: new Date("2026-11-14T23:00:00Z") },
      buildRuleContext({
        today,
        policy: rulePolicy(days === undefined ? {} : { "configuration-in-use.grace-days": days }),
      }),
    )?.kind;
  expect(on("2026-11-20")).toBe("not-applicable");
  expect(on("2026-11-21")).toBe("fail");
  expect(on("2026-11-20", 3)).toBe("fail");
});
