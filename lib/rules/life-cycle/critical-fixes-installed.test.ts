import { describe, expect, it } from "vitest";
import { evaluateRule } from "@/lib/rules/evaluate";
import { criticalFixesInstalled as rule } from "@/lib/rules/life-cycle/critical-fixes-installed";
import { buildBroker } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

const judged = (engine: string, engineVersion: string) =>
  evaluateRule(rule, buildBroker({ attributes: { engine, engineVersion } }), buildRuleContext());
const notes = (engine: string, version: string) => {
  const outcome = judged(engine, version);
  return outcome.kind === "fail" ? outcome.failures.map(({ discriminator }) => discriminator) : outcome.kind;
};

describe("critical-fixes-installed", () => {
  it.each([
    ["ACTIVEMQ", "5.15.15", ["activemq-5.15.16"]],
    ["ACTIVEMQ", "5.15.16", "pass"],
    ["ACTIVEMQ", "5.18.4", "pass"],
    ["RABBITMQ", "3.8.17", ["rabbitmq-3.12.13", "rabbitmq-3.8.22"]],
    ["RABBITMQ", "3.10.17", ["rabbitmq-3.12.13", "rabbitmq-3.10.20"]],
    ["RABBITMQ", "3.12.13", "pass"],
    ["RABBITMQ", "3.13", "pass"],
    ["RABBITMQ", "3.12", "unknown"],
  ])("%s %s: %j", (engine, version, expected) => {
    expect(notes(engine, version)).toEqual(expected);
  });

  it("tells a performance fix from a critical update by severity", () => {
    expect(judged("RABBITMQ", "3.11.28")).toMatchObject({ failures: [{ severity: "medium" }] });
    expect(judged("ACTIVEMQ", "5.16.5")).toMatchObject({ failures: [{ severity: "high" }] });
  });
});
