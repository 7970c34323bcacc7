import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { brokerPage } from "@/lib/contracts/brokers";
import { ENDPOINTS, type Endpoint, type EndpointName } from "@/lib/contracts/endpoints";
import { bulkResult, findingPage } from "@/lib/contracts/findings";
import { ownerList } from "@/lib/contracts/owners";
import { isLimitedToOwn, permissionsOf } from "@/lib/contracts/permissions";
import { planDetail } from "@/lib/contracts/plans";
import { recommendationPage } from "@/lib/contracts/recommendations";
import { registerView } from "@/lib/contracts/register";
import { type ApiHarness, COSTS_AND_METRICS, startApiHarness } from "@/lib/testing/api-harness";
import { buildPersonActor } from "@/lib/testing/build-actor";
import type { Answer } from "@/lib/testing/call-route";

const BROKERS = ["checkout-orders", "route-planner", "wms-core", "pallet-events", "dev-linus", "dev-ha-please"];
const START = "2026-11-18T06:00:00Z";

/** Somebody else's broker, the findings and entries of the register about it, and a broker and an application of one's own. */
interface Theirs {
  broker: string;
  ownBroker: string;
  finding: number;
  owner: number;
  ownerKey: string;
  incident: number;
  drill: number;
  application: number;
  candidate: string;
  plan: number;
  step: number;
  campaign: number;
  recommendation: number;
}

interface Attempt {
  params?: Record<string, string>;
  search?: string;
  body?: unknown;
}

const ACKNOWLEDGE = { assignee: "Mine", note: "taken over", targetOn: "2026-12-20" };
const incident = (brokerIds: readonly string[], applicationIds: readonly number[] = []) => ({
  title: "Queue stood still",
  startedAt: "2026-11-10T10:00:00Z",
  endedAt: "2026-11-10T11:00:00Z",
  cause: "broker-failure",
  planned: false,
  note: "",
  brokerIds,
  applicationIds,
});
const drill = (brokerIds: readonly string[]) => ({
  brokerIds,
  plannedOn: "2026-12-01",
  startedAt: null,
  recoveredAt: null,
  successful: null,
  problems: "",
});
const application = (name: string, brokerIds: readonly string[]) => ({
  name,
  ownerName: null,
  brokerIds,
  slaTarget: null,
  outageCostPerHour: null,
  outageCostCurrency: null,
  failoverAttested: false,
});
const CAMPAIGN = { name: "Mine", deadline: "2027-03-01" };
const bulk = (act: object) => ({ act, preview: false });

/** What each endpoint that the role `owner` has for his own brokers alone is asked to do with somebody else's. */
const ATTEMPTS: Partial<Record<EndpointName, (theirs: Theirs) => readonly Attempt[]>> = {
  acknowledgeFinding: ({ finding }) => [{ params: { id: String(finding) }, body: ACKNOWLEDGE }],
  claimFindingFixed: ({ finding }) => [{ params: { id: String(finding) }, body: { note: "" } }],
  requestAcceptance: ({ finding }) => [
    { params: { id: String(finding) }, body: { kind: "accepted", reason: "none", expiresOn: "2026-12-01" } },
    { params: { id: String(finding) }, body: { kind: "false-positive", reason: "none" } },
  ],
  withdrawRequest: ({ finding }) => [{ params: { id: String(finding) }, body: { note: "" } }],
  commentOnFinding: ({ finding }) => [{ params: { id: String(finding) }, body: { text: "hello" } }],
  confirmReplacement: ({ finding, ownBroker }) => [
    { params: { id: String(finding) }, body: { brokerId: ownBroker, note: "" } },
  ],
  withdrawReplacement: ({ finding }) => [{ params: { id: String(finding) } }],
  acknowledgeFindings: ({ finding }) => [{ body: { ...bulk(ACKNOWLEDGE), ids: [finding] } }],
  claimFindingsFixed: ({ finding }) => [{ body: { ...bulk({ note: "" }), ids: [finding] } }],
  requestAcceptances: ({ finding }) => [
    { body: { ...bulk({ kind: "accepted", reason: "none", expiresOn: "2026-12-01" }), ids: [finding] } },
  ],
  issueReport: ({ ownerKey }) => [
    { body: { quarter: "2026-Q4", scope: "owner", key: ownerKey } },
    { body: { quarter: "2026-Q4", scope: "all" } },
  ],
  recordIncident: ({ broker, ownBroker, application: id }) => [
    { body: incident([broker]) },
    { body: incident([ownBroker, broker]) },
    { body: incident([ownBroker], [id]) },
  ],
  changeIncident: ({ incident: id, ownBroker }) => [{ params: { id: String(id) }, body: incident([ownBroker]) }],
  removeIncident: ({ incident: id }) => [{ params: { id: String(id) } }],
  recordDrill: ({ broker, ownBroker }) => [{ body: drill([broker]) }, { body: drill([ownBroker, broker]) }],
  changeDrill: ({ drill: id, ownBroker }) => [{ params: { id: String(id) }, body: drill([ownBroker]) }],
  removeDrill: ({ drill: id }) => [{ params: { id: String(id) } }],
  recordApplication: ({ broker, ownBroker }) => [
    { body: application("Theirs", [broker]) },
    { body: application("Both", [ownBroker, broker]) },
  ],
  changeApplication: ({ application: id, ownBroker }) => [
    { params: { id: String(id) }, body: application("Checkout", [ownBroker]) },
  ],
  removeApplication: ({ application: id }) => [{ params: { id: String(id) } }],
  changeOwner: ({ owner }) => [
    { params: { id: String(owner) }, body: { email: "mine@example.com" } },
    { params: { id: String(owner) }, body: { verified: true } },
  ],
  reviewCandidate: ({ candidate, ownBroker }) => [
    { params: { id: candidate }, body: { decision: "dismissed", note: "nothing" } },
    { params: { id: candidate }, body: { decision: "confirmed", incident: incident([ownBroker]) } },
  ],
  previewPlan: ({ broker }) => [{ body: { brokerId: broker } }],
  createPlan: ({ broker, finding }) => [
    { body: { brokerId: broker } },
    { body: { brokerId: broker, findingIds: [finding] } },
  ],
  previewCampaign: ({ finding, broker }) => [
    { body: { ids: [finding] } },
    { search: `filter=brokerId=${broker}`, body: {} },
  ],
  createCampaign: ({ finding, broker }) => [
    { body: { ...CAMPAIGN, ids: [finding] } },
    { search: `filter=brokerId=${broker}`, body: { ...CAMPAIGN, takePlans: true } },
  ],
  dismissRecommendation: ({ recommendation: id }) => [
    { params: { id: String(id) }, body: { reason: "mine", until: "2026-12-01" } },
  ],
  cancelCampaign: ({ campaign }) => [
    { params: { id: String(campaign) }, body: { reason: "mine" } },
    { params: { id: String(campaign) }, body: { reason: "mine", plans: "cancel" } },
  ],
  changePlan: ({ plan }) => [{ params: { id: String(plan) }, body: { title: "Mine" } }],
  cancelPlan: ({ plan }) => [{ params: { id: String(plan) }, body: { reason: "mine" } }],
  changePlanFindings: ({ plan, finding }) => [{ params: { id: String(plan) }, body: { unlink: [finding] } }],
  addPlanStep: ({ plan }) => [{ params: { id: String(plan) }, body: { title: "Mine" } }],
  changePlanStep: ({ plan, step }) => [
    { params: { id: String(plan), stepId: String(step) }, body: { assignee: "me" } },
  ],
  attestPlanStep: ({ plan, step }) => [{ params: { id: String(plan), stepId: String(step) }, body: { note: "done" } }],
  skipPlanStep: ({ plan, step }) => [{ params: { id: String(plan), stepId: String(step) }, body: { reason: "no" } }],
  reopenPlanStep: ({ plan, step }) => [{ params: { id: String(plan), stepId: String(step) }, body: { reason: "no" } }],
};

/** Endpoints that change something, which the role has, and that concern no broker. */
const OF_NO_BROKER: readonly EndpointName[] = ["startSync"];
/** Endpoints that leave out what is not one's own and say so, instead of refusing all. */
const BULK: readonly string[] = ["acknowledgeFindings", "claimFindingsFixed", "requestAcceptances"];

let api: ApiHarness;
let theirs: Theirs;
let owns: number;

beforeAll(async () => {
  api = await startApiHarness({ brokers: BROKERS });
  await api.connect();
  await api.sync(START, COSTS_AND_METRICS);
  const { items } = brokerPage.parse(await api.get("/api/v1/brokers?limit=100"));
  const [mine, other] = ["route-planner", "checkout-orders"].map((name) => items.find((item) => item.name === name));
  if (!mine?.owner || !other?.owner || mine.owner.key === other.owner.key) throw new Error("two owners are needed");
  api.simulator.control("POST", "/mutate", { broker: other.id, set: { state: "REBOOT_IN_PROGRESS" } });
  await api.sync("2026-11-20T06:00:00Z", COSTS_AND_METRICS);
  const entities = ownerList.parse(await api.get("/api/v1/owners")).items;
  const idOfOwner = (key: string) => entities.find((entity) => entity.key === key)?.id ?? 0;
  owns = idOfOwner(mine.owner.key);
  const findings = findingPage.parse(await api.get(`/api/v1/findings?filter=brokerId=${other.id}`));
  const saved = async (kind: string, body: unknown): Promise<number> => {
    const answer = await api.call("POST", `/api/v1/register/${kind}`, { body });
    expect(answer.status, answer.text).toBe(201);
    return idOf(answer);
  };
  const made = await api.call("POST", "/api/v1/plans", { body: { brokerId: other.id } });
  expect(made.status, made.text).toBe(201);
  const plan = planDetail.parse(await api.get(`/api/v1/plans/${idOf(made)}`));
  const campaign = await api.call(
    "POST",
    `/api/v1/campaigns?filter=brokerId=${other.id}&filter=brokerId=${mine.id}&match=any`,
    {
      body: { ...CAMPAIGN, takePlans: true },
    },
  );
  expect(campaign.status, campaign.text).toBe(201);
  const recommendations = recommendationPage.parse(
    await api.get("/api/v1/recommendations?filter=broker=dev-ha-please"),
  );
  const { candidates } = registerView.parse(await api.get("/api/v1/register"));
  theirs = {
    broker: other.id,
    ownBroker: mine.id,
    finding: findings.items[0]?.id ?? 0,
    owner: idOfOwner(other.owner.key),
    ownerKey: other.owner.key,
    incident: await saved("incidents", incident([other.id, mine.id])),
    drill: await saved("drills", drill([other.id])),
    application: await saved("applications", application("Checkout", [mine.id, other.id])),
    candidate: candidates.find(({ broker }) => broker.id === other.id)?.id ?? "",
    plan: plan.plan.id,
    step: plan.steps[0]?.id ?? 0,
    campaign: idOf(campaign),
    recommendation: recommendations.items[0]?.id ?? 0,
  };
  expect([theirs.finding > 0, theirs.recommendation > 0, theirs.candidate]).toEqual([
    true,
    true,
    expect.stringMatching(/-/),
  ]);
}, 120_000);
afterAll(() => api.close());

const idOf = (answer: Answer): number => Number(Object(answer.json()).id);
const endpointOf = (name: string): Endpoint | undefined => Object.entries(ENDPOINTS).find(([own]) => own === name)?.[1];

function attempt(name: string, { params = {}, search, body }: Attempt): Promise<Answer> {
  const endpoint = endpointOf(name);
  if (!endpoint) throw new Error(`there is no endpoint ${name}`);
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, key: string) => params[key] ?? "");
  return api.call(endpoint.method, `/api/v1${path}${search ? `?${search}` : ""}`, { body });
}

describe("the role owner", () => {
  it("has every endpoint that changes something either for his own brokers alone, or because it is about none", () => {
    const has = permissionsOf("owner");
    const writing = Object.entries(ENDPOINTS).flatMap(([name, { method, permission }]) =>
      method !== "GET" && permission !== null && permission !== "signed-in" && has.has(permission)
        ? [{ name, limited: isLimitedToOwn("owner", permission) }]
        : [],
    );
    expect(writing.flatMap(({ name, limited }) => (limited ? [] : [name]))).toEqual(OF_NO_BROKER);
    expect(writing.flatMap(({ name, limited }) => (limited ? [name] : [])).sort()).toEqual(
      Object.keys(ATTEMPTS).sort(),
    );
  });

  it.each(Object.entries(ATTEMPTS))("is refused %s for somebody else's", async (name, attemptsOf) => {
    const { db } = await api.ctx();
    const events = () => db.rows("SELECT id FROM audit_event ORDER BY id");
    const before = await events();
    for (const ownerIds of [[owns], []]) {
      api.actAs(buildPersonActor({ role: "owner", ownerIds }));
      for (const one of attemptsOf?.(theirs) ?? []) {
        const answer = await attempt(name, one);
        if (BULK.includes(name)) {
          expect(bulkResult.parse(answer.json())).toMatchObject({ matched: 1, allowed: 0 });
        } else
          expect([answer.status, answer.text], name).toEqual([
            403,
            expect.stringMatching(/an owner you are not part of|not a broker of your own/),
          ]);
      }
    }
    api.actAs(null);
    expect(await events(), "nothing was changed").toEqual(before);
  });

  it("writes the register for his own brokers, and cannot widen an entry to others afterwards", async () => {
    const actor = buildPersonActor({ role: "owner", ownerIds: [owns] });
    api.actAs(actor);
    for (const [kind, of] of [
      ["Incident", (brokers: readonly string[]) => incident(brokers)],
      ["Drill", (brokers: readonly string[]) => drill(brokers)],
      ["Application", (brokers: readonly string[]) => application("Routes", brokers)],
    ] as const) {
      const made = await attempt(`record${kind}`, { body: of([theirs.ownBroker]) });
      expect(made.status, made.text).toBe(201);
      const params = { id: String(idOf(made)) };
      const widened = await attempt(`change${kind}`, { params, body: of([theirs.ownBroker, theirs.broker]) });
      expect(widened.status).toBe(403);
      expect((await attempt(`change${kind}`, { params, body: of([theirs.ownBroker]) })).status).toBe(200);
      expect((await attempt(`remove${kind}`, { params })).status).toBe(200);
    }
    api.actAs(null);
    const rows = await (await api.ctx()).db.rows<{ actor: string; personId: string | null; remote: string | null }>(
      `SELECT actor, person_id AS "personId", remote FROM audit_event WHERE action = 'incident.remove' ORDER BY id DESC LIMIT 1`,
    );
    expect(rows).toEqual([{ actor: actor.name, personId: actor.id, remote: actor.remote }]);
  });

  it("changes the contact data of his own entity, and nothing else of it", async () => {
    api.actAs(buildPersonActor({ role: "owner", ownerIds: [owns] }));
    const params = { id: String(owns) };
    const body = { email: "Routes@example.com", chatHandle: "#routes" };
    expect((await attempt("changeOwner", { params, body })).status).toBe(200);
    for (const beyond of [
      { displayName: "Mine" },
      { verified: true },
      { aliases: ["routes"] },
      { ...body, verified: true },
    ]) {
      const answer = await attempt("changeOwner", { params, body: beyond });
      expect([answer.status, answer.text]).toEqual([403, expect.stringContaining("owners:write")]);
    }
    api.actAs(null);
    const { items } = ownerList.parse(await api.get("/api/v1/owners"));
    expect(items.find(({ id }) => id === owns)).toMatchObject({ contactable: true, verified: false });
  });

  it("does not hand his findings to somebody else's broker", async () => {
    const own = findingPage.parse(await api.get(`/api/v1/findings?limit=1&filter=brokerId=${theirs.ownBroker}`));
    api.actAs(buildPersonActor({ role: "owner", ownerIds: [owns] }));
    const answer = await attempt("confirmReplacement", {
      params: { id: String(own.items[0]?.id) },
      body: { brokerId: theirs.broker, note: "" },
    });
    expect([answer.status, answer.text]).toEqual([403, expect.stringContaining("not a broker of your own")]);
    api.actAs(null);
  });
});
