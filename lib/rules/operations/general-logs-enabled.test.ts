import { expect, it } from "vitest";
import { evaluateRule } from "@/lib/rules/evaluate";
import { generalLogsEnabled as rule } from "@/lib/rules/operations/general-logs-enabled";
import { buildBroker } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

it("looks at the general log alone", () => {
  const logs = { general: true, audit: false, generalLogGroup: null, auditLogGroup: null };
  expect(evaluateRule(rule, buildBroker({ attributes: { logs } }), buildRuleContext()).kind).toBe("pass");
});

it("says unknown when AWS sends log settings without the general log", () => {
  const logs = { general: null, audit: true, generalLogGroup: null, auditLogGroup: null };
  expect(evaluateRule(rule, buildBroker({ attributes: { logs } }), buildRuleContext()).kind).toBe("unknown");
});
