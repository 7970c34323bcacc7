import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { auditPage } from "@/lib/contracts/audit";
import { problem } from "@/lib/contracts/common";
import { ENDPOINTS, type Endpoint } from "@/lib/contracts/endpoints";
import { keyList, madeKey, NARROW_KEYS } from "@/lib/contracts/keys";
import {
  isLimitedToOwn,
  isPersonal,
  mayGrant,
  permissionsOf,
  permissionsOfKey,
  ROLES,
} from "@/lib/contracts/permissions";
import { wallClock } from "@/lib/domain/clock";
import { ownersToActFor } from "@/lib/services/owner-scope";
import { type ApiHarness, startApiHarness } from "@/lib/testing/api-harness";
import { NOBODY } from "@/lib/testing/build-actor";
import type { Answer } from "@/lib/testing/call-route";

const endpoints: [string, Endpoint][] = Object.entries(ENDPOINTS);
const guarded = endpoints.filter(([, { permission }]) => permission !== null);

let api: ApiHarness;
/** Cookies of an administrator and of a person with each other role; the owner belongs to `ours`. */
let cookies: Record<string, string>;

beforeAll(async () => {
  api = await startApiHarness({ brokers: [] });
  api.actAs(NOBODY);
  const { db } = await api.ctx();
  for (const key of ["ours", "theirs"]) {
    await db.execute(`INSERT INTO owner (key, display_name, created_at) VALUES ($1, $1, now())`, key);
  }
  const password = "Tr0mbone-Lattice";
  const ada = await send("POST", "/set-up", { name: "Ada Stone", email: "ada@example.com", password });
  cookies = { administrator: cookieOf(ada) };
  for (const role of ROLES.filter((name) => name !== "administrator")) {
    const email = `${role}@example.com`;
    const owners = role === "owner" ? ["ours"] : [];
    const added = await send("POST", "/people", { name: `The ${role}`, email, role, owners }, as("administrator"));
    const { password: first } = z.object({ password: z.string() }).parse(added.json());
    const headers = { cookie: cookieOf(await send("POST", "/session", { email, password: first })) };
    const early = await send(
      "POST",
      "/keys",
      { kind: "api", name: "early", expiresInDays: 1, role: "viewer" },
      headers,
    );
    expect([early.status, early.text]).toEqual([403, expect.stringContaining("password of your own")]);
    expect((await send("POST", "/session/password", { current: first, next: "Cymbal-Gr0ve-77" }, headers)).status).toBe(
      200,
    );
    cookies[role] = headers.cookie;
  }
}, 60_000);
afterAll(() => api.close());

const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  api.call(method, `/api/v1${path}`, { headers, ...(body === undefined ? {} : { body }) });
const as = (role: string) => ({ cookie: cookies[role] ?? "" });
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const cookieOf = (answer: Answer): string =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
let counter = 0;
async function make(body: Record<string, unknown>, role = "administrator") {
  counter += 1;
  const answer = await send("POST", "/keys", { name: `key ${counter}`, expiresInDays: 30, ...body }, as(role));
  expect(answer.status, answer.text).toBe(201);
  return madeKey.parse(answer.json());
}
const execute = async (sql: string, ...params: unknown[]) => {
  await (await api.ctx()).db.execute(sql, ...params);
  await api.forgetSessions();
};
/** The endpoint with ids that nothing has and a body that is none: whoever gets past the door is told so with another status. */
const knock = ({ method, path }: Endpoint, headers: Record<string, string>): Promise<Answer> =>
  send(method, path.replace(/\{\w+\}/g, "999999"), method === "GET" ? undefined : { nothing: "of use" }, headers);

describe("a key of each role", () => {
  it.each(ROLES)(
    "%s opens every route of its permissions but what a person does, and no other",
    async (role) => {
      const { secret } = await make({ kind: "api", role, owners: role === "owner" ? ["ours"] : [] });
      const may = permissionsOfKey(role, "administrator");
      for (const [name, endpoint] of guarded) {
        const { permission, personal, method } = endpoint;
        const opens = !personal && permission !== null && (permission === "signed-in" || may.has(permission));
        // Most of what changes something is refused by its body; what has none would be done.
        if (opens && method !== "GET" && !endpoint.body) continue;
        const answer = await knock(endpoint, bearer(secret));
        // Behind the door it may still be somebody else's.
        if (opens && answer.text.includes("an owner you are not part of")) continue;
        if (opens) expect([401, 403], `${name}: ${answer.text.slice(0, 200)}`).not.toContain(answer.status);
        else expect([name, answer.status]).toEqual([name, 403]);
      }
    },
    30_000,
  );

  it("is refused by every route when it is unknown, expired, revoked, or made by somebody who may no longer sign in", async () => {
    const { key, secret } = await make({ kind: "api", role: "administrator" });
    const altered = `${secret.slice(0, -1)}${secret.endsWith("A") ? "B" : "A"}`;
    const refused = async (text: string, why: RegExp, some = guarded) => {
      for (const [name, endpoint] of some) {
        const answer = await knock(endpoint, bearer(text));
        expect([name, answer.status, problem.parse(answer.json()).detail]).toEqual([
          name,
          401,
          expect.stringMatching(why),
        ]);
      }
    };
    // Wrong ones are counted: a few routes of each kind, not to be limited.
    const [few] = [guarded.filter((_, index) => index % 12 === 0)];
    await refused(altered, /no such key/, few);
    await refused(`mqs_${"0".repeat(12)}_${"a".repeat(43)}`, /no such key/, few);
    await refused("mqs_", /no such key/, few.slice(0, 2));
    await execute(`UPDATE api_key SET expires_at = now() - interval '1 second' WHERE id = $1`, key.id);
    await refused(secret, /expired/);
    await execute(`UPDATE api_key SET expires_at = now() + interval '1 day' WHERE id = $1`, key.id);
    await execute(`UPDATE person SET disabled_at = now() WHERE email = 'ada@example.com'`);
    await refused(secret, /no longer sign in/);
    await execute(`UPDATE person SET disabled_at = NULL WHERE email = 'ada@example.com'`);
    expect((await send("GET", "/brokers", undefined, bearer(secret))).status).toBe(200);
    expect((await send("DELETE", `/keys/${key.id}`, undefined, as("administrator"))).status).toBe(200);
    await refused(secret, /revoked/);
  });

  it("cannot do more than whoever made it may do now, and as an owner's not more than for his entities", async () => {
    const { secret } = await make({ kind: "api", role: "manager" }, "manager");
    const may = async (path: string) => (await send("GET", path, undefined, bearer(secret))).status;
    expect(await may("/audit")).toBe(200);
    await execute(`UPDATE person SET role = 'viewer' WHERE email = 'manager@example.com'`);
    expect([await may("/audit"), await may("/brokers")]).toEqual([403, 200]);
    // Once a manager, now an owner of nothing: the key's role must not lift the limit to his own.
    await execute(`UPDATE person SET role = 'owner' WHERE email = 'manager@example.com'`);
    const made = await send("POST", "/owners", { displayName: "New" }, bearer(secret));
    expect(made.status).toBe(403);
    const report = await send("POST", "/reports", { quarter: "2026-Q4", scope: "all" }, bearer(secret));
    expect([report.status, report.text]).toEqual([403, expect.stringContaining("an owner you are not part of")]);
    await execute(`UPDATE person SET role = 'manager' WHERE email = 'manager@example.com'`);
  });
});

describe("making keys", () => {
  it("grants no role that can do more than whoever makes it", async () => {
    for (const role of ROLES) {
      for (const wanted of ROLES) {
        const owners = wanted === "owner" ? ["ours"] : [];
        const name = `${role} makes ${wanted}`;
        const answer = await send(
          "POST",
          "/keys",
          { kind: "api", name, expiresInDays: 1, role: wanted, owners },
          as(role),
        );
        expect([name, answer.status]).toEqual([name, mayGrant(role, wanted) ? 201 : 403]);
        if (mayGrant(role, wanted)) {
          for (const permission of permissionsOfKey(wanted, role)) expect(permissionsOf(role)).toContain(permission);
        }
      }
    }
    expect(mayGrant("viewer", "owner")).toBe(false);
    expect(mayGrant("owner", "manager")).toBe(false);
  });

  it("binds an owner's key to entities of his own", async () => {
    const body = { kind: "api", name: "mine", expiresInDays: 1, role: "owner" };
    expect((await send("POST", "/keys", { ...body, owners: ["theirs"] }, as("owner"))).status).toBe(403);
    expect((await send("POST", "/keys", { ...body, owners: [] }, as("owner"))).status).toBe(400);
    expect((await send("POST", "/keys", { ...body, owners: ["nobody's"] }, as("owner"))).status).toBe(400);
    expect((await send("POST", "/keys", { ...body, owners: ["ours"] }, as("owner"))).status).toBe(201);
    const viewer = { ...body, role: "viewer", owners: ["ours"] };
    expect((await send("POST", "/keys", viewer, as("owner"))).status).toBe(400);
  });

  it("takes nothing but what it asks for: no id, no secret, no creator, no longer life", async () => {
    const body = { kind: "api", name: "more", expiresInDays: 30, role: "viewer" };
    for (const more of [
      { createdBy: "person-administrator" },
      { id: "000000000000" },
      { secretHash: "0".repeat(64) },
      { expiresAt: "2099-01-01T00:00:00Z" },
      { query: "owner=ours" },
      { expiresInDays: 366 },
      { expiresInDays: 0 },
      { expiresInDays: 1.5 },
      { name: "a\nb" },
      { name: " " },
    ])
      expect(
        (await send("POST", "/keys", { ...body, ...more }, as("administrator"))).status,
        JSON.stringify(more),
      ).toBe(400);
    for (const role of ["emperor", null])
      expect((await send("POST", "/keys", { ...body, role }, as("administrator"))).status).toBe(400);
  });

  it("is not for keys: they make, see, rotate and revoke none, and end no sessions", async () => {
    const { key, secret } = await make({ kind: "api", role: "administrator" });
    const create = { kind: "api", name: "child", expiresInDays: 30, role: "administrator" };
    for (const [method, path, body] of [
      ["POST", "/keys", create],
      ["GET", "/keys", undefined],
      ["POST", `/keys/${key.id}/rotate`, undefined],
      ["DELETE", `/keys/${key.id}`, undefined],
      ["GET", "/session", undefined],
      ["DELETE", "/session", undefined],
      ["POST", "/people", { name: "Mallory", email: "m@example.com", role: "administrator" }],
    ] as const) {
      const answer = await send(method, path, body, bearer(secret));
      expect([method, path, answer.status, answer.text]).toEqual([
        method,
        path,
        403,
        expect.stringContaining("not by a key"),
      ]);
      // Not even with the cookie of somebody who may.
      expect((await send(method, path, body, { ...bearer(secret), ...as("administrator") })).status).toBe(403);
    }
    expect((await send("GET", "/session", undefined, as("administrator"))).status).toBe(200);
  });

  it("shows the secret once, keeps only its hash, and tells neither to lists, audit or log", async () => {
    const { key, secret } = await make({ kind: "api", name: "Nightly export", role: "finops" });
    expect(secret).toMatch(/^mqs_[0-9a-f]{12}_[\w-]{43}$/);
    expect(secret.startsWith(key.prefix)).toBe(true);
    const { db } = await api.ctx();
    const tables = await db.rows<{ text: string }>(
      `SELECT to_jsonb(k)::text AS text FROM api_key k UNION ALL SELECT to_jsonb(a)::text FROM audit_event a UNION ALL SELECT to_jsonb(s)::text FROM sign_in_attempt s`,
    );
    const proof = secret.slice(17);
    for (const { text } of tables) expect(text).not.toContain(proof);
    const list = await send("GET", "/keys", undefined, as("administrator"));
    expect(list.text).not.toContain(proof);
    const [row] = await db.rows<{ hash: string }>(`SELECT secret_hash AS hash FROM api_key WHERE id = $1`, key.id);
    expect(list.text).not.toContain(row?.hash);
    const { items } = auditPage.parse(
      (await send("GET", "/audit?subject=Nightly", undefined, as("administrator"))).json(),
    );
    expect(items.map(({ action, actor }) => [action, actor])).toEqual([["key.create", "ada@example.com"]]);
  });

  it("refuses a name that a working key has, and takes it once that one is revoked", async () => {
    const { key } = await make({ kind: "api", name: "Unique", role: "viewer" });
    const again = { kind: "api", name: "uNIQUE", expiresInDays: 1, role: "viewer" };
    expect((await send("POST", "/keys", again, as("manager"))).status).toBe(409);
    await send("DELETE", `/keys/${key.id}`, undefined, as("administrator"));
    expect((await send("POST", "/keys", again, as("manager"))).status).toBe(201);
  });

  it("shows everybody his own keys, and the administrator all, who ends but cannot take over what is not his", async () => {
    const { key, secret } = await make({ kind: "api", role: "viewer" }, "finops");
    const seen = async (role: string) =>
      keyList.parse((await send("GET", "/keys", undefined, as(role))).json()).items.map(({ id }) => id);
    expect(await seen("finops")).toContain(key.id);
    expect(await seen("manager")).not.toContain(key.id);
    expect(await seen("administrator")).toContain(key.id);
    for (const [method, path] of [
      ["DELETE", ""],
      ["POST", "/rotate"],
    ] as const)
      expect((await send(method, `/keys/${key.id}${path}`, undefined, as("manager"))).status).toBe(404);
    expect((await send("POST", `/keys/${key.id}/rotate`, undefined, as("administrator"))).status).toBe(403);
    expect((await send("DELETE", `/keys/${key.id}`, undefined, as("administrator"))).status).toBe(200);
    expect((await send("GET", "/brokers", undefined, bearer(secret))).status).toBe(401);
    expect((await send("POST", `/keys/${key.id}/rotate`, undefined, as("finops"))).status).toBe(409);
  });

  it("rotates: the old secret is dead at once, the new one lives as long as the first did", async () => {
    const { key, secret } = await make({ kind: "api", role: "viewer", expiresInDays: 3 });
    await execute(`UPDATE api_key SET expires_at = now() + interval '1 hour' WHERE id = $1`, key.id);
    expect((await send("GET", "/brokers", undefined, bearer(secret))).status).toBe(200);
    const rotated = madeKey.parse(
      (await send("POST", `/keys/${key.id}/rotate`, undefined, as("administrator"))).json(),
    );
    expect((await send("GET", "/brokers", undefined, bearer(secret))).status).toBe(401);
    expect((await send("GET", "/brokers", undefined, bearer(rotated.secret))).status).toBe(200);
    expect(rotated.key.id).toBe(key.id);
    const days = (Date.parse(rotated.key.expiresAt) - wallClock.now().getTime()) / 86_400_000;
    expect(days).toBeGreaterThan(2.9);
    expect(days).toBeLessThan(3.1);
  });
});

describe("a request with a key", () => {
  it("acts in the audit as the key, with the address it came from, and notes when it was used", async () => {
    const { key, secret } = await make({ kind: "api", name: "Tuner", role: "administrator" });
    const headers = { ...bearer(secret), "x-forwarded-for": "192.0.2.44" };
    expect((await send("PATCH", "/settings", { metricsSeriesPerBroker: 3 }, headers)).status).toBe(200);
    const { items } = auditPage.parse(
      (await send("GET", "/audit?actor=key%20Tuner", undefined, as("administrator"))).json(),
    );
    expect(items[0]).toMatchObject({
      actor: "key Tuner",
      personName: null,
      remote: "192.0.2.44",
      action: "settings.update",
    });
    const used = async () =>
      keyList
        .parse((await send("GET", "/keys", undefined, as("administrator"))).json())
        .items.find(({ id }) => id === key.id);
    const first = await used();
    expect(first).toMatchObject({ lastUsedFrom: "192.0.2.44" });
    await api.forgetSessions();
    await send("GET", "/brokers", undefined, bearer(secret));
    expect((await used())?.lastUsedAt, "written once a minute at most").toBe(first?.lastUsedAt);
    await execute(`UPDATE api_key SET last_used_at = last_used_at - interval '2 minutes' WHERE id = $1`, key.id);
    await send("GET", "/brokers", undefined, bearer(secret));
    expect(Date.parse((await used())?.lastUsedAt ?? "")).toBeGreaterThan(wallClock.now().getTime() - 60_000);
  });

  it("needs no origin by the key alone, and one of ours where a cookie comes with it", async () => {
    const { secret } = await make({ kind: "api", role: "administrator" });
    const foreign = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    const patch = { metricsSeriesPerBroker: 4 };
    expect((await send("PATCH", "/settings", patch, { ...bearer(secret), ...foreign })).status).toBe(200);
    expect(
      (await send("PATCH", "/settings", patch, { ...bearer(secret), ...foreign, ...as("administrator") })).status,
    ).toBe(403);
    expect((await send("PATCH", "/settings", patch, { authorization: "Bearer x", ...foreign })).status).toBe(403);
  });

  it("is judged by the key alone: a cookie of somebody with more rights lifts nothing, a bad key is not made good", async () => {
    const { secret } = await make({ kind: "api", role: "viewer" });
    expect((await send("GET", "/audit", undefined, { ...bearer(secret), ...as("administrator") })).status).toBe(403);
    const bad = bearer(`mqs_${"1".repeat(12)}_${"a".repeat(43)}`);
    expect((await send("GET", "/brokers", undefined, { ...bad, ...as("administrator") })).status).toBe(401);
  });

  it("is not taken from an address", async () => {
    const { secret } = await make({ kind: "api", role: "administrator" });
    expect((await send("GET", `/brokers?token=${secret}`)).status).toBe(401);
    const calendar = await send("GET", `/lifecycle/calendar.ics?token=${secret}`);
    expect([calendar.status, calendar.text]).toEqual([403, expect.stringContaining("end up in logs")]);
  });

  it("is limited after too many wrong ones, alone from that address, and not where a key only expired", async () => {
    const from = (address: string) => ({ "x-forwarded-for": address });
    const wrong = bearer(`mqs_${"2".repeat(12)}_${"a".repeat(43)}`);
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 62; attempt += 1)
      statuses.push((await send("GET", "/brokers", undefined, { ...wrong, ...from("198.51.100.1") })).status);
    expect([statuses[0], statuses[58], statuses[59], statuses.at(-1)]).toEqual([401, 401, 429, 429]);
    expect((await send("GET", "/brokers", undefined, { ...wrong, ...from("198.51.100.2") })).status).toBe(401);
    const { secret } = await make({ kind: "api", role: "viewer" });
    expect((await send("GET", "/brokers", undefined, { ...bearer(secret), ...from("198.51.100.1") })).status).toBe(200);
    const guess = bearer(`${secret.slice(0, 16)}_${"a".repeat(43)}`);
    for (let attempt = 0; attempt < 60; attempt += 1)
      await send("GET", "/brokers", undefined, { ...guess, ...from("198.51.100.3") });
    await api.forgetSessions();
    // Whoever guesses at a key is not let in by the right one, from there.
    expect((await send("GET", "/brokers", undefined, { ...bearer(secret), ...from("198.51.100.3") })).status).toBe(429);
    expect((await send("GET", "/brokers", undefined, { ...bearer(secret), ...from("198.51.100.4") })).status).toBe(200);
  });
});

describe("narrow tokens", () => {
  it.each(["metrics", "calendar"] as const)("%s opens its one route and no other", async (kind) => {
    const { secret } = await make({ kind });
    for (const [name, endpoint] of guarded) {
      const answer = await knock(endpoint, bearer(secret));
      if (name === NARROW_KEYS[kind].endpoint) expect(answer.status, answer.text).toBe(200);
      else expect([name, answer.status]).toEqual([name, 403]);
    }
  });

  it("gives Prometheus its figures, and nobody else", async () => {
    const { secret } = await make({ kind: "metrics" });
    const answer = await send("GET", "/metrics", undefined, bearer(secret));
    expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(answer.text).toContain("# TYPE mq_steward_kpi_value gauge");
    expect(answer.text).toContain("mq_steward_sync_running 0");
    // Before the first sync nothing is known, and nothing is said to be 0.
    expect(answer.text).not.toMatch(/mq_steward_(sync_last|sync_scopes|findings|brokers|inventory)/);
    expect((await send("GET", "/metrics")).status).toBe(401);
    expect((await send("POST", "/keys", { kind: "metrics", name: "m", expiresInDays: 1 }, as("manager"))).status).toBe(
      403,
    );
  });

  it("shows a calendar by its address alone, in the cut it was made for", async () => {
    const { key, secret } = await make({ kind: "calendar", query: "owner=ours&environment=production" }, "viewer");
    expect(key.query).toBe("environment=production&owner=ours");
    const address = `/lifecycle/calendar.ics?token=${secret}`;
    const answer = await send("GET", address);
    expect([answer.status, answer.text]).toEqual([200, expect.stringContaining("life cycle: ours")]);
    expect((await send("GET", `${address}&owner=theirs`)).status).toBe(403);
    expect((await send("GET", `${address}&engine=activemq`)).status).toBe(403);
    // The token, not a session that happens to come with it.
    expect((await send("GET", `${address}x`, undefined, as("administrator"))).status).toBe(401);
    for (const query of ["token=x", "q=a", "owner=a&filter=b"])
      expect(
        (await send("POST", "/keys", { kind: "calendar", name: query, expiresInDays: 1, query }, as("viewer"))).status,
      ).toBe(400);
    await send("DELETE", `/keys/${key.id}`, undefined, as("viewer"));
    expect((await send("GET", address)).status).toBe(401);
  });
});

describe("the rules of keys", () => {
  it("know whatever a person does in person", () => {
    const personal = endpoints.filter(
      ([, { permission, personal: own }]) =>
        own || (permission !== null && permission !== "signed-in" && isPersonal(permission)),
    );
    const names = personal.map(([name]) => name);
    for (const name of ["approveRequest", "attestRegister", "invitePerson", "createKey", "changePassword"].filter(
      (name) => name in ENDPOINTS,
    ))
      expect(names).toContain(name);
    const open = guarded.filter(([, { permission, personal: own }]) => permission === "signed-in" && !own);
    expect(open.map(([name]) => name)).toEqual(["openapi"]);
    for (const role of ROLES)
      for (const permission of permissionsOfKey(role, "administrator")) expect(isPersonal(permission)).toBe(false);
  });

  it("limit whoever is not everybody: nobody acts for any owner, and an owner's key for its own", () => {
    expect(ownersToActFor(NOBODY, "plans:write")).toEqual([]);
    const key = { kind: "key", id: "0", name: "key k", remote: null, query: null } as const;
    const permissions = permissionsOfKey("owner", "administrator");
    expect(ownersToActFor({ ...key, role: "owner", permissions, ownerIds: [7] }, "plans:write")).toEqual([7]);
    expect(isLimitedToOwn("owner", "plans:write")).toBe(true);
  });
});
