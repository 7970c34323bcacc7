import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { problem } from "@/lib/contracts/common";
import { sessionView } from "@/lib/contracts/people";
import { type ApiHarness, startApiHarness } from "@/lib/testing/api-harness";
import { NOBODY } from "@/lib/testing/build-actor";
import { type Answer, cookieOf } from "@/lib/testing/call-route";

const ADMINISTRATOR = { name: "Ana Sousa", email: "Ana.Sousa@Example.com", password: "Tr0mbone-Lattice" };

let api: ApiHarness;

beforeAll(async () => {
  api = await startApiHarness({ brokers: [] });
  api.actAs(NOBODY);
}, 60_000);
afterAll(() => api.close());

beforeEach(async () => {
  const { db } = await api.ctx();
  await db.execute(`DELETE FROM person`);
  await db.execute(`DELETE FROM sign_in_attempt`);
});

const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  api.call("POST", `/api/v1${path}`, { body, headers });
const setUp = (): Promise<Answer> => post("/set-up", ADMINISTRATOR);
const signIn = (password = ADMINISTRATOR.password, headers: Record<string, string> = {}): Promise<Answer> =>
  post("/session", { email: "ana.sousa@example.com", password }, headers);
const ask = (cookie: string): Promise<Answer> => api.call("GET", "/api/v1/session", { headers: { cookie } });
const events = async (): Promise<{ action: string; actor: string; subject_key: string; remote: string | null }[]> =>
  (await api.ctx()).db.rows(`SELECT action, actor, subject_key, remote FROM audit_event ORDER BY id`);

describe("set-up", () => {
  it("creates the administrator and signs him in, once", async () => {
    const answer = await setUp();
    expect(answer.status, answer.text).toBe(201);
    const session = sessionView.parse((await ask(cookieOf(answer))).json());
    expect(session).toMatchObject({
      person: { name: "Ana Sousa", email: "ana.sousa@example.com", role: "administrator", owners: [] },
      mustChangePassword: false,
    });
    expect(session.permissions).toContain("people:write");
    const again = await post("/set-up", { ...ADMINISTRATOR, email: "mallory@example.com" });
    expect(again.status).toBe(409);
  });

  it("makes one administrator of many that come at the same moment", async () => {
    const emails = ["a", "b", "c", "d"].map((name) => `${name}.quill@example.com`);
    const answers = await Promise.all(emails.map((email) => post("/set-up", { ...ADMINISTRATOR, email })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  it("refuses a weak password and says all that is wrong with it", async () => {
    const answer = await post("/set-up", { ...ADMINISTRATOR, password: "ana.sousa" });
    const body = problem.parse(answer.json());
    expect(body).toMatchObject({ status: 400, errors: [{ path: "password" }] });
    expect(body.detail).toMatch(/at least 12 characters.*Leave your name/);
  });
});

describe("signing in", () => {
  it("sets a cookie that scripts cannot read and other sites do not send", async () => {
    await setUp();
    const answer = await signIn();
    expect(answer.status, answer.text).toBe(201);
    const [cookie = ""] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^mq-steward-3000\.session_token=/);
    expect(cookie).toMatch(/; HttpOnly/i);
    expect(cookie).toMatch(/; SameSite=Lax/i);
    expect(answer.headers.getSetCookie()).toHaveLength(1);
  });

  it("marks the cookie secure where the browser speaks TLS", async () => {
    await setUp();
    const answer = await signIn(ADMINISTRATOR.password, { "x-forwarded-proto": "https" });
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Secure-mq-steward-3000\.session_token=.*; Secure/i);
    expect((await ask(cookieOf(answer))).status).toBe(200);
  });

  it("answers alike for a wrong password and an address that nobody has", async () => {
    await setUp();
    const wrong = problem.parse((await signIn("Wr0ng-password-x")).json());
    const unknown = problem.parse(
      (await post("/session", { email: "nobody@example.com", password: "Wr0ng-password-x" })).json(),
    );
    expect(wrong).toMatchObject({ status: 401, code: "unauthenticated" });
    expect({ ...unknown, requestId: "" }).toEqual({ ...wrong, requestId: "" });
  });

  it("refuses a disabled person", async () => {
    await setUp();
    await (await api.ctx()).db.execute(`UPDATE person SET disabled_at = now()`);
    expect((await signIn()).status).toBe(401);
  });

  it("lets nobody guess on: after ten wrong passwords the right one is refused, too", async () => {
    await setUp();
    const { db, wall } = await api.ctx();
    const guessed = (times: number) =>
      db.execute(
        `INSERT INTO sign_in_attempt (key, count, since) VALUES ('account:ana.sousa@example.com', $1, $2)
         ON CONFLICT (key) DO UPDATE SET count = EXCLUDED.count`,
        times,
        wall.now(),
      );
    await guessed(8);
    expect((await signIn("Wr0ng-password-x")).status).toBe(401);
    expect((await signIn()).status, "the tenth may be right").toBe(201);
    expect((await signIn("Wr0ng-password-x")).status, "and what was before it no longer counts").toBe(401);
    await guessed(10);
    const refused = await signIn();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    await db.execute(`UPDATE sign_in_attempt SET since = since - interval '16 minutes'`);
    expect((await signIn()).status, "a quarter of an hour later").toBe(201);
  });

  it("counts by the address of the connection, not by what a client writes", async () => {
    await setUp();
    const from = (forwarded: string) => ({ "x-mq-steward-peer": "198.51.100.9", "x-forwarded-for": forwarded });
    await signIn("Wr0ng-password-x", from("10.0.0.1"));
    await signIn("Wr0ng-password-x", from("10.0.0.2"));
    const remotes = (await events()).filter(({ action }) => action === "session.refused").map(({ remote }) => remote);
    expect(remotes.slice(-2)).toEqual(["198.51.100.9", "198.51.100.9"]);
  });

  it("is refused from another site", async () => {
    await setUp();
    expect((await signIn(ADMINISTRATOR.password, { origin: "https://evil.example" })).status).toBe(403);
  });

  it("has no demo accounts outside the demo", async () => {
    expect((await post("/session/demo", { role: "administrator" })).status).toBe(404);
  });

  it("is audited with who, from where and how it ended", async () => {
    const before = (await events()).length;
    await setUp();
    await signIn("Wr0ng-password-x");
    const since = (await events()).slice(before).map(({ action, actor, subject_key }) => [action, actor, subject_key]);
    expect(since).toEqual([
      ["person.add", "nobody", "ana.sousa@example.com"],
      ["session.sign-in", "ana.sousa@example.com", "ana.sousa@example.com"],
      ["session.refused", "nobody", "ana.sousa@example.com"],
    ]);
  });
});

describe("a session", () => {
  it("is refused when expired, when its cookie was tampered with, and when it never was", async () => {
    const cookie = cookieOf(await setUp());
    expect((await ask(cookie.replace(/.$/, (last) => (last === "A" ? "B" : "A")))).status).toBe(401);
    expect((await ask("mq-steward-3000.session_token=made-up.signature")).status).toBe(401);
    const fresh = cookieOf(await signIn());
    await (await api.ctx()).db.execute(`UPDATE person_session SET expires_at = now() - interval '1 second'`);
    expect((await ask(fresh)).status).toBe(401);
  });

  it("ends at sign-out, and its cookie is taken back", async () => {
    const cookie = cookieOf(await setUp());
    const answer = await api.call("DELETE", "/api/v1/session", { headers: { cookie } });
    expect(answer.status, answer.text).toBe(200);
    expect(answer.headers.getSetCookie()[0]).toMatch(/session_token=;.*Max-Age=0/i);
    expect((await ask(cookie)).status).toBe(401);
  });

  it("lasts twelve hours and is not prolonged", async () => {
    const cookie = cookieOf(await setUp());
    const { expiresAt } = sessionView.parse((await ask(cookie)).json());
    const { db } = await api.ctx();
    const [row] = await db.rows<{ hours: number }>(
      `SELECT round(extract(epoch FROM expires_at - created_at) / 3600, 2)::float8 AS hours FROM person_session`,
    );
    expect(row?.hours).toBe(12);
    const ended = () => db.rows<{ at: Date }>(`SELECT expires_at AS at FROM person_session`);
    expect((await ended())[0]?.at.toISOString()).toBe(expiresAt);
  });

  it("survives a change of one's password where all others end", async () => {
    const own = cookieOf(await setUp());
    const other = cookieOf(await signIn());
    const change = (current: string, next: string) => post("/session/password", { current, next }, { cookie: own });
    expect((await change("Wr0ng-password-x", "An0ther-Lattice")).status).toBe(400);
    expect((await change(ADMINISTRATOR.password, "short")).status).toBe(400);
    expect((await change(ADMINISTRATOR.password, "An0ther-Lattice")).status).toBe(200);
    expect((await ask(own)).status).toBe(200);
    expect((await ask(other)).status).toBe(401);
    expect((await signIn()).status).toBe(401);
    expect((await signIn("An0ther-Lattice")).status).toBe(201);
  });

  it("of a person whose password was given to him may only choose another", async () => {
    const cookie = cookieOf(await setUp());
    await (await api.ctx()).db.execute(`UPDATE person SET must_change_password = true`);
    const fresh = cookieOf(await signIn());
    expect(fresh).not.toBe(cookie);
    const refused = await api.call("GET", "/api/v1/brokers", { headers: { cookie: fresh } });
    expect(refused.status).toBe(403);
    expect(problem.parse(refused.json()).detail).toContain("password of your own");
    const body = { current: ADMINISTRATOR.password, next: "An0ther-Lattice" };
    expect((await post("/session/password", body, { cookie: fresh })).status).toBe(200);
    expect((await api.call("GET", "/api/v1/brokers", { headers: { cookie: fresh } })).status).toBe(200);
  });
});
