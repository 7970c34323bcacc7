import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TopologyMap, topologyMap } from "@/lib/contracts/topology";
import { type ApiHarness, AS_OF, COSTS_AND_METRICS, startApiHarness } from "@/lib/testing/api-harness";

let api: ApiHarness;
let before: TopologyMap;

beforeAll(async () => {
  api = await startApiHarness();
  before = await read();
  await api.connect();
  await api.sync(AS_OF, COSTS_AND_METRICS);
}, 120_000);
afterAll(() => api.close());

const read = async (query = "") => topologyMap.parse(await api.get(`/api/v1/topology${query}`));

describe("the topology", () => {
  it("is empty before anything was read, and says so", () => {
    expect(before).toMatchObject({
      networks: [],
      brokers: [],
      alone: { items: [] },
      freshness: { everSynced: false },
    });
  });

  it("draws every network of the fleet with its connectors, peers and checks", async () => {
    const map = await read();
    expect(map.networks.length).toBeGreaterThan(3);
    expect(map.drawn).toEqual(map.networks.map(({ id }) => id));
    expect(map.brokers).toHaveLength(map.networks.reduce((sum, { brokers }) => sum + brokers, 0));
    expect(map.connectors).toHaveLength(map.networks.reduce((sum, { connectors }) => sum + connectors, 0));
    expect(map.externalPeers.length).toBeGreaterThan(0);
    const ends = new Set([...map.brokers, ...map.externalPeers].map(({ id }) => id));
    for (const { from, to } of map.connectors) expect([ends.has(from), ends.has(to)]).toEqual([true, true]);
    const failed = map.networks.map((network) => network.failed);
    expect(failed).toEqual([...failed].sort((a, b) => b - a));
    for (const { checks } of map.networks.filter(({ kind }) => kind === "network")) expect(checks).toHaveLength(9);
    expect(map.rabbitmq.brokers).toBeGreaterThan(0);
    expect(map.alone.standalone + map.alone.unknown).toBe(map.alone.items.length);
  });

  it("says of each broker what the findings of the mesh rules say", async () => {
    const { brokers, networks } = await read();
    for (const check of networks.flatMap(({ checks }) => checks).filter(({ ruleId }) => ruleId.startsWith("mesh-"))) {
      const named = brokers.filter(({ defects }) => defects.includes(check.id)).map(({ id }) => id);
      const open = (await api.get(`/api/v1/findings?filter=rule=${check.ruleId}&limit=500`)) as {
        items: { brokerId: string | null; state: string }[];
      };
      expect(open.items.map(({ brokerId }) => brokerId).sort(), check.ruleId).toEqual([...named].sort());
    }
  });

  it("gives one network by any of its brokers, at the same inner distances, and none for a broker outside", async () => {
    const map = await read();
    const [first] = map.networks;
    const members = map.brokers.filter(({ network }) => network === first?.id);
    const one = await read(`?component=${members.at(-1)?.id}`);
    expect(one.chosen).toBe(first?.id);
    expect(one.networks).toHaveLength(map.networks.length);
    expect(one.brokers.map(({ id }) => id)).toEqual(members.map(({ id }) => id));
    expect((await api.call("GET", `/api/v1/topology?component=${map.alone.items[0]?.id}`)).status).toBe(404);
  });

  it("shows networks with a broker that matches whole, and marks the ones that do not", async () => {
    const map = await read();
    const wide = map.networks.find(({ regions }) => regions.length > 1);
    const [region] = wide?.regions ?? [];
    const cut = await read(`?region=${region}`);
    expect(cut.networks.map(({ id }) => id)).toContain(wide?.id);
    const members = cut.brokers.filter(({ network }) => network === wide?.id);
    expect(members).toHaveLength(wide?.brokers ?? 0);
    for (const member of members) expect(member.matches).toBe(member.region === region);
    expect((await read("?region=nowhere-1")).networks).toEqual([]);
  });

  it("answers the same again", async () => {
    const [a, b] = [await read(), await read()];
    expect(b).toEqual(a);
  });

  it("counts a broker of a removed account outside", async () => {
    const map = await read();
    const across = map.networks.find(({ accounts }) => accounts.length > 1);
    if (!across) return;
    const [account] = across.accounts;
    const { db } = await api.ctx();
    await db.execute("UPDATE aws_account SET removed_at = $2 WHERE account_id = $1", account, new Date(AS_OF));
    await db.execute("UPDATE data_version SET version = version + 1 WHERE name = 'fleet'");
    const after = await read();
    expect(after.brokers.every(({ accountId }) => accountId !== account)).toBe(true);
    expect(after.externalPeers.length).toBeGreaterThanOrEqual(map.externalPeers.length);
  });
});
