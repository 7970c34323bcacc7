import { expect, it } from "vitest";
import { evaluateRule } from "@/lib/rules/evaluate";
import { newestPatchInstalled as rule } from "@/lib/rules/life-cycle/newest-patch-installed";
import { buildBroker } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

const rabbit = (engineVersion: string) => buildBroker({ attributes: { engine: "RABBITMQ", engineVersion } });

it("names the newest patch and the day it came out", () => {
  expect(evaluateRule(rule, rabbit("3.11.20"), buildRuleContext())).toMatchObject({
    failures: [
      {
        summary: "RabbitMQ 3.11 runs 3.11.20; 3.11.28 is offered since 2024-03-04.",
        evidence: { newestPatch: "3.11.28", offeredOn: "2024-03-04" },
      },
    ],
  });
});

it("does not send anybody to a patch that AWS took back", () => {
  const outcome = evaluateRule(rule, rabbit("3.10.10"), buildRuleContext({ today: "2023-04-01" }));
  expect(JSON.stringify(outcome)).not.toContain("3.10.17");
});

it("fails from the day of the release note on", () => {
  const broker = buildBroker({ attributes: { engineVersion: "5.16.5" } });
  expect(evaluateRule(rule, broker, buildRuleContext({ today: "2023-10-25" })).kind).toBe("pass");
  expect(evaluateRule(rule, broker, buildRuleContext({ today: "2023-10-26" })).kind).toBe("fail");
});
