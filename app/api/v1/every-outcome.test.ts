import { afterAll, beforeAll, expect, it } from "vitest";
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
