import { describe, expect, it } from "vitest";
import { DEFAULT_ENVIRONMENT_SETTINGS } from "@/lib/domain/environment";
import { productionHighlyAvailable as rule } from "@/lib/rules/availability/production-highly-available";
import { evaluateRule, observedHash, policyHash } from "@/lib/rules/evaluate";
import { buildBroker } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

const context = buildRuleContext();
const single = { deploymentMode: "SINGLE_INSTANCE" } as const;

describe("production-highly-available", () => {
  it("counts an unclassified broker as production and says so in the evidence", () => {
    const outcome = evaluateRule(rule, buildBroker({ attributes: { ...single, tags: {} } }), context);
    expect(outcome).toMatchObject({
      kind: "fail",
      failures: [
        {
          discriminator: "",
          summary:
            "ActiveMQ broker in deployment mode SINGLE_INSTANCE (nothing says what the broker is for, so it counts as production).",
          evidence: { environment: "unclassified", unclassified: true, requiredMode: "ACTIVE_STANDBY_MULTI_AZ" },
        },
      ],
    });
  });

  it("lets unclassified brokers be when the setting says so", () => {
    const environmentSettings = { ...DEFAULT_ENVIRONMENT_SETTINGS, unclassifiedAsProduction: false };
    const broker = buildBroker({ attributes: { ...single, tags: {} }, environmentSettings });
    expect(evaluateRule(rule, broker, context)).toEqual({
      kind: "not-applicable",
      reason: "The broker is not production, but unclassified.",
    });
  });

  it("is not appeased by an ActiveMQ mode on a RabbitMQ broker", () => {
    const broker = buildBroker({ attributes: { engine: "RABBITMQ", deploymentMode: "ACTIVE_STANDBY_MULTI_AZ" } });
    expect(evaluateRule(rule, broker, context)).toMatchObject({
      kind: "fail",
      failures: [{ evidence: { requiredMode: "CLUSTER_MULTI_AZ" } }],
    });
  });

  it("sees a changed environment tag as changed policy, not as a changed observation of what it judges", () => {
    const production = buildBroker({ attributes: { ...single, tags: { env: "prod" } } });
    const development = buildBroker({ attributes: { ...single, tags: { env: "dev" } } });
    expect(observedHash(rule, development)).toBe(observedHash(rule, production));
    expect(policyHash(rule, development, context)).not.toBe(policyHash(rule, production, context));
  });

  it("asks for a replacement, for the mode of a broker cannot be changed", () => {
    expect(rule.remediation).toContain("Create a replacement");
  });
});
