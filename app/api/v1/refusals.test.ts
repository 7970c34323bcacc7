import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { problem } from "@/lib/contracts/common";
import { ENDPOINTS, type Endpoint } from "@/lib/contracts/endpoints";
import { isLimitedToOwn, PERMISSIONS, permissionsOf, ROLES } from "@/lib/contracts/permissions";
import { type ApiHarness, startApiHarness } from "@/lib/testing/api-harness";
import { buildPersonActor, NOBODY } from "@/lib/testing/build-actor";
import { type Answer, cookieOf } from "@/lib/testing/call-route";

const endpoints: [string, Endpoint][] = Object.entries(ENDPOINTS);
const guarded = endpoints.filter(([, { permission }]) => permission !== null);
const PERSON = { name: "Ana Sousa", email: "ana.quill@example.com", password: "Tr0mbone-Lattice" };

let api: ApiHarness;

beforeAll(async () => {
  api = await startApiHarness({ brokers: [] });
  api.actAs(NOBODY);
}, 60_000);
afterAll(() => api.close());

/** The endpoint's address with ids that nothing has, and a body that is none: whoever gets past the door is told so with another status. */
function ask({ method, path }: Endpoint, headers: Record<string, string> = {}): Promise<Answer> {
  const address = `/api/v1${path.replace(/\{\w+\}/g, "999999")}`;
  return api.call(method, address, { headers, ...(method === "GET" ? {} : { body: { nothing: "of use" } }) });
}

function expectRefusal(answer: Answer, status: 401 | 403): void {
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(problem.strict().parse(answer.json())).toMatchObject({
    status,
    code: status === 401 ? "unauthenticated" : "forbidden",
    requestId: answer.headers.get("x-request-id"),
  });
}

async function cookieOfPerson(): Promise<string> {
  const created = await api.call("POST", "/api/v1/set-up", { body: PERSON });
  expect(created.status, created.text).toBe(201);
  return cookieOf(created);
}

describe("every route", () => {
  it.each(guarded)("%s refuses no one", async (_name, endpoint) => {
    api.actAs(NOBODY);
    expectRefusal(await ask(endpoint), 401);
    expectRefusal(await ask(endpoint, { cookie: "mq-steward-3000.session_token=made-up.signature" }), 401);
  });

  it.each(guarded)("%s refuses every role without its permission, and no other", async (_name, endpoint) => {
    const { permission } = endpoint;
    for (const role of ROLES) {
      api.actAs(buildPersonActor({ role }));
      const may = permission === "signed-in" || (permission !== null && permissionsOf(role).has(permission));
      // A door that opens is told from one that does not, without walking through: nothing may be changed here.
      if (may && endpoint.method !== "GET") continue;
      const answer = await ask(endpoint);
      if (may) expect([401, 403], `${role}: ${answer.text.slice(0, 200)}`).not.toContain(answer.status);
      else expectRefusal(answer, 403);
    }
  });

  it.each([
    ["has expired", `UPDATE person_session SET expires_at = now() - interval '1 second'`],
    ["was revoked", `DELETE FROM person_session`],
    ["belongs to somebody who is disabled", `UPDATE person SET disabled_at = now()`],
    ["belongs to somebody with a role of another version", `UPDATE person SET role = 'emperor'`],
  ])("refuses a session that %s", async (_why, sql) => {
    api.actAs(NOBODY);
    const { db } = await api.ctx();
    await db.execute(`DELETE FROM person`);
    const cookie = await cookieOfPerson();
    expect((await api.call("GET", "/api/v1/session", { headers: { cookie } })).status).toBe(200);
    await db.execute(sql);
    await api.forgetSessions();
    for (const [, endpoint] of guarded) expectRefusal(await ask(endpoint, { cookie }), 401);
  });

  it("refuses a revoked session within seconds where another process revoked it", async () => {
    api.actAs(NOBODY);
    const { db } = await api.ctx();
    await db.execute(`DELETE FROM person`);
    const cookie = await cookieOfPerson();
    const status = async () => (await api.call("GET", "/api/v1/session", { headers: { cookie } })).status;
    expect(await status()).toBe(200);
    await db.execute(`DELETE FROM person_session`);
    await expect.poll(status, { timeout: 5_000, interval: 250 }).toBe(401);
  });
});

describe("the table of permissions", () => {
  it("gives the administrator everything and the viewer nothing that changes anything", () => {
    expect([...permissionsOf("administrator")].sort()).toEqual(Object.keys(PERMISSIONS).sort());
    for (const [name, { method, permission }] of endpoints) {
      if (method === "GET" || permission === null || permission === "signed-in") continue;
      expect(permissionsOf("viewer").has(permission), name).toBe(false);
    }
  });

  it("limits nobody but the role owner to his own", () => {
    expect(isLimitedToOwn("owner", "findings:acknowledge")).toBe(true);
    expect(isLimitedToOwn("manager", "findings:acknowledge")).toBe(false);
    expect(isLimitedToOwn("owner", "inventory:read")).toBe(false);
  });
});
