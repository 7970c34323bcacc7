import { describe, expect, it } from "vitest";
import { evaluateRule, policyHash } from "@/lib/rules/evaluate";
import { engineVersionSupported as rule } from "@/lib/rules/life-cycle/engine-version-supported";
import { rulePolicy } from "@/lib/rules/policy";
import { buildBroker } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

// ActiveMQ 5.17: end of support on 2025-06-16.
const broker = buildBroker({ attributes: { engineVersion: "5.17.6" } });

describe("engine-version-supported", () => {
  it.each([
    ["2024-12-17", null],
    ["2024-12-18", { severity: "medium", stage: "ending", grade: 1 }],
    ["2025-03-17", { severity: "medium", stage: "ending", grade: 1 }],
    ["2025-03-18", { severity: "medium", stage: "notice", grade: 2 }],
    ["2025-05-17", { severity: "medium", stage: "create-blocked", grade: 3 }],
    ["2025-06-15", { severity: "medium", stage: "create-blocked", grade: 3 }],
    ["2025-06-16", { severity: "critical", stage: "forced-upgrade-window", grade: 4 }],
    ["2025-07-30", { severity: "critical", stage: "forced-upgrade-window", grade: 4 }],
    ["2025-07-31", { severity: "critical", stage: "overdue", grade: 5 }],
  ])("ActiveMQ 5.17 on %s", (today, expected) => {
    const outcome = evaluateRule(rule, broker, buildRuleContext({ today }));
    if (!expected) return expect(outcome.kind).toBe("pass");
    const { severity, stage, grade } = expected;
    expect(outcome).toMatchObject({ kind: "fail", failures: [{ severity, evidence: { stage, grade } }] });
  });

  it("says how many days are left, what AWS refuses, and what comes next", () => {
    expect(evaluateRule(rule, broker, buildRuleContext({ today: "2025-06-15" }))).toMatchObject({
      failures: [
        {
          summary:
            "ActiveMQ 5.17 reaches end of support on 2025-06-16, in 1 day. AWS refuses new brokers on it. The next line is ActiveMQ 5.18.",
        },
      ],
    });
    expect(evaluateRule(rule, broker, buildRuleContext({ today: "2025-06-16" }))).toMatchObject({
      failures: [{ summary: expect.stringContaining("AWS may upgrade the broker in any of its maintenance windows") }],
    });
  });

  it("keeps its evidence while days pass within a stage, so that no event is written every day", () => {
    const evidenceOn = (today: string) => {
      const outcome = evaluateRule(rule, broker, buildRuleContext({ today }));
      return outcome.kind === "fail" ? outcome.failures[0].evidence : null;
    };
    expect(evidenceOn("2025-04-02")).toEqual(evidenceOn("2025-04-01"));
  });

  it("warns later or earlier when the threshold is changed, and the fingerprint of the policy shows it", () => {
    const early = rulePolicy({ "engine-version-supported.ending-days": 365 });
    const late = rulePolicy({ "engine-version-supported.ending-days": 0 });
    const on = (today: string, policy: typeof early) => buildRuleContext({ today, policy });
    expect(evaluateRule(rule, broker, on("2024-06-16", early)).kind).toBe("fail");
    expect(evaluateRule(rule, broker, on("2025-06-15", late)).kind).toBe("pass");
    expect(evaluateRule(rule, broker, on("2025-06-16", late)).kind).toBe("fail");
    expect(policyHash(rule, broker, on("2025-06-16", late))).not.toBe(
      policyHash(rule, broker, on("2025-06-16", early)),
    );
  });

  it("compares by the numbers of the line: 3.9 is not 3.13", () => {
    const old = buildBroker({ attributes: { engine: "RABBITMQ", engineVersion: "3.9.27" } });
    const current = buildBroker({ attributes: { engine: "RABBITMQ", engineVersion: "3.13" } });
    expect(evaluateRule(rule, old, buildRuleContext()).kind).toBe("fail");
    expect(evaluateRule(rule, current, buildRuleContext()).kind).toBe("pass");
  });
});
