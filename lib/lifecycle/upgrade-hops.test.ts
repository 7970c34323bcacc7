import { describe, expect, it } from "vitest";
import { parsePlainDate } from "@/lib/domain/plain-date";
import { nextHops, upgradePath } from "./upgrade-hops";

const today = parsePlainDate("2026-11-21");

function hop(engine: string, version: string, on = today) {
  const [first, ...rest] = nextHops({ engine, version, on });
  expect(rest).toEqual([]);
  return first && `${first.from} -> ${first.to} ${first.way} ${first.targetState}`;
}

describe("nextHops", () => {
  it.each([
    ["RABBITMQ", "3.8.34", "3.8 -> 3.9 in-place past-end-of-support"],
    ["RABBITMQ", "3.9.27", "3.9 -> 3.10 in-place past-end-of-support"],
    ["RABBITMQ", "3.11.28", "3.11 -> 3.12 in-place past-end-of-support"],
    ["RABBITMQ", "3.12.13", "3.12 -> 3.13 in-place supported"],
    ["RABBITMQ", "3.13.7", "3.13 -> 4.2 in-place supported"],
    ["RABBITMQ", "4.2", "4.2 -> 4.3 in-place supported"],
    ["RABBITMQ", "4.3.1", undefined],
    ["ACTIVEMQ", "5.15.16", "5.15 -> 5.18 in-place supported"],
    ["ACTIVEMQ", "5.17.6", "5.17 -> 5.18 in-place supported"],
    ["ACTIVEMQ", "5.18.4", "5.18 -> 5.19 in-place supported"],
    ["ACTIVEMQ", "5.19", undefined],
    ["RABBITMQ", "4.1.0", undefined],
    ["RABBITMQ", "latest", undefined],
    ["ARTEMIS", "2.30", undefined],
  ])("of %s %s: %s", (engine, version, expected) => {
    expect(hop(engine, version)).toBe(expected);
  });

  it.each([
    ["RABBITMQ", "3.13.7", "2025-11-19", undefined],
    ["RABBITMQ", "3.13.7", "2025-11-20", "3.13 -> 4.2 new-broker supported"],
    ["RABBITMQ", "3.13.7", "2026-05-04", "3.13 -> 4.2 new-broker supported"],
    ["RABBITMQ", "3.13.7", "2026-05-05", "3.13 -> 4.2 in-place supported"],
    ["RABBITMQ", "4.2", "2026-09-08", undefined],
    ["RABBITMQ", "4.2", "2026-09-09", "4.2 -> 4.3 in-place supported"],
    ["ACTIVEMQ", "5.18", "2026-02-18", undefined],
    ["ACTIVEMQ", "5.15.16", "2024-11-14", "5.15 -> 5.16 in-place ending"],
    ["ACTIVEMQ", "5.15.16", "2024-11-15", "5.15 -> 5.17 in-place supported"],
  ])("of %s %s on %s, by what was offered then: %s", (engine, version, on, expected) => {
    expect(hop(engine, version, parsePlainDate(on))).toBe(expected);
  });

  it("never offers 4.3 from 3.13", () => {
    expect(nextHops({ engine: "RABBITMQ", version: "3.13", on: today }).map((h) => h.to)).toEqual(["4.2"]);
  });

  it("asks for m7g, attestations and automatic upgrades before 4.2", () => {
    const [to42] = nextHops({
      engine: "RABBITMQ",
      version: "3.13.7",
      instanceType: "mq.m5.large",
      autoMinorVersionUpgrade: true,
      on: today,
    });
    expect(to42?.majorVersion).toBe(true);
    expect(to42?.conditions.map((c) => [c.id, c.kind, c.met])).toEqual([
      ["instance-family", "observed", false],
      ["auto-minor-upgrade", "observed", true],
      ["no-classic-queues", "attestation", null],
      ["khepri-off", "attestation", null],
      ["downtime-accepted", "attestation", null],
      ["clients-compatible", "attestation", null],
    ]);
  });

  it.each([
    ["mq.m7g.large", true],
    ["mq.m5.large", false],
    ["mq.t3.micro", false],
    [null, null],
    ["strange", null],
  ])("judges the instance family of %s as %s", (instanceType, met) => {
    const [to43] = nextHops({ engine: "RABBITMQ", version: "4.2", instanceType, on: today });
    expect(to43?.conditions.find((c) => c.id === "instance-family")?.met).toBe(met);
  });

  it("asks for automatic upgrades only where AWS demands them", () => {
    const ids = (version: string) =>
      nextHops({ engine: "RABBITMQ", version, on: today })[0]?.conditions.map((c) => c.id);
    expect(ids("3.11.28")).toEqual(["clients-compatible"]);
    expect(ids("3.12.13")).toEqual(["auto-minor-upgrade", "clients-compatible"]);
  });
});

describe("upgradePath", () => {
  it("goes through every line of RabbitMQ", () => {
    const path = upgradePath({ engine: "RABBITMQ", version: "3.11.28", toLine: "4.3", on: today });
    expect(path?.map((h) => h.to)).toEqual(["3.12", "3.13", "4.2", "4.3"]);
  });

  it("is empty when the broker is there, and undefined when there is no way", () => {
    expect(upgradePath({ engine: "RABBITMQ", version: "4.3.2", toLine: "4.3", on: today })).toEqual([]);
    expect(upgradePath({ engine: "RABBITMQ", version: "4.2", toLine: "3.13", on: today })).toBeUndefined();
    expect(upgradePath({ engine: "ACTIVEMQ", version: "5.18", toLine: "6.1", on: today })).toBeUndefined();
  });
});
