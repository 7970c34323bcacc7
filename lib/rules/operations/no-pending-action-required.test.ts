import { describe, expect, it } from "vitest";
import { evaluateRule, observedHash } from "@/lib/rules/evaluate";
import { noPendingActionRequired as rule } from "@/lib/rules/operations/no-pending-action-required";
import { buildBroker } from "@/lib/testing/build-broker";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

const context = buildRuleContext();
const withCodes = (state: string, ...codes: string[]) =>
  buildBroker({
    attributes: { engine: "RABBITMQ", state, actionsRequired: codes.map((code) => ({ code, info: null })) },
  });

describe("no-pending-action-required", () => {
  it("has one failure per code, with AWS's own remedy", () => {
    const broker = withCodes(
      "RUNNING",
      "RABBITMQ_DISK_ALARM",
      "RABBITMQ_DISK_USAGE_TOO_HIGH_FOR_CHANGE",
      "RABBITMQ_DISK_ALARM",
    );
    expect(evaluateRule(rule, broker, context)).toMatchObject({
      kind: "fail",
      failures: [
        {
          discriminator: "RABBITMQ_DISK_ALARM",
          severity: "critical",
          evidence: { remedy: expect.stringContaining("Consume messages") },
        },
        { discriminator: "RABBITMQ_DISK_USAGE_TOO_HIGH_FOR_CHANGE", severity: "high" },
      ],
    });
  });

  it("keeps what AWS says about a code that nobody knows yet", () => {
    const actionsRequired = [{ code: "BROKER_ON_FIRE", info: "see ticket 7" }];
    expect(evaluateRule(rule, buildBroker({ attributes: { actionsRequired } }), context)).toMatchObject({
      failures: [
        { summary: expect.stringContaining("AWS adds: see ticket 7."), severity: "high", evidence: { remedy: null } },
      ],
    });
  });

  it("finds the remedy of a code that AWS writes without its prefix", () => {
    expect(evaluateRule(rule, withCodes("RUNNING", "INVALID_KMS_KEY"), context)).toMatchObject({
      failures: [
        { discriminator: "INVALID_KMS_KEY", evidence: { remedy: expect.stringContaining("Re-enable the key") } },
      ],
    });
  });

  it("fails a broker that AWS calls critical without naming a code", () => {
    expect(evaluateRule(rule, withCodes("CRITICAL_ACTION_REQUIRED"), context)).toMatchObject({
      failures: [{ discriminator: "CRITICAL_ACTION_REQUIRED", severity: "critical" }],
    });
  });

  it("does not see a fix of the nameless failure in AWS naming a code at last", () => {
    const nameless = withCodes("CRITICAL_ACTION_REQUIRED");
    const named = withCodes("CRITICAL_ACTION_REQUIRED", "RABBITMQ_MEMORY_ALARM");
    const fixed = withCodes("RUNNING");
    const hash = (broker: typeof nameless) => observedHash(rule, broker, "CRITICAL_ACTION_REQUIRED");
    expect(hash(named)).toBe(hash(nameless));
    expect(hash(fixed)).not.toBe(hash(nameless));
  });

  it("sees a fix of one code apart from the others", () => {
    const both = withCodes("RUNNING", "RABBITMQ_MEMORY_ALARM", "RABBITMQ_DISK_ALARM");
    const one = withCodes("RUNNING", "RABBITMQ_DISK_ALARM");
    expect(observedHash(rule, one, "RABBITMQ_MEMORY_ALARM")).not.toBe(
      observedHash(rule, both, "RABBITMQ_MEMORY_ALARM"),
    );
    expect(observedHash(rule, one, "RABBITMQ_DISK_ALARM")).toBe(observedHash(rule, both, "RABBITMQ_DISK_ALARM"));
  });
});
