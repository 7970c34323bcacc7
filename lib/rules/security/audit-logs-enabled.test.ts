import { expect, it } from "vitest";
import { evaluateRule } from "@/lib/rules/evaluate";
import { auditLogsEnabled as rule } from "@/lib/rules/security/audit-logs-enabled";
import { buildBroker } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

it("does not ask RabbitMQ for a log that Amazon MQ does not have, even where AWS reports it off", () => {
  const logs = { general: true, audit: false, generalLogGroup: null, auditLogGroup: null };
  const broker = buildBroker({ attributes: { engine: "RABBITMQ", logs } });
  expect(evaluateRule(rule, broker, buildRuleContext())).toEqual({
    kind: "not-applicable",
    reason: "Amazon MQ has no audit log for RabbitMQ.",
  });
});

it("looks at the audit log alone", () => {
  const logs = { general: false, audit: true, generalLogGroup: null, auditLogGroup: null };
  expect(evaluateRule(rule, buildBroker({ attributes: { logs } }), buildRuleContext()).kind).toBe("pass");
});
