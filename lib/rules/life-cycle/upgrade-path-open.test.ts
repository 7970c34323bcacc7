import { describe, expect, it } from "vitest";
import { evaluateRule, observedHash } from "@/lib/rules/evaluate";
import { upgradePathOpen as rule } from "@/lib/rules/life-cycle/upgrade-path-open";
import { buildBroker } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

const onM5 = { engine: "RABBITMQ", engineVersion: "3.13.7", instanceType: "mq.m5.large" } as const;

describe("upgrade-path-open", () => {
  it("names the way, its hops and where it is blocked", () => {
    expect(evaluateRule(rule, buildBroker({ attributes: onM5 }), buildRuleContext())).toMatchObject({
      kind: "fail",
      failures: [
        {
          discriminator: "instance-family",
          severity: "medium",
          evidence: { way: "3.13 -> 4.2 -> 4.3", hops: 2, blockedHop: "3.13 -> 4.2" },
        },
      ],
    });
  });

  it("is more severe when the line is ending or past its end", () => {
    const broker = buildBroker({ attributes: { engineVersion: "5.17.6", autoMinorVersionUpgrade: false } });
    expect(evaluateRule(rule, broker, buildRuleContext())).toMatchObject({
      failures: [{ discriminator: "auto-minor-upgrade", severity: "high" }],
    });
  });

  it("sees a fix in the attribute that the obstacle is about, and in no other", () => {
    const before = buildBroker({ attributes: { ...onM5, autoMinorVersionUpgrade: false } });
    const after = buildBroker({
      attributes: { ...onM5, instanceType: "mq.m7g.large", autoMinorVersionUpgrade: false },
    });
    expect(observedHash(rule, after, "instance-family")).not.toBe(observedHash(rule, before, "instance-family"));
    expect(observedHash(rule, after, "auto-minor-upgrade")).toBe(observedHash(rule, before, "auto-minor-upgrade"));
  });
});
