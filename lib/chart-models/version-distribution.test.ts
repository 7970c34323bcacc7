import { expect, it } from "vitest";
import { versionDistribution } from "@/lib/chart-models/version-distribution";

const line = (engine: string, name: string, brokers: number, status: string) => ({
  engine,
  line: name,
  brokers,
  status,
  endOfSupport: null,
  sentence: "",
});

it("groups lines by engine, the newest first by number and the unplaceable last", () => {
  const { groups, total } = versionDistribution([
    line("RABBITMQ", "3.9", 1, "past-end-of-support"),
    line("ACTIVEMQ", "unknown", 1, "unknown"),
    line("RABBITMQ", "3.13", 4, "supported"),
    line("ACTIVEMQ", "5.18", 2, "supported"),
    line("RABBITMQ", "4.2", 2, "supported"),
  ]);
  expect(total).toBe(10);
  expect(groups.map(({ label, brokers, bars }) => [label, brokers, bars.map((bar) => bar.line)])).toEqual([
    ["ActiveMQ", 3, ["5.18", "unknown"]],
    ["RabbitMQ", 7, ["4.2", "3.13", "3.9"]],
  ]);
  expect(groups[1]?.bars[1]).toMatchObject({ key: "RABBITMQ 3.13", label: "RabbitMQ 3.13", share: 40 });
});

it("counts brokers by status, worst first, with every status in the legend", () => {
  const { statuses } = versionDistribution([
    line("RABBITMQ", "3.9", 1, "past-end-of-support"),
    line("RABBITMQ", "4.2", 2, "supported"),
    line("KAFKAMQ", "1.0", 3, "retired-by-somebody"),
  ]);
  expect(statuses).toEqual([
    { status: "past-end-of-support", brokers: 1 },
    { status: "ending", brokers: 0 },
    { status: "unknown", brokers: 3 },
    { status: "supported", brokers: 2 },
  ]);
});

it("has no shares to divide where there are no brokers", () => {
  expect(versionDistribution([])).toMatchObject({ groups: [], total: 0 });
  expect(versionDistribution([line("ACTIVEMQ", "5.18", 0, "supported")]).groups[0]?.bars[0]?.share).toBe(0);
});
