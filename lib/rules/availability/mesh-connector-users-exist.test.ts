import { expect, it } from "vitest";
import { meshConnectorUsersExist as rule } from "@/lib/rules/availability/mesh-connector-users-exist";
import { evaluateRule, observedHash } from "@/lib/rules/evaluate";
import { buildBroker, exemplaryFacts } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

const { mesh } = exemplaryFacts("ACTIVEMQ");
const meshed = (...checks: typeof mesh.checks) => buildBroker({ facts: { mesh: { ...mesh, checks } } });
const own = { id: "connector-users-exist", brokers: ["orders", "orders-b"], explanation: "Found so." } as const;
const other = { id: "another-check", outcome: "fail", brokers: ["orders"], explanation: "Another defect." } as const;

it("fails by its own check alone, and names the brokers", () => {
  expect(evaluateRule(rule, meshed({ ...own, outcome: "fail" }), buildRuleContext())).toMatchObject({
    failures: [{ summary: "Found so. Brokers: orders, orders-b.", evidence: { defect: "connector-users-exist" } }],
  });
  expect(evaluateRule(rule, meshed({ ...own, outcome: "pass" }, other), buildRuleContext()).kind).toBe("pass");
});

it("does not take the end of another defect for a fix of its own", () => {
  const failing = { ...own, outcome: "fail" } as const;
  expect(observedHash(rule, meshed(failing, other))).toBe(observedHash(rule, meshed(failing)));
  expect(observedHash(rule, meshed({ ...own, outcome: "pass" }))).not.toBe(observedHash(rule, meshed(failing)));
});
