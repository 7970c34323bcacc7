import { describe, expect, it } from "vitest";
import type { IngressRule } from "@/lib/domain/broker-facts";
import { evaluateRule, observedHash } from "@/lib/rules/evaluate";
import { securityGroupsNarrow as rule } from "@/lib/rules/security/security-groups-narrow";
import { buildBroker } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

const broker = (ingress: readonly IngressRule[], publiclyAccessible = false) =>
  buildBroker({
    attributes: { securityGroups: ["sg-1"], publiclyAccessible },
    facts: { network: { subnets: [], securityGroups: [{ id: "sg-1", ingress }] } },
  });
const rule443 = (fromPort: number | null, toPort: number | null, ...cidrs: string[]): IngressRule => ({
  protocol: fromPort === null ? "-1" : "tcp",
  fromPort,
  toPort,
  cidrs,
});

describe("security-groups-narrow", () => {
  it.each([
    [rule443(0, 65535, "0.0.0.0/0"), "fail"],
    [rule443(8162, 8162, "10.0.0.0/8", "::/0"), "fail"],
    [rule443(null, null, "0.0.0.0/0"), "fail"],
    [rule443(80, 80, "0.0.0.0/0"), "pass"],
    [rule443(5671, 5671, "0.0.0.0/1"), "pass"],
    [{ protocol: "udp", fromPort: 0, toPort: 65535, cidrs: ["0.0.0.0/0"] }, "pass"],
    [{ protocol: "tcp", fromPort: 61617, toPort: 61617, cidrs: [] }, "pass"],
  ] as const)("%j: %s", (ingress, expected) => {
    expect(evaluateRule(rule, broker([ingress]), buildRuleContext()).kind).toBe(expected);
  });

  it("is more severe on a public broker", () => {
    const open = [rule443(61617, 61617, "0.0.0.0/0")];
    expect(evaluateRule(rule, broker(open, true), buildRuleContext())).toMatchObject({
      failures: [{ severity: "high" }],
    });
    expect(evaluateRule(rule, broker(open), buildRuleContext())).toMatchObject({ failures: [{ severity: "medium" }] });
  });

  it("does not see a fix in a rule that opens nothing", () => {
    const open = rule443(61617, 61617, "0.0.0.0/0");
    const more = broker([open, rule443(5671, 5671, "10.0.0.0/8")]);
    expect(observedHash(rule, more)).toBe(observedHash(rule, broker([open])));
    expect(observedHash(rule, broker([]))).not.toBe(observedHash(rule, broker([open])));
  });
});
