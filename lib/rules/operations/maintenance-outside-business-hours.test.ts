import { expect, it } from "vitest";
import { evaluateRule } from "@/lib/rules/evaluate";
import { maintenanceOutsideBusinessHours as rule } from "@/lib/rules/operations/maintenance-outside-business-hours";
import { rulePolicy } from "@/lib/rules/policy";
import { buildBroker } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

it.each([
  ["SUNDAY", "23:30", "pass"],
  ["MONDAY", "17:59", "fail"],
  ["FRIDAY", "23:30", "pass"],
  ["MONDAY", "noon", "unknown"],
] as const)("%s %s: %s", (dayOfWeek, timeOfDay, expected) => {
  const broker = buildBroker({ attributes: { maintenanceWindow: { dayOfWeek, timeOfDay, timeZone: "UTC" } } });
  expect(evaluateRule(rule, broker, buildRuleContext()).kind).toBe(expected);
});

it("sees a window before midnight reach into a business day that begins at midnight", () => {
  const policy = rulePolicy({ "maintenance-outside-business-hours.first-hour": 0 });
  const broker = buildBroker({
    attributes: { maintenanceWindow: { dayOfWeek: "SUNDAY", timeOfDay: "23:00", timeZone: "UTC" } },
  });
  expect(evaluateRule(rule, broker, buildRuleContext({ policy })).kind).toBe("fail");
});
