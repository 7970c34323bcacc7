import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditPage } from "@/lib/contracts/audit";
import { problem } from "@/lib/contracts/common";
import { ENDPOINTS, type Endpoint } from "@/lib/contracts/endpoints";
import { keyList, madeKey } from "@/lib/contracts/keys";
import {
  isLimitedToOwn,
  isPersonal,
  mayGrant,
  permissionsOf,
  permissionsOfKey,
  ROLES,
  type Role,
} from "@/lib/contracts/permissions";
import { wallClock } from "@/lib/domain/clock";
import { ownersToActFor } from "@/lib/services/owner-scope";
import type { ApiHarness } from "@/lib/testing/api-harness";
import { NOBODY } from "@/lib/testing/build-actor";
import { bearer, guardedEndpoints, peopleWithKeys } from "@/lib/testing/people-with-keys";

const { start, send, as, invite, make, execute, knock } = peopleWithKeys(ROLES);
let api: ApiHarness;

beforeAll(async () => {
  api = await start();
}, 60_000);
afterAll(() => api.close());

describe("a key of each role", () => {
  it.each(ROLES)(
    "%s opens every route of its permissions but what a person does, and no other",
    async (role) => {
      const { secret } = await make({ kind: "api", role, owners: role === "owner" ? ["ours"] : [] });
      const may = permissionsOfKey(role, "administrator");
      for (const [name, endpoint] of guardedEndpoints) {
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
    const refused = async (text: string, why: RegExp, some = guardedEndpoints) => {
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
    const [few] = [guardedEndpoints.filter((_, index) => index % 12 === 0)];
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
  it.each(ROLES)("needs a password of one's own: %s", async (role) => {
    const { cookie } = await invite(`early-${role}@example.com`, role);
    const body = { kind: "api", name: "early", expiresInDays: 1, role: "viewer" };
    const early = await send("POST", "/keys", body, { cookie });
    expect([early.status, early.text]).toEqual([403, expect.stringContaining("password of your own")]);
  });

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
    const seen = async (role: Role) =>
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

describe("the rules of keys", () => {
  it("know whatever a person does in person", () => {
    const personal = Object.entries<Endpoint>(ENDPOINTS).filter(
      ([, { permission, personal: own }]) =>
        own || (permission !== null && permission !== "signed-in" && isPersonal(permission)),
    );
    const names = personal.map(([name]) => name);
    for (const name of ["approveRequest", "attestRegister", "invitePerson", "createKey", "changePassword"].filter(
      (name) => name in ENDPOINTS,
    ))
      expect(names).toContain(name);
    const open = guardedEndpoints.filter(([, { permission, personal: own }]) => permission === "signed-in" && !own);
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
