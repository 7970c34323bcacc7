import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { brokerPage } from "@/lib/contracts/brokers";
import { findingPage } from "@/lib/contracts/findings";
import { mergeResult, ownerList, ownerScorecard, ownershipList } from "@/lib/contracts/owners";
import { evaluateFleet } from "@/lib/services/evaluate-fleet";
import { type ApiHarness, startApiHarness } from "@/lib/testing/api-harness";
import { buildPersonActor } from "@/lib/testing/build-actor";

const BROKERS = ["checkout-orders", "route-planner", "wms-core", "pallet-events", "dev-linus", "tmp"];
const FINOPS = buildPersonActor({ role: "finops" });

let api: ApiHarness;
let unowned: string;
let ambiguous: string;

beforeAll(async () => {
  api = await startApiHarness({ brokers: BROKERS });
  await api.connect();
  expect(await api.sync("2026-11-19T06:00:00Z", ["metrics", "cost-resources"])).toBe("complete");
  const { items } = brokerPage.parse(await api.get("/api/v1/brokers?limit=100"));
  const idOf = (name: string) => items.find((item) => item.name === name)?.id ?? "";
  unowned = idOf("dev-linus");
  ambiguous = idOf("wms-core");
  api.simulator.control("POST", "/mutate", { broker: unowned, set: { tags: { owner: "tbd", env: "dev" } } });
  api.simulator.control("POST", "/mutate", {
    broker: ambiguous,
    set: { tags: { team: "warehouse", contact: "Fulfilment", env: "prod" } },
  });
  expect(await api.sync("2026-11-20T06:00:00Z", ["metrics", "cost-resources"])).toBe("complete");
}, 120_000);
afterAll(() => api.close());

const owners = async () => ownerList.parse(await api.get("/api/v1/owners"));
const ownerNamed = async (key: string) => (await owners()).items.find((owner) => owner.key === key);
const kind = async (name: string) => ownershipList.parse(await api.get(`/api/v1/owners/brokers?kind=${name}`));
const card = async (id: string | number) => ownerScorecard.parse(await api.get(`/api/v1/owners/${id}`));
const assign = (body: object) => api.call("POST", "/api/v1/owners/assignments", { body });
const evaluate = async () => evaluateFleet({ ctx: await api.ctx(), input: { reason: "test" } });
const audit = async (action: string) =>
  (await api.ctx()).db.rows<{ actor: string; personId: string; before: unknown; after: unknown }>(
    `SELECT actor, person_id AS "personId", before, after FROM audit_event WHERE action = $1 ORDER BY id`,
    action,
  );
const queued = async () =>
  (
    await (
      await api.ctx()
    ).db.rows<{ n: number }>(`SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE task_identifier = 'evaluate'`)
  )[0]?.n;

describe("the list of owners", () => {
  it("has the figures that the lists it leads to have", async () => {
    const { items } = await owners();
    expect(items.length).toBeGreaterThan(2);
    for (const owner of items) {
      const cut = `owner=${encodeURIComponent(owner.key)}`;
      const brokers = brokerPage.parse(await api.get(`/api/v1/brokers?${cut}&filter=presence!=gone`));
      const findings = findingPage.parse(await api.get(`/api/v1/findings?${cut}`));
      const overdue = findingPage.parse(await api.get(`/api/v1/findings?${cut}&filter=overdue=true`));
      expect([owner.brokers, owner.findings.total, owner.findings.overdue], owner.key).toEqual([
        brokers.total,
        findings.total,
        overdue.total,
      ]);
      const { critical, high, medium, low, total } = owner.findings;
      expect(critical + high + medium + low).toBe(total);
      expect(owner.verified).toBe(false);
    }
    const cost = items.flatMap(({ monthlyCost }) => monthlyCost);
    expect(cost.length).toBeGreaterThan(0);
  });

  it("counts brokers without an owner, and those whose tags disagree", async () => {
    const { brokers } = await owners();
    const none = await kind("none");
    expect(none.items.map(({ id }) => id)).toContain(unowned);
    expect(brokers.none).toBe(none.total);
    const [item, ...others] = (await kind("ambiguous")).items;
    expect(others).toEqual([]);
    expect(item).toMatchObject({
      id: ambiguous,
      owner: { key: "warehouse", source: "tag" },
      tags: [
        { key: "team", value: "warehouse", ownerKey: "warehouse" },
        { key: "contact", value: "Fulfilment", ownerKey: "fulfilment" },
      ],
    });
    expect(none.items.find(({ id }) => id === unowned)?.tags).toEqual([
      { key: "owner", value: "tbd", ownerKey: null, owner: null },
    ]);
  });
});

describe("an assignment", () => {
  it("counts at once, moves findings by the evaluation that follows, and restarts no clock", async () => {
    const before = findingPage.parse(await api.get(`/api/v1/findings?filter=brokerId=${unowned}&limit=500`)).items;
    api.actAs(FINOPS);
    const answer = await assign({ brokerIds: [unowned], owner: { displayName: "Platform Care" }, reason: "took over" });
    api.actAs(null);
    expect([answer.status, answer.json()]).toMatchObject([201, { assigned: 1, owner: { key: "platform care" } }]);
    expect(await queued()).toBe(1);
    const [item] = (await kind("assigned")).items;
    expect(item).toMatchObject({
      id: unowned,
      owner: { displayName: "Platform Care", source: "assignment" },
      assignment: { by: FINOPS.name, reason: "took over" },
      tags: [{ value: "tbd" }],
    });
    await evaluate();
    const { items } = brokerPage.parse(await api.get("/api/v1/brokers?owner=platform%20care"));
    expect(items.map(({ id, owner }) => [id, owner?.source])).toEqual([[unowned, "assignment"]]);
    const after = findingPage.parse(await api.get(`/api/v1/findings?filter=brokerId=${unowned}&limit=500`)).items;
    // The owner is there now, though nobody verified it: those two findings change; every other keeps its start and its due day.
    for (const finding of after.filter(({ ruleId }) => !ruleId.startsWith("owner-"))) {
      const same = before.find(({ id }) => id === finding.id);
      expect([finding.openedAt, finding.dueOn], finding.ruleId).toEqual([same?.openedAt, same?.dueOn]);
      expect(finding.owner?.key).toBe("platform care");
    }
    expect(after.length).toBeGreaterThan(1);
    expect(after.map(({ ruleId }) => ruleId)).not.toContain("owner-assigned");
    expect(await audit("broker.assign-owner")).toMatchObject([
      {
        actor: FINOPS.name,
        personId: FINOPS.id,
        before: { assignedOwner: null },
        after: { assignedOwner: "platform care", reason: "took over" },
      },
    ]);
  });

  it("settles tags that disagree, and is taken back", async () => {
    expect((await assign({ brokerIds: [ambiguous], owner: { key: "no such team" } })).status).toBe(400);
    const made = await assign({ brokerIds: [ambiguous, ambiguous], owner: { displayName: "Fulfilment" } });
    expect([made.status, made.json()]).toMatchObject([201, { assigned: 1 }]);
    expect((await kind("ambiguous")).total).toBe(0);
    expect((await assign({ brokerIds: [ambiguous], owner: { key: "fulfilment" } })).json()).toMatchObject({
      assigned: 0,
    });
    const address = `/api/v1/owners/assignments/${ambiguous}`;
    expect((await api.call("DELETE", address)).status).toBe(200);
    expect((await api.call("DELETE", address)).status).toBe(409);
    expect((await kind("ambiguous")).total).toBe(1);
    const rows = await (await api.ctx()).db.rows(
      `SELECT ended_at IS NOT NULL AS ended, ended_by IS NOT NULL AS by FROM owner_assignment WHERE broker_arn LIKE '%' || $1`,
      ambiguous,
    );
    expect(rows).toEqual([{ ended: true, by: true }]);
  });

  it.each([
    ["a broker that there is not", { brokerIds: ["b-nothing"], owner: { key: "warehouse" } }],
    ["no broker", { brokerIds: [], owner: { key: "warehouse" } }],
    ["a name that names nobody", { brokerIds: ["tmp"], owner: { displayName: "n/a" } }],
    ["no name", { brokerIds: ["tmp"], owner: { displayName: " " } }],
  ])("is refused for %s", async (_, body) => {
    expect((await assign(body)).status).toBe(400);
  });
});

describe("an owner entity", () => {
  it("is made once, changed, verified, and audited with what it was", async () => {
    const body = { displayName: "Search", email: "search@example.com", verified: true };
    const made = await api.call("POST", "/api/v1/owners", { body });
    expect(made.status, made.text).toBe(201);
    expect((await api.call("POST", "/api/v1/owners", { body: { displayName: " SEARCH " } })).status).toBe(409);
    expect(await ownerNamed("search")).toMatchObject({ verified: true, contactable: true, brokers: 0 });
    const { owner } = await card("search");
    const patch = (change: object) => api.call("PATCH", `/api/v1/owners/${owner.id}`, { body: change });
    expect((await patch({ email: "", chatHandle: "#search", aliases: ["Find", "find", "search"] })).status).toBe(200);
    expect((await card(owner.id)).owner).toMatchObject({
      email: null,
      chatHandle: "#search",
      aliases: [{ name: "Find", merged: false }],
    });
    expect((await patch({ displayName: "Search & Find" })).status).toBe(200);
    expect((await card("search")).owner).toMatchObject({
      key: "search",
      displayName: "Search & Find",
      aliases: [{ name: "Find" }, { name: "Search & Find" }],
    });
    expect((await patch({ displayName: "Warehouse" })).status).toBe(409);
    expect((await patch({ aliases: ["warehouse"] })).json()).toMatchObject({
      status: 409,
      detail: expect.stringContaining("merge that one"),
    });
    expect((await patch({ email: "nobody" })).status).toBe(400);
    const events = await audit("owner.change");
    expect(events[0]).toMatchObject({ before: { email: "search@example.com" }, after: { chatHandle: "#search" } });
    expect((await patch({ chatHandle: "#search" })).status).toBe(200);
    expect(await audit("owner.change"), "what changes nothing is no change").toHaveLength(events.length);
  });

  it("has a scorecard whose parts add up", async () => {
    const { items } = await owners();
    // One made a moment ago has no cost of its own yet: costs belong to the owner of their day.
    const worst = items
      .filter(({ key }) => key !== "platform care")
      .sort((a, b) => b.findings.total - a.findings.total)[0];
    const scorecard = await card(encodeURIComponent(worst?.key ?? ""));
    expect(scorecard.owner).toMatchObject({ id: worst?.id, findings: worst?.findings });
    for (const { severity, total, ages } of scorecard.findings) {
      expect(
        ages.reduce((sum, count) => sum + count, 0),
        severity,
      ).toBe(total);
      expect(total).toBe(worst?.findings[severity]);
    }
    expect(scorecard.due.map(({ dueOn }) => dueOn)).toEqual(scorecard.due.map(({ dueOn }) => dueOn).sort());
    expect(scorecard.costs[0]?.months.length).toBeGreaterThan(0);
    expect((await api.call("GET", "/api/v1/owners/nobody-at-all")).status).toBe(404);
  });

  it("tells who belongs to it to those alone who may see people", async () => {
    expect((await card("warehouse")).people).toEqual([]);
    api.actAs(buildPersonActor({ role: "viewer" }));
    expect(await card("warehouse")).toMatchObject({ people: null, may: { write: false, contact: false } });
    api.actAs(null);
  });
});

describe("merging an owner", () => {
  it("previews, moves what belongs to it, and leaves the past where it was", async () => {
    const [from, into] = [await ownerNamed("platform care"), await ownerNamed("warehouse")];
    const address = `/api/v1/owners/${into?.id}/merge`;
    const merge = (preview: boolean) => api.call("POST", address, { body: { from: from?.id, preview } });
    const { db } = await api.ctx();
    await db.execute(
      `INSERT INTO person (id, name, email, role, created_at, updated_at) VALUES ('p-1', 'Ada', 'ada@example.com', 'owner', now(), now())`,
    );
    await db.execute(`INSERT INTO person_owner (person_id, owner_id) VALUES ('p-1', $1)`, from?.id);
    const openedWith = () =>
      db.rows(
        `SELECT id, owner_id_at_open, opened_at FROM finding_episode WHERE owner_id_at_open = $1 ORDER BY id`,
        from?.id,
      );
    const past = await openedWith();

    const preview = mergeResult.parse((await merge(true)).json());
    expect(preview).toMatchObject({ names: ["platform care"], brokers: 1, assignments: 1, people: 1, done: false });
    expect(preview.openFindings).toBeGreaterThan(0);
    expect(await ownerNamed("platform care")).toBeDefined();
    expect(await audit("owner.merge")).toEqual([]);

    expect(mergeResult.parse((await merge(false)).json())).toEqual({ ...preview, done: true });
    expect(await ownerNamed("platform care")).toBeUndefined();
    expect((await card(from?.id ?? 0)).mergedInto).toMatchObject({ id: into?.id });
    const { owner, people } = await card("warehouse");
    expect([owner.aliases, people?.map(({ email }) => email)]).toEqual([
      [{ name: "platform care", merged: true }],
      ["ada@example.com"],
    ]);
    await evaluate();
    const { items } = brokerPage.parse(await api.get(`/api/v1/brokers?owner=warehouse`));
    expect(items.map(({ id }) => id).sort()).toEqual([unowned, ambiguous].sort());
    expect(await openedWith()).toEqual(past);
    expect((await merge(false)).status).toBe(409);
    expect(await audit("owner.merge")).toMatchObject([{ after: { people: ["ada@example.com"] } }]);
  });

  it("makes tags of its name lead to the other, until the alias is taken away", async () => {
    api.simulator.control("POST", "/mutate", { broker: unowned, set: { tags: { owner: "Platform  Care" } } });
    expect((await api.call("DELETE", `/api/v1/owners/assignments/${unowned}`)).status).toBe(200);
    await api.sync("2026-11-20T12:00:00Z", ["cost-usage", "metrics", "cost-resources"]);
    const ownerOf = async () =>
      brokerPage.parse(await api.get("/api/v1/brokers?limit=100")).items.find(({ id }) => id === unowned)?.owner;
    expect(await ownerOf()).toMatchObject({ key: "warehouse", source: "tag" });
    const { owner } = await card("warehouse");
    expect((await api.call("PATCH", `/api/v1/owners/${owner.id}`, { body: { aliases: [] } })).status).toBe(200);
    await evaluate();
    expect(await ownerOf()).toMatchObject({ key: "platform care", source: "tag" });
  });

  it("is refused for an owner and itself, and for one that there is not", async () => {
    const into = await ownerNamed("warehouse");
    const merge = (from: number) => api.call("POST", `/api/v1/owners/${into?.id}/merge`, { body: { from } });
    expect((await merge(into?.id ?? 0)).status).toBe(400);
    expect((await merge(999_999)).status).toBe(404);
  });
});
