import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { loadRecording, wireNames } from "@/lib/testing/recordings";
import { payments, sandbox } from "./organisation/accounts";
import { fictionalOrganisation } from "./organisation/fictional-organisation";
import { startSimulator } from "./simulator";
import { accessKeyFor } from "./wire/signature";

/** What the simulator says, laid beside what AWS said when it was recorded. */
const simulator = await startSimulator({
  organisation: fictionalOrganisation({ anchor: "2026-11-20" }),
  asOf: "2026-11-20T12:00:00Z",
  rate: 0,
  throttle: false,
});
afterAll(() => simulator.close());

type Json = Record<string, unknown>;

function object(value: unknown): Json {
  if (typeof value !== "object" || value === null) throw new Error("not an object");
  return Object.fromEntries(Object.entries(value));
}

function first(value: unknown): Json {
  return object(Array.isArray(value) ? value[0] : undefined);
}

async function wire(path: string, account = payments, region = "us-east-1"): Promise<Json> {
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyFor(account, "AKIA")}/20261120/${region}/mq/aws4_request, SignedHeaders=host, Signature=0`;
  return object(await (await fetch(`${simulator.url}${path}`, { headers: { authorization } })).json());
}

/** Recordings that only this test uses. */
function recording(name: string): Json {
  return object(
    wireNames(
      object(JSON.parse(readFileSync(new URL(`../fixtures/recordings/${name}.json`, import.meta.url), "utf8"))).data,
    ),
  );
}

/** Kind of each value, lists by the kind of what they hold: two answers of the same shape give the same text. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > 0 ? [shapeOf(value[0])] : [];
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, shapeOf(entry)]));
  return typeof value;
}

/** Paths at which `actual` lacks something that `recorded` has, or has another kind of value. */
function missing(recorded: unknown, actual: unknown, path = ""): string[] {
  if (Array.isArray(recorded)) {
    if (!Array.isArray(actual)) return [path];
    return recorded.length > 0 && actual.length > 0 ? missing(recorded[0], actual[0], `${path}[]`) : [];
  }
  if (typeof recorded === "object" && recorded !== null) {
    if (typeof actual !== "object" || actual === null) return [path];
    const other = object(actual);
    return Object.entries(recorded).flatMap(([key, entry]) =>
      path.endsWith(".tags") ? [] : missing(entry, other[key], `${path}.${key}`),
    );
  }
  return recorded === actual ? [] : [path];
}

const described = [
  "test_mq_tag_untag_markforop--mq.DescribeBroker_1",
  "test_mq_delete--mq.DescribeBroker_1",
  "test_mq_query--mq.DescribeBroker_1",
];

describe("the shape of answers", () => {
  it.each(described)("DescribeBroker has everything that was recorded in %s, in the same kinds", async (name) => {
    const recorded = shapeOf(wireNames(loadRecording(name)));
    const actual = shapeOf(await wire("/v1/brokers/dev-ada", sandbox, "eu-west-1"));
    expect(missing(recorded, actual)).toEqual([]);
  });

  it("ListBrokers has everything that was recorded", async () => {
    const recorded = first(
      object(wireNames(loadRecording("test_mq_tag_untag_markforop--mq.ListBrokers_1"))).brokerSummaries,
    );
    expect(missing(shapeOf(recorded), shapeOf(first((await wire("/v1/brokers")).brokerSummaries)))).toEqual([]);
  });

  it("ListConfigurations and ListTags have everything that was recorded", async () => {
    const configurations = recording("test_mq_config_tagging--mq.ListConfigurations_1");
    expect(
      missing(
        shapeOf(first(configurations.configurations)),
        shapeOf(first((await wire("/v1/configurations")).configurations)),
      ),
    ).toEqual([]);
    const broker = await wire("/v1/brokers/ledger-events");
    const tags = await wire(`/v1/tags/${encodeURIComponent(String(broker.brokerArn))}`);
    for (const name of ["test_mq_config_tagging--mq.ListTags_1", "test_mq_tag_untag_markforop--mq.ListTags_1"]) {
      expect(Object.values(object(recording(name).tags)).every((value) => typeof value === "string")).toBe(true);
      expect(Object.keys(tags)).toEqual(Object.keys(recording(name)).filter((key) => key !== "responseMetadata"));
    }
  });

  it("writes names, instants and enumerations as recorded", async () => {
    const recorded = object(wireNames(loadRecording("test_mq_tag_untag_markforop--mq.DescribeBroker_1")));
    const broker = await wire("/v1/brokers/dev-ada", sandbox, "eu-west-1");
    expect(broker.engineType).toBe(recorded.engineType);
    expect(broker.deploymentMode).toBe(recorded.deploymentMode);
    const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
    expect(String(broker.created)).toMatch(instant);
    const endpoint = (value: Json) =>
      String(first(value.brokerInstances).consoleURL)
        .replaceAll(String(value.brokerId), "ID")
        .replace(/mq\.[a-z0-9-]+\.(on\.aws|amazonaws\.com)/, "mq.REGION");
    expect(endpoint(broker)).toBe(endpoint(recorded));
    expect(object(broker.logs).generalLogGroup).toBe(`/aws/amazonmq/broker/${broker.brokerId}/general`);
    expect(object(recorded.logs).generalLogGroup).toBe(`/aws/amazonmq/broker/${recorded.brokerId}/general`);
  });
});
