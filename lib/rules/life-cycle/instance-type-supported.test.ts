import { describe, expect, it } from "vitest";
import { parsePlainDate } from "@/lib/domain/plain-date";
import { overrideCalendar, SHIPPED_SUPPORT_CALENDAR } from "@/lib/reference/support-calendar";
import { evaluateRule } from "@/lib/rules/evaluate";
import { instanceTypeSupported as rule } from "@/lib/rules/life-cycle/instance-type-supported";
import { buildBroker } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

const micro = buildBroker({ attributes: { engine: "RABBITMQ", instanceType: "mq.t3.micro", engineVersion: "3.13.7" } });

describe("instance-type-supported", () => {
  it.each([
    ["2026-04-03", "pass", null],
    ["2026-04-04", "fail", "medium"],
    ["2026-09-30", "fail", "medium"],
    ["2026-10-01", "fail", "critical"],
    ["2027-10-01", "fail", "critical"],
  ] as const)("RabbitMQ on mq.t3.micro on %s: %s %s", (today, kind, severity) => {
    const outcome = evaluateRule(rule, micro, buildRuleContext({ today }));
    expect(outcome.kind).toBe(kind);
    if (outcome.kind === "fail") expect(outcome.failures[0].severity).toBe(severity);
  });

  it("says that the broker may be unreachable and unbilled after the end", () => {
    expect(evaluateRule(rule, micro, buildRuleContext())).toMatchObject({
      failures: [
        {
          summary:
            "mq.t3.micro for RabbitMQ is past end of support since 2026-10-01: the broker may be unreachable, and unbilled while it is.",
        },
      ],
    });
  });

  it("follows an administrator's row, and calls a retired type without a date unknown", () => {
    const [row] = SHIPPED_SUPPORT_CALENDAR.instanceTypes;
    if (!row) throw new Error("the shipped calendar has no instance types");
    const base = { ...row, engine: "ACTIVEMQ", instanceType: "mq.m5.large", changedBy: "ana" };
    const dated = overrideCalendar(SHIPPED_SUPPORT_CALENDAR, {
      instanceTypes: [{ ...base, endOfSupport: parsePlainDate("2026-11-22") }],
    });
    const undated = overrideCalendar(SHIPPED_SUPPORT_CALENDAR, {
      instanceTypes: [{ ...base, endOfSupport: null, creatable: false }],
    });
    expect(evaluateRule(rule, buildBroker(), buildRuleContext({ calendar: dated }))).toMatchObject({
      kind: "fail",
      failures: [{ summary: expect.stringContaining("in 1 day;"), evidence: { stage: "ending" } }],
    });
    expect(evaluateRule(rule, buildBroker(), buildRuleContext({ calendar: undated })).kind).toBe("unknown");
  });
});
