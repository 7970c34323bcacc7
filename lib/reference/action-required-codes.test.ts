import { describe, expect, it } from "vitest";
import { ACTION_REQUIRED_CODES, findActionRequiredCode } from "./action-required-codes";
import data from "./data/action-required-codes.json";

describe("action-required codes", () => {
  it("are all there, each with remedy, source and verified flag", () => {
    expect(ACTION_REQUIRED_CODES).toHaveLength(data.records.length);
    expect(ACTION_REQUIRED_CODES).toHaveLength(15);
    for (const row of ACTION_REQUIRED_CODES) {
      expect(row.remediation.length, row.code).toBeGreaterThan(10);
      expect(row.source).not.toBe("");
      expect(row.verified).toBe(data.records.find((record) => record.code === row.code)?.verified);
    }
  });

  it("are found whatever the case, and an unknown one is unknown", () => {
    expect(findActionRequiredCode("broker_oom")).toMatchObject({ engine: "ACTIVEMQ" });
    expect(findActionRequiredCode("RABBITMQ_INSTANCE_TYPE_END_OF_SUPPORT")?.effect).toContain("unreachable");
    expect(findActionRequiredCode("RABBITMQ_SOMETHING_NEW")).toBeUndefined();
  });

  it("know both names of the disk code", () => {
    expect(findActionRequiredCode("RABBITMQ_CLUSTER_DISK_USAGE_TOO_HIGH_FOR_INSTANCE_CHANGE")).toBeDefined();
    expect(findActionRequiredCode("RABBITMQ_DISK_USAGE_TOO_HIGH_FOR_CHANGE")).toBeDefined();
  });
});
