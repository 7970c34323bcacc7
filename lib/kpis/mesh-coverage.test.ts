import { describe, expect, it } from "vitest";
import { meshCoverage } from "@/lib/kpis/mesh-coverage";
import { buildFleet } from "@/lib/testing/build-fleet";

const joined = { mesh: { joined: true, reason: "Joined to 1 production broker" } };
const alone = { mesh: { joined: false, reason: "Its configuration names no connector to a known broker" } };
const unknown = { mesh: { joined: null, reason: "No connector metric of the last day" } };
const rabbit = { attributes: { engine: "RABBITMQ" } };

describe("mesh-coverage", () => {
  it("asks production ActiveMQ brokers alone, and reports RabbitMQ beside", () => {
    const [value] = meshCoverage.compute(
      buildFleet([joined, alone, unknown, {}, rabbit, { ...joined, attributes: { tags: { environment: "dev" } } }]),
    );
    expect([value?.numerator?.toNumber(), value?.denominator?.toNumber(), value?.unknowns]).toEqual([1, 4, 2]);
    expect(value?.exclusions).toEqual([
      { reason: "Not ActiveMQ", count: 1 },
      { reason: "Not production", count: 1 },
    ]);
    expect(value?.parts.map(({ label, value: text }) => [label, text])).toEqual([
      ["Unknown: Its mesh was not looked at", "1"],
      ["Unknown: No connector metric of the last day", "1"],
      ["RabbitMQ on a cluster", "1"],
      ["RabbitMQ production brokers", "1"],
    ]);
  });

  it("is no 0 % where nothing tells whether anybody is connected, and 0 % where it is known", () => {
    const [untold] = meshCoverage.compute(buildFleet([alone, unknown]));
    expect([untold?.value, untold?.unknowns, untold?.unavailable]).toEqual([
      null,
      1,
      "No broker is known to be connected, and of 1 broker it is not known.",
    ]);
    expect(meshCoverage.compute(buildFleet([alone, alone]))[0]?.value?.toNumber()).toBe(0);
  });

  it("is neither 0 nor 100 where there is no production ActiveMQ broker", () => {
    expect(meshCoverage.compute(buildFleet([rabbit]))[0]?.unavailable).toContain("production ActiveMQ");
  });
});
