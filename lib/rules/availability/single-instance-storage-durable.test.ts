import { expect, it } from "vitest";
import type { ObservedAttributes } from "@/lib/domain/broker";
import { singleInstanceStorageDurable as rule } from "@/lib/rules/availability/single-instance-storage-durable";
import { evaluateRule } from "@/lib/rules/evaluate";
import { buildBroker } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

it("speaks of single ActiveMQ instances alone", () => {
  const judged = (attributes: Partial<ObservedAttributes>) =>
    evaluateRule(rule, buildBroker({ attributes }), buildRuleContext()).kind;
  expect(judged({ deploymentMode: "SINGLE_INSTANCE", storageType: "EBS" })).toBe("fail");
  expect(judged({ deploymentMode: "ACTIVE_STANDBY_MULTI_AZ", storageType: "EBS" })).toBe("not-applicable");
  expect(judged({ engine: "RABBITMQ", deploymentMode: "SINGLE_INSTANCE", storageType: "EBS" })).toBe("not-applicable");
});
