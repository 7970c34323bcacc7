import { describe, expect, it } from "vitest";
import { evaluateRule } from "@/lib/rules/evaluate";
import { freeOfKnownAdvisories as rule } from "@/lib/rules/life-cycle/free-of-known-advisories";
import { rulePolicy } from "@/lib/rules/policy";
import { buildBroker } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

const rabbit = (engineVersion: string) => buildBroker({ attributes: { engine: "RABBITMQ", engineVersion } });
const each = rulePolicy({ "free-of-known-advisories.least-severity": 1 });
const failures = (broker: ReturnType<typeof buildBroker>, context: Parameters<typeof buildRuleContext>[0] = {}) => {
  const outcome = evaluateRule(rule, broker, buildRuleContext({ policy: each, ...context }));
  return outcome.kind === "fail" ? outcome.failures : [];
};

describe("free-of-known-advisories", () => {
  it("has one failure per advisory, worded as an upstream match, with the versions that have the fix", () => {
    const found = failures(rabbit("4.2.9"));
    expect(found.length).toBeGreaterThan(5);
    for (const { discriminator, summary, evidence } of found) {
      expect(summary).toContain(discriminator);
      expect(summary).toContain("upstream advisory match");
      expect(evidence.fixOnAmazonMq).toMatch(/^4\.[23]/);
    }
  });

  it("calls a known exploited flaw critical", () => {
    const broker = buildBroker({ attributes: { engineVersion: "5.15.9" } });
    const found = failures(broker).find(({ discriminator }) => discriminator === "CVE-2023-46604");
    expect(found).toMatchObject({ severity: "critical", evidence: { knownExploited: true } });
    expect(found?.summary).toContain("known to be exploited");
  });

  it("knows no advisory before the day it was published", () => {
    const ids = (today: string) => failures(rabbit("3.13.7"), { today }).map((f) => f.discriminator);
    const [early, late] = [ids("2025-12-31"), ids("2026-11-21")];
    expect(early.length).toBeLessThan(late.length);
    expect(late).toEqual(expect.arrayContaining(early));
  });

  it("leaves what cannot be decided undecided, so that nothing closes because AWS stopped telling the patch", () => {
    const ids = failures(rabbit("4.2.1")).map((f) => f.discriminator);
    const outcome = evaluateRule(rule, rabbit("4.2"), buildRuleContext({ policy: each }));
    expect(outcome).toMatchObject({ kind: "unknown", undecided: expect.arrayContaining(ids) });
  });

  it("keeps one finding each for the severities that the threshold names, and one for all others together", () => {
    const all = failures(rabbit("3.13.7"));
    const found = failures(rabbit("3.13.7"), { policy: rulePolicy() });
    const own = found.filter(({ discriminator }) => discriminator !== "other-advisories");
    const [shared] = found.filter(({ discriminator }) => discriminator === "other-advisories");
    expect(new Set(own.map(({ severity }) => severity))).toEqual(new Set(["critical"]));
    expect(shared).toMatchObject({ severity: "high", evidence: { grade: all.length - own.length } });
    expect(shared?.evidence.advisories).toHaveLength(all.length - own.length);
  });

  it("stands outside the SLA where nothing that Amazon MQ offers has the fix", () => {
    const outcomes = failures(rabbit("3.13.7"), { today: "2025-10-01" });
    for (const failure of outcomes) {
      expect(failure.outsideSla ?? false).toBe(failure.evidence.fixOnAmazonMq === "no fix on Amazon MQ");
    }
    expect(outcomes.some((failure) => failure.outsideSla)).toBe(true);
  });
});
