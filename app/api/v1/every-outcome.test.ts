import { afterAll, beforeAll, expect, it } from "vitest";
import { brokerPage } from "@/lib/contracts/brokers";
import { brokerRecommendations, recommendationPage } from "@/lib/contracts/recommendations";
import { ruleList } from "@/lib/contracts/rules";
import { RULES } from "@/lib/rules/registry";
import { type ApiHarness, AS_OF, startApiHarness } from "@/lib/testing/api-harness";

let api: ApiHarness;

beforeAll(async () => {
  api = await startApiHarness();
  await api.connect();
  await api.sync(AS_OF, ["cost-usage", "cost-resources", "cloudtrail-events", "health-events", "price-list"]);
});
afterAll(() => api.close());

/** What no broker of a healthy installation has: the description fails, or a person has to act first. */
const ELSEWHERE = [
  // Every description tells of tags, users, groups, actions and configurations, if only by leaving them out.
  ...[
    "configuration-current",
    "console-access-limited",
    "environment-classified",
    "no-default-users",
    "no-pending-action-required",
    "no-pending-changes",
    "owner-assigned",
    "owner-verified",
    "production-highly-available",
    "required-tags-present",
    "security-groups-narrow",
  ].map((rule) => `${rule}: unknown`),
  // A person says that an owner is one.
  "owner-verified: pass",
];

it("of every rule about brokers, as far as the rule has it, is somewhere in the demo organisation", async () => {
  const { items } = ruleList.parse(await api.get("/api/v1/rules"));
  const missing = items.flatMap(({ id, counts }) => {
    const told = {
      pass: counts.pass,
      fail: counts.fail,
      unknown: counts.unknown,
      "not-applicable": counts.notApplicable,
    };
    const examples = RULES.find((rule) => rule.id === id)?.examples ?? [];
    return [...new Set(examples.map(({ expect: kind }) => kind))]
      .filter((kind) => told[kind] === 0)
      .map((kind) => `${id}: ${kind}`);
  });
  expect(missing.sort()).toEqual([...ELSEWHERE].sort());
});

it("recommends something of every kind on both engines that have it, with a near miss of each, somewhere in the demo organisation", async () => {
  const { items } = recommendationPage.parse(await api.get("/api/v1/recommendations?limit=500"));
  const kindsOf = (engine: string) =>
    [...new Set(items.filter((item) => item.engine === engine).map(({ kind }) => kind))].sort();
  const everywhere = ["evaluation-in-production", "ha-in-development", "idle", "oversized"];
  expect(kindsOf("ACTIVEMQ")).toEqual([...everywhere, "wrong-storage"]);
  expect(kindsOf("RABBITMQ")).toEqual(everywhere);
  expect(items.some(({ monthly }) => !monthly.known)).toBe(true);
  const idleOf = async (name: string) => {
    const broker = brokerPage.parse(await api.get(`/api/v1/brokers?filter=name=${name}`)).items[0];
    const answer = brokerRecommendations.parse(await api.get(`/api/v1/brokers/${broker?.id}/recommendations`));
    const idle = answer.outcomes.find(({ kind }) => kind === "idle");
    return [idle?.outcome, idle?.reason];
  };
  expect(await idleOf("invoice-mesh-stg-b")).toEqual(["excluded", expect.stringContaining("network of brokers")]);
  expect(await idleOf("poc-this-week")).toEqual(["excluded", expect.stringContaining("Younger")]);
  expect(await idleOf("dev-linus")).toEqual(["unknown", expect.stringContaining("no data")]);
});
