import { expect, it } from "vitest";
import { evaluateRule } from "@/lib/rules/evaluate";
import { environmentClassified as rule } from "@/lib/rules/ownership/environment-classified";
import { buildBroker } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

const context = buildRuleContext();

it("takes a non-production tag in a production account for a finding of medium severity", () => {
  const broker = buildBroker({ attributes: { tags: { env: "dev" } }, accountDefaultEnvironment: "production" });
  expect(evaluateRule(rule, broker, context)).toMatchObject({
    kind: "fail",
    failures: [
      {
        severity: "medium",
        summary: "Tagged development (env=dev) in an account whose default is production; it counts as production.",
        evidence: { conflictWithAccountDefault: true },
      },
    ],
  });
});

it("has nothing against a production tag in a development account", () => {
  const broker = buildBroker({ attributes: { tags: { env: "prod" } }, accountDefaultEnvironment: "development" });
  expect(evaluateRule(rule, broker, context).kind).toBe("pass");
});

it("names the tag whose value is in no map", () => {
  const broker = buildBroker({ attributes: { tags: { environment: "blue" } } });
  expect(evaluateRule(rule, broker, context)).toMatchObject({
    kind: "fail",
    failures: [{ summary: 'The tag environment says "blue", which is no known environment.' }],
  });
});
