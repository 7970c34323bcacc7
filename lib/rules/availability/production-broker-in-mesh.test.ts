import { expect, it } from "vitest";
import { productionBrokerInMesh as rule } from "@/lib/rules/availability/production-broker-in-mesh";
import { evaluateRule } from "@/lib/rules/evaluate";
import { buildBroker, exemplaryFacts } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

const { mesh } = exemplaryFacts("ACTIVEMQ");

it("does not need to know the zones of a network that is not connected at all", () => {
  const broker = buildBroker({ facts: { mesh: { ...mesh, connectedLastDay: false, productionZoneIds: null } } });
  expect(evaluateRule(rule, broker, buildRuleContext())).toMatchObject({
    kind: "fail",
    failures: [{ summary: "None of its connectors was seen connected in the last day." }],
  });
});

it("counts an unclassified broker as production", () => {
  const facts = { mesh: { ...mesh, standing: "standalone" as const, peers: [] } };
  expect(evaluateRule(rule, buildBroker({ attributes: { tags: {} }, facts }), buildRuleContext()).kind).toBe("fail");
});
