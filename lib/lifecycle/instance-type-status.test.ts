import { describe, expect, it } from "vitest";
import { addDays, parsePlainDate } from "@/lib/domain/plain-date";
import { instanceTypeStatus } from "./instance-type-status";

const d = parsePlainDate;

describe("instanceTypeStatus of mq.t3.micro for RabbitMQ, which ended on 2026-10-01", () => {
  it.each([
    [-181, "supported"],
    [-180, "ending"],
    [-1, "ending"],
    [0, "past-end-of-support"],
    [51, "past-end-of-support"],
  ])("%i days from the end is %s", (offset, state) => {
    const status = instanceTypeStatus({
      engine: "RABBITMQ",
      instanceType: "mq.t3.micro",
      on: addDays(d("2026-10-01"), offset),
    });
    expect(status).toMatchObject({ state, daysToEnd: 0 - offset, endOfSupport: "2026-10-01", verified: true });
  });

  it("warns that a broker past it may be unreachable and unbilled, and promises no upgrade", () => {
    const { explanation } = instanceTypeStatus({
      engine: "RABBITMQ",
      instanceType: "mq.t3.micro",
      on: d("2026-11-21"),
    });
    expect(explanation).toMatch(/unreachable.*not billed.*no automatic change/);
  });

  it("does not know since when new brokers were refused before the end", () => {
    expect(
      instanceTypeStatus({ engine: "RABBITMQ", instanceType: "mq.t3.micro", on: d("2026-09-30") }).createBlocked,
    ).toBeNull();
    expect(
      instanceTypeStatus({ engine: "RABBITMQ", instanceType: "mq.t3.micro", on: d("2026-10-01") }).createBlocked,
    ).toBe(true);
  });
});

describe("instanceTypeStatus", () => {
  it.each([
    ["2025-03-17", "ending", false],
    ["2025-03-18", "ending", true],
    ["2025-05-11", "ending", true],
    ["2025-05-12", "past-end-of-support", true],
  ])(
    "uses the create-block day of mq.m4.large itself: on %s it is %s, creation blocked: %s",
    (on, state, createBlocked) => {
      expect(instanceTypeStatus({ engine: "ACTIVEMQ", instanceType: "mq.m4.large", on: d(on) })).toMatchObject({
        state,
        createBlocked,
      });
    },
  );

  it("keeps ActiveMQ's mq.t3.micro supported, with no end date as of the day it was checked", () => {
    expect(instanceTypeStatus({ engine: "ACTIVEMQ", instanceType: "MQ.T3.MICRO", on: d("2026-11-21") })).toMatchObject({
      state: "supported",
      createBlocked: false,
      endOfSupport: null,
      noEndDateAsOf: "2026-10-05",
      notKnowableFrom: "2027-01-03",
    });
  });

  it.each([
    ["RABBITMQ", "mq.z9.large", /not in the list/],
    ["ACTIVEMQ", "mq.m7g.large", /not in the list/],
    ["RABBITMQ", null, /never observed/],
    [undefined, "mq.m5.large", /never observed/],
  ])("is unknown for %s %s", (engine, instanceType, explanation) => {
    const status = instanceTypeStatus({ engine, instanceType, on: d("2026-11-21") });
    expect(status).toMatchObject({ state: "unknown", createBlocked: null });
    expect(status.explanation).toMatch(explanation);
  });
});
