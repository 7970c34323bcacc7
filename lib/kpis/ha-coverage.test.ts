import { describe, expect, it } from "vitest";
import { DEFAULT_ENVIRONMENT_SETTINGS } from "@/lib/domain/environment";
import { haCoverage } from "@/lib/kpis/ha-coverage";
import { buildFleet, type KpiBrokerOverrides } from "@/lib/testing/build-fleet";

const broker = (
  engine: string,
  deploymentMode: string | null,
  env: string | null,
  more: KpiBrokerOverrides = {},
): KpiBrokerOverrides => {
  const tags: Record<string, string> = env === null ? {} : { env };
  return { ...more, attributes: { engine, deploymentMode, tags } };
};
const compute = (brokers: KpiBrokerOverrides[]) => {
  const [value] = haCoverage.compute(buildFleet(brokers));
  if (!value) throw new Error("no value");
  return value;
};
const counts = (brokers: KpiBrokerOverrides[]) => {
  const { numerator, denominator, unknowns } = compute(brokers);
  return [numerator?.toNumber() ?? null, denominator?.toNumber() ?? null, unknowns];
};

describe("ha-coverage", () => {
  it("counts each engine's own mode, in production only", () => {
    const value = compute([
      broker("ACTIVEMQ", "ACTIVE_STANDBY_MULTI_AZ", "prod"),
      broker("ACTIVEMQ", "SINGLE_INSTANCE", "prod"),
      broker("RABBITMQ", "CLUSTER_MULTI_AZ", "prod"),
      broker("RABBITMQ", "ACTIVE_STANDBY_MULTI_AZ", "prod"),
      broker("RABBITMQ", "SINGLE_INSTANCE", "dev"),
    ]);
    expect(value.value?.toNumber()).toBe(50);
    expect(value.exclusions).toEqual([{ reason: "Not production", count: 1 }]);
    expect(Object.fromEntries(value.parts.map((part) => [part.label, part.value]))).toEqual({
      "ActiveMQ on active/standby": "1",
      "ActiveMQ production brokers": "2",
      "RabbitMQ on a cluster": "1",
      "RabbitMQ production brokers": "2",
      "Unclassified, counted as production": "0",
      "Non-production tag in a production account": "0",
    });
  });

  it("counts unclassified brokers, and such as contradict their account, as production and says how many they are", () => {
    const value = compute([
      broker("ACTIVEMQ", "SINGLE_INSTANCE", null),
      broker("ACTIVEMQ", "SINGLE_INSTANCE", "dev", { accountDefaultEnvironment: "production" }),
    ]);
    expect(value.denominator?.toNumber()).toBe(2);
    expect(value.parts.slice(-2).map((part) => part.value)).toEqual(["1", "1"]);
  });

  it("leaves unclassified brokers out when the setting says so", () => {
    const environmentSettings = { ...DEFAULT_ENVIRONMENT_SETTINGS, unclassifiedAsProduction: false };
    const value = compute([broker("ACTIVEMQ", "SINGLE_INSTANCE", null, { environmentSettings })]);
    expect(value.value).toBeNull();
    expect(value.unavailable).toBe("None of the brokers in scope here is production.");
  });

  it("keeps what it cannot tell in the denominator only", () => {
    const described = broker("RABBITMQ", "CLUSTER_MULTI_AZ", "prod");
    expect(counts([described, broker("KAFKAMQ", "SINGLE_INSTANCE", "prod")])).toEqual([1, 2, 1]);
    expect(counts([described, broker("ACTIVEMQ", null, "prod")])).toEqual([1, 2, 1]);
    const neverDescribed = { ...described, withhold: ["tags", "engineVersion"] as const };
    expect(counts([described, neverDescribed])).toEqual([1, 2, 1]);
  });

  it("takes a replica for a class of its own", () => {
    const replica = { attributes: { state: "REPLICA", deploymentMode: "SINGLE_INSTANCE" } };
    expect(counts([broker("ACTIVEMQ", "ACTIVE_STANDBY_MULTI_AZ", "prod"), replica])).toEqual([1, 1, 0]);
  });
});
