import { expect, it } from "vitest";
import { autoMinorUpgrade } from "@/lib/kpis/auto-minor-upgrade";
import { buildFleet } from "@/lib/testing/build-fleet";

const broker = (engine: string, engineVersion: string | null, autoMinorVersionUpgrade: boolean | null) => ({
  attributes: { engine, engineVersion, autoMinorVersionUpgrade },
});

it("splits what AWS demands from what owners chose", () => {
  const fleet = buildFleet([
    broker("ACTIVEMQ", "5.18.4", true),
    broker("RABBITMQ", "3.13.7", true),
    broker("ACTIVEMQ", "5.17.6", true),
    broker("RABBITMQ", "3.12.13", false),
    broker("RABBITMQ", "3.9.27", false),
    broker("KAFKAMQ", "1.0", true),
    broker("ACTIVEMQ", "5.16.7", null),
  ]);
  const [value] = autoMinorUpgrade.compute(fleet);
  expect(value).toMatchObject({ unknowns: 1, unavailable: null });
  expect([Number(value?.numerator), Number(value?.denominator)]).toEqual([4, 7]);
  expect(value?.parts).toEqual([
    { label: "Mandated by AWS: on", value: "2", unit: "count" },
    { label: "Mandated by AWS: brokers", value: "2", unit: "count" },
    { label: "By choice: on", value: "1", unit: "count" },
    { label: "By choice: brokers", value: "4", unit: "count" },
    { label: "By choice: share", value: "25", unit: "percent" },
    { label: "Mandate unknown: on", value: "1", unit: "count" },
    { label: "Mandate unknown: brokers", value: "1", unit: "count" },
  ]);
});

it("shows no share by choice where nobody had one", () => {
  const [value] = autoMinorUpgrade.compute(buildFleet([broker("ACTIVEMQ", "5.18.4", true)]));
  expect(value?.parts.map(({ label }) => label)).not.toContain("By choice: share");
});
