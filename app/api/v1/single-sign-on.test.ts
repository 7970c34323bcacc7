import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { type AuditEventItem, auditPage } from "@/lib/contracts/audit";
import { problem } from "@/lib/contracts/common";
import { madeKey } from "@/lib/contracts/keys";
import { sessionView } from "@/lib/contracts/people";
import { signedOn, signOnLocation } from "@/lib/contracts/single-sign-on";
import { meaningOfGroups } from "@/lib/services/group-meaning";
import { type ApiHarness, startApiHarness } from "@/lib/testing/api-harness";
import { NOBODY } from "@/lib/testing/build-actor";
import { type Answer, cookieOf } from "@/lib/testing/call-route";
import { type OpenIdProvider, startOpenIdProvider } from "@/lib/testing/openid-provider";

const BACK = "http://127.0.0.1:3000/sign-in/sso";
const NINA = { sub: "u-1", name: "Nina Noor", email: "Nina@Example.com", email_verified: true };
const ADA = { name: "Ada Stone", email: "ada@example.com", password: "Tr0mbone-Lattice" };

let api: ApiHarness;
let provider: OpenIdProvider;
let administrator: { cookie: string };

beforeAll(async () => {
  provider = await startOpenIdProvider();
  provider.sendsBackTo([BACK]);
  api = await startApiHarness({
    brokers: [],
    singleSignOn: {
      issuer: provider.issuer,
      clientId: provider.clientId,
      clientSecret: provider.clientSecret,
      scopes: "openid profile email groups",
      groupsClaim: "groups",
      label: "Sign in with Example",
    },
  });
  api.actAs(NOBODY);
  const { db } = await api.ctx();
  for (const key of ["payments", "logistics"])
    await db.execute(`INSERT INTO owner (key, display_name, created_at) VALUES ($1, $1, now())`, key);
  administrator = { cookie: cookieOf(await send("POST", "/set-up", ADA)) };
}, 60_000);
afterAll(async () => {
  await api.close();
  await provider.close();
});
beforeEach(async () => {
  const { db } = await api.ctx();
  await db.execute(`DELETE FROM person WHERE email <> $1`, ADA.email);
  await db.execute(`DELETE FROM sign_in_attempt`);
  await api.forgetSessions();
  await map([
    { group: "steward-managers", role: "manager" },
    { group: "steward-readers", role: "viewer" },
    { group: "team-payments", owner: "payments" },
    { group: "team-logistics", owner: "logistics" },
  ]);
});

const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  api.call(method, `/api/v1${path}`, { headers, ...(body === undefined ? {} : { body }) });
const map = async (mappings: unknown[]) => {
  const answer = await send("PUT", "/single-sign-on", { mappings }, administrator);
  expect(answer.status, answer.text).toBe(200);
};
const detail = (answer: Answer) => problem.parse(answer.json()).detail;
const audit = async (query: string): Promise<AuditEventItem[]> =>
  auditPage.parse((await send("GET", `/audit?${query}`, undefined, administrator)).json()).items;

async function begin(next?: string, headers: Record<string, string> = {}) {
  const answer = await send("POST", "/session/sso", next === undefined ? {} : { next }, headers);
  expect(answer.status, answer.text).toBe(201);
  return { ...signOnLocation.parse(answer.json()), cookie: cookieOf(answer), set: answer.headers.getSetCookie() };
}
async function signOn(account: Parameters<OpenIdProvider["signsInAs"]>[0], next?: string): Promise<Answer> {
  provider.signsInAs(account);
  const { location, cookie } = await begin(next);
  return send("POST", "/session/sso/return", { search: await provider.follow(location) }, { cookie });
}
const sessionOf = async (answer: Answer) => {
  expect(answer.status, answer.text).toBe(201);
  return sessionView.parse((await send("GET", "/session", undefined, { cookie: cookieOf(answer) })).json());
};

describe("signing in at the provider", () => {
  it("makes the account at the first time, with role and owner entities by groups", async () => {
    const answer = await signOn(
      { ...NINA, groups: ["everybody", "team-payments", "steward-readers"] },
      "/findings?q=a",
    );
    expect(signedOn.parse(answer.json())).toEqual({ name: "Nina Noor", returnTo: "/findings?q=a" });
    const session = await sessionOf(answer);
    expect(session).toMatchObject({
      person: { name: "Nina Noor", email: "nina@example.com", role: "viewer", owners: [{ key: "payments" }] },
      issuer: provider.issuer,
      mustChangePassword: false,
    });
    expect((await audit("subject=nina")).map(({ action, actor }) => [action, actor])).toEqual([
      ["session.sign-in", "nina@example.com"],
      ["person.add", "nina@example.com"],
    ]);
  });

  it("says role and owner entities anew at each sign-in, and who it is by issuer and subject, whatever the address", async () => {
    const first = await sessionOf(await signOn({ ...NINA, groups: ["team-payments"] }));
    expect(first.person).toMatchObject({ role: "owner", owners: [{ key: "payments" }] });
    const second = await sessionOf(
      await signOn({ ...NINA, email: "other@example.com", groups: ["steward-managers", "team-logistics"] }),
    );
    expect(second.person).toMatchObject({ id: first.person.id, email: "nina@example.com", role: "manager" });
    expect(second.person.owners.map(({ key }) => key)).toEqual(["logistics"]);
    expect((await audit("subject=nina&action=person.change"))[0]).toMatchObject({
      before: { role: "owner" },
      after: { role: "manager" },
    });
  });

  it("refuses somebody without a group that means anything, plainly, and makes no account", async () => {
    for (const groups of [[], ["everybody"], ["Steward-Managers"], undefined]) {
      const answer = await signOn({ ...NINA, ...(groups ? { groups } : {}) });
      expect([answer.status, detail(answer)]).toEqual([
        403,
        expect.stringContaining("none of your groups lets you in"),
      ]);
      expect(cookieOf(answer)).toBe("");
    }
  });

  it("ends sessions and rests keys of somebody whose groups no longer mean anything, until they do again", async () => {
    const groups = ["steward-managers"];
    const cookie = cookieOf(await signOn({ ...NINA, groups }));
    const made = await send(
      "POST",
      "/keys",
      { kind: "api", name: "hers", role: "manager", expiresInDays: 1 },
      { cookie },
    );
    const { secret } = madeKey.parse(made.json());
    const byKey = async () => (await send("GET", "/brokers", undefined, { authorization: `Bearer ${secret}` })).status;
    expect(await byKey()).toBe(200);
    expect((await signOn({ ...NINA, groups: [] })).status).toBe(403);
    expect([await byKey(), (await send("GET", "/brokers", undefined, { cookie })).status]).toEqual([401, 401]);
    expect((await signOn({ ...NINA, groups })).status).toBe(201);
    expect(await byKey()).toBe(200);
  });

  it("does not join accounts by address: neither a local one's nor an unverified", async () => {
    const refusals = async () => (await audit("action=session.refused&limit=200")).length;
    const before = await refusals();
    const local = await signOn({ ...NINA, sub: "u-2", email: "ada@example.com", groups: ["steward-managers"] });
    expect([local.status, detail(local)]).toEqual([409, expect.stringContaining("not joined")]);
    for (const [account, why] of [
      [{ ...NINA, email_verified: false }, "has not verified"],
      [{ sub: "u-3", name: "Nameless" }, "does not say your e-mail"],
      [{ ...NINA, email: "no address" }, "does not say your e-mail"],
    ] as const) {
      const answer = await signOn({ ...account, groups: ["steward-managers"] });
      expect([answer.status, detail(answer)]).toEqual([403, expect.stringContaining(why)]);
    }
    expect((await refusals()) - before).toBe(4);
    const another = await signOn({ ...NINA, groups: ["steward-managers"] });
    expect(another.status).toBe(201);
    const namesake = await signOn({ ...NINA, sub: "u-4", groups: ["steward-managers"] });
    expect(namesake.status, "the same address, another subject").toBe(409);
  });

  it("lets nobody in who is disabled here, and does not enable him", async () => {
    const groups = ["steward-managers"];
    const { person } = await sessionOf(await signOn({ ...NINA, groups }));
    await send("PATCH", `/people/${person.id}`, { disabled: true }, administrator);
    const answer = await signOn({ ...NINA, groups });
    expect([answer.status, detail(answer)]).toEqual([403, expect.stringContaining("disabled")]);
  });

  it("is the only one to say role and owners, has no password to reset, and leaves a local administrator", async () => {
    await map([{ group: "admins", role: "administrator" }]);
    const { person } = await sessionOf(await signOn({ ...NINA, groups: ["admins"] }));
    expect((await send("PATCH", `/people/${person.id}`, { role: "viewer" }, administrator)).status).toBe(409);
    expect((await send("POST", `/people/${person.id}/password`, undefined, administrator)).status).toBe(409);
    const people = z
      .object({ items: z.array(z.object({ id: z.string(), email: z.string(), issuer: z.string().nullable() })) })
      .parse((await send("GET", "/people", undefined, administrator)).json()).items;
    const ada = people.find(({ email }) => email === ADA.email);
    expect(people.find(({ id }) => id === person.id)?.issuer).toBe(provider.issuer);
    const last = await send("PATCH", `/people/${ada?.id}`, { disabled: true }, administrator);
    expect([last.status, detail(last)]).toEqual([409, expect.stringContaining("last administrator")]);
    const password = await send("POST", "/session", { email: "nina@example.com", password: "Tr0mbone-Lattice" });
    expect(password.status).toBe(401);
  });
});

describe("the way to the provider and back", () => {
  it("asks for a code with PKCE, state and nonce, and keeps what proves them behind a cookie of this browser", async () => {
    const { location, set, cookie } = await begin();
    const url = new URL(location);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: "code",
      redirect_uri: BACK,
      code_challenge_method: "S256",
      state: expect.stringMatching(/.{20}/),
      nonce: expect.stringMatching(/.{20}/),
    });
    expect(set[0]).toMatch(
      /^mq-steward-3000\.sign_on=[\w-]{43}; Path=\/api\/v1\/session\/sso; Max-Age=600; HttpOnly; SameSite=Lax$/,
    );
    const { db } = await api.ctx();
    const rows = await db.rows<{ id: string }>(`SELECT id FROM sign_on_flow`);
    expect(JSON.stringify(rows)).not.toContain(cookie.split("=")[1]);
  });

  it("names itself as the browser does, over TLS too", async () => {
    const { location, set } = await begin("/", { "x-forwarded-proto": "https" });
    expect(new URL(location).searchParams.get("redirect_uri")).toBe("https://127.0.0.1:3000/sign-in/sso");
    expect(set[0]).toMatch(/^__Secure-mq-steward-3000\.sign_on=.*; Secure$/);
  });

  it.each([
    ["https://evil.example/", "/"],
    ["//evil.example", "/"],
    ["/\\evil.example", "/"],
    ["/sign-in", "/"],
    ["/api/v1/brokers", "/"],
    ["javascript:alert(1)", "/"],
    ["/brokers/a?b=c#d", "/brokers/a?b=c#d"],
  ])("leads back to a page of this product alone: %s to %s", async (next, returnTo) => {
    const answer = await signOn({ ...NINA, groups: ["steward-readers"] }, next);
    expect(signedOn.parse(answer.json()).returnTo).toBe(returnTo);
  });

  it("takes an answer once, in the browser that began, with its own state, in time", async () => {
    provider.signsInAs({ ...NINA, groups: ["steward-readers"] });
    const back = (search: string, cookie?: string) =>
      send("POST", "/session/sso/return", { search }, cookie === undefined ? {} : { cookie });
    const mine = await begin();
    const search = await provider.follow(mine.location);
    expect((await back(search)).status, "without a cookie").toBe(401);
    const other = await begin();
    // What an attacker began is not finished in somebody else's browser.
    expect((await back(search, other.cookie)).status, "with another flow's").toBe(401);
    expect((await back(search, mine.cookie)).status).toBe(201);
    expect((await back(search, mine.cookie)).status, "twice").toBe(401);

    const late = await begin();
    const lateSearch = await provider.follow(late.location);
    await (await api.ctx()).db.execute(`UPDATE sign_on_flow SET expires_at = now() - interval '1 second'`);
    expect((await back(lateSearch, late.cookie)).status, "too late").toBe(401);

    for (const broken of ["?code=made-up&state=x", "", "?error=access_denied&error_description=%3Cscript%3E"]) {
      const flow = await begin();
      const state = new URL(flow.location).searchParams.get("state");
      const answer = await back(
        broken.replace("state=x", `state=${state}&iss=${encodeURIComponent(provider.issuer)}`),
        flow.cookie,
      );
      expect([broken, answer.status]).toEqual([broken, 401]);
      expect(answer.text).not.toContain("script");
    }
  });

  it("opens a session of its own, not one that the browser brought", async () => {
    provider.signsInAs({ ...NINA, groups: ["steward-readers"] });
    const { location, cookie } = await begin();
    const planted = "mq-steward-3000.session_token=planted.signature";
    const search = await provider.follow(location);
    const answer = await send("POST", "/session/sso/return", { search }, { cookie: `${planted}; ${cookie}` });
    const own = cookieOf(answer);
    expect(own).toMatch(/^mq-steward-3000\.session_token=/);
    expect(own).not.toContain("planted");
    expect(answer.headers.getSetCookie().join()).toMatch(/sign_on=; Path=[^;]+; Max-Age=0/);
  });

  it("refuses over plain HTTP from elsewhere, and foreign origins", async () => {
    const foreign = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    expect((await send("POST", "/session/sso", {}, foreign)).status).toBe(403);
    expect((await send("POST", "/session/sso/return", { search: "" }, foreign)).status).toBe(403);
  });
});

describe("what groups mean", () => {
  it("is changed by an administrator in person, and audited", async () => {
    await map([{ group: "a", role: "viewer" }]);
    const [event] = await audit("action=single-sign-on");
    expect(event).toMatchObject({ actor: ADA.email, after: [{ group: "a", role: "viewer", owner: null }] });
    const before = await audit("action=single-sign-on");
    await map([{ group: "a", role: "viewer" }]);
    expect(await audit("action=single-sign-on")).toEqual(before);
    for (const mappings of [
      [{ group: "a", owner: "nobody's" }],
      [{ group: "a", role: "emperor" }],
      [{ group: "a", role: "viewer", owner: "payments" }],
      [{ group: "a" }],
      [{ group: "", role: "viewer" }],
      [
        { group: "a", role: "viewer" },
        { group: "a", role: "viewer" },
      ],
    ])
      expect((await send("PUT", "/single-sign-on", { mappings }, administrator)).status, JSON.stringify(mappings)).toBe(
        400,
      );
  });

  it("shows the provider without its secret", async () => {
    const answer = await send("GET", "/single-sign-on", undefined, administrator);
    expect(answer.json()).toMatchObject({ provider: { issuer: provider.issuer }, redirectUri: BACK });
    expect(answer.text).not.toContain(provider.clientSecret);
  });

  const owner = (id: number) => ({ id, key: `k${id}`, displayName: `K${id}` });
  it.each([
    ["nothing", [], null],
    ["a group that means nothing", ["x"], null],
    ["one role", ["v"], { role: "viewer", ownerIds: [] }],
    ["the highest of several", ["v", "m", "f"], { role: "manager", ownerIds: [] }],
    ["an owner entity alone", ["t1"], { role: "owner", ownerIds: [1] }],
    ["entities beside a role", ["t1", "t2", "f"], { role: "finops", ownerIds: [1, 2] }],
  ])("%s", (_, groups, meaning) => {
    const mappings = [
      { name: "v", role: "viewer", owner: null },
      { name: "m", role: "manager", owner: null },
      { name: "f", role: "finops", owner: null },
      { name: "x", role: "emperor", owner: null },
      { name: "t1", role: null, owner: owner(1) },
      { name: "t2", role: null, owner: owner(2) },
    ];
    const found = meaningOfGroups(groups, mappings);
    expect(found && { role: found.role, ownerIds: found.ownerIds }).toEqual(meaning);
  });
});

describe("a provider that is away", () => {
  it("says so, and leaves the local way open", async () => {
    await replaceByOneAway();
    const answer = await send("POST", "/session/sso", {});
    expect([answer.status, detail(answer)]).toEqual([503, expect.stringContaining("does not answer")]);
    expect((await send("POST", "/session", { email: ADA.email, password: ADA.password })).status).toBe(201);
  });
});

/** Puts a harness in place whose issuer nobody answers at. */
async function replaceByOneAway(): Promise<void> {
  await api.close();
  api = await startApiHarness({
    brokers: [],
    singleSignOn: {
      issuer: "http://127.0.0.1:9",
      clientId: "x",
      clientSecret: undefined,
      scopes: "openid",
      groupsClaim: "groups",
      label: "Sign in",
    },
  });
  api.actAs(NOBODY);
  await send("POST", "/set-up", ADA);
}
