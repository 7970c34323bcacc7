import { expect, it } from "vitest";
import { evaluateRule } from "@/lib/rules/evaluate";
import { configurationCurrent as rule } from "@/lib/rules/operations/configuration-current";
import { buildBroker } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

it("says that the newer revision waits already", () => {
  const configuration = { current: { id: "c-1", revision: 3 }, pending: { id: "c-1", revision: 4 }, history: [] };
  const broker = buildBroker({
    attributes: { configuration },
    facts: { latestRevision: { revision: 4, basis: "seen" } },
  });
  expect(evaluateRule(rule, broker, buildRuleContext())).toMatchObject({
    failures: [{ summary: "Runs c-1 revision 3; revision 4 exists. It waits to be applied." }],
  });
});
