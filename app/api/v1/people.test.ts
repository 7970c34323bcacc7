import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditPage } from "@/lib/contracts/audit";
import { oneTimePassword, peopleList, personItem, sessionView } from "@/lib/contracts/people";
import { type ApiHarness, startApiHarness } from "@/lib/testing/api-harness";
import { buildPersonActor, NOBODY } from "@/lib/testing/build-actor";
import type { Answer } from "@/lib/testing/call-route";

let api: ApiHarness;
let ownerId: number;

beforeAll(async () => {
  api = await startApiHarness({ brokers: [] });
  const { db, clock } = await api.ctx();
  const [owner] = await db.rows<{ id: number }>(
    `INSERT INTO owner (key, display_name, aliases, created_at) VALUES ('payments', 'Payments', '{}', $1) RETURNING id`,
    clock.now(),
  );
  ownerId = owner?.id ?? 0;
}, 60_000);
afterAll(() => api.close());

beforeEach(async () => {
  api.actAs(null);
  await (await api.ctx()).db.execute(`DELETE FROM person`);
});

const add = async (input: object) => {
  const answer = await api.call("POST", "/api/v1/people", { body: input });
  expect(answer.status, answer.text).toBe(201);
  return oneTimePassword.parse(answer.json());
};
const ANA = { name: "Ana Sousa", email: "ana@example.com", role: "administrator" };
const BEN = { name: "Ben Ode", email: "Ben@Example.com", role: "owner", owners: ["payments"] };
const signIn = async (email: string, password: string): Promise<Answer> =>
  api.call("POST", "/api/v1/session", { body: { email, password } });
const cookieOf = (answer: Answer): string => answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
const sessionOf = (cookie: string): Promise<Answer> => api.call("GET", "/api/v1/session", { headers: { cookie } });
const eventsOf = async (action: string) => auditPage.parse(await api.get(`/api/v1/audit?action=${action}`)).items;

describe("people", () => {
  it("are added with a password that is told once, is good for choosing another, and is nowhere to be read again", async () => {
    const { person, password } = await add(BEN);
    expect(person).toMatchObject({ email: "ben@example.com", role: "owner", mustChangePassword: true, sessions: 0 });
    expect(person.owners).toEqual([{ key: "payments", displayName: "Payments" }]);
    const cookie = cookieOf(await signIn(BEN.email, password));
    const session = sessionView.parse((await sessionOf(cookie)).json());
    expect(session).toMatchObject({ mustChangePassword: true, permissions: [], person: { owners: person.owners } });
    for (const address of ["/people", "/audit"])
      expect(JSON.stringify(await api.get(`/api/v1${address}`))).not.toContain(password);
    const again = await api.call("POST", "/api/v1/people", { body: { ...BEN, name: "Another" } });
    expect(again.status).toBe(409);
  });

  it("get a new role at once, in sessions that are open, too", async () => {
    const { person, password } = await add({ ...BEN, role: "viewer" });
    const cookie = cookieOf(await signIn(BEN.email, password));
    expect((await sessionOf(cookie)).status).toBe(200);
    await add(ANA);
    const changed = await api.call("PATCH", `/api/v1/people/${person.id}`, { body: { role: "manager", owners: [] } });
    expect(personItem.parse(changed.json())).toMatchObject({ role: "manager", owners: [], name: "Ben Ode" });
    expect(sessionView.parse((await sessionOf(cookie)).json()).person).toMatchObject({ role: "manager", owners: [] });
    const [event] = await eventsOf("person.change");
    expect(event).toMatchObject({
      actor: "administrator@example.com",
      subjectKey: "ben@example.com",
      before: { role: "viewer", owners: ["payments"] },
      after: { role: "manager", owners: [] },
      remote: "192.0.2.7",
      requestId: changed.headers.get("x-request-id"),
    });
  });

  it("lose their sessions when they are disabled, ended by an administrator, or given another password", async () => {
    await add(ANA);
    const { person, password } = await add(BEN);
    const base = `/api/v1/people/${person.id}`;
    const first = cookieOf(await signIn(BEN.email, password));
    expect((await api.call("DELETE", `${base}/sessions`)).json()).toEqual({ ended: 1 });
    expect((await sessionOf(first)).status).toBe(401);

    const second = cookieOf(await signIn(BEN.email, password));
    const reset = oneTimePassword.parse((await api.call("POST", `${base}/password`)).json());
    expect((await sessionOf(second)).status).toBe(401);
    expect((await signIn(BEN.email, password)).status).toBe(401);

    const third = cookieOf(await signIn(BEN.email, reset.password));
    expect((await api.call("PATCH", base, { body: { disabled: true } })).status).toBe(200);
    expect((await sessionOf(third)).status).toBe(401);
    expect((await signIn(BEN.email, reset.password)).status).toBe(401);
    expect((await api.call("PATCH", base, { body: { disabled: false } })).status).toBe(200);
    expect((await signIn(BEN.email, reset.password)).status).toBe(201);
  });

  it("always keep one administrator who can sign in", async () => {
    const { person } = await add(ANA);
    const change = (body: object) => api.call("PATCH", `/api/v1/people/${person.id}`, { body });
    expect((await change({ role: "viewer" })).status).toBe(409);
    expect((await change({ disabled: true })).status).toBe(409);
    await add({ ...BEN, role: "administrator" });
    expect((await change({ role: "viewer" })).status).toBe(200);
  });

  it("answer for what is not there and what is not so", async () => {
    expect((await api.call("PATCH", "/api/v1/people/nobody", { body: { name: "X" } })).status).toBe(404);
    expect((await api.call("DELETE", "/api/v1/people/nobody/sessions")).status).toBe(404);
    expect((await api.call("POST", "/api/v1/people/nobody/password")).status).toBe(404);
    const body = { ...BEN, owners: ["no-such-owner"] };
    expect((await api.call("POST", "/api/v1/people", { body })).status).toBe(400);
    expect(peopleList.parse(await api.get("/api/v1/people")).total).toBe(0);
  });

  it("of the role owner carry the ids of their entities", async () => {
    const { password } = await add(BEN);
    const cookie = cookieOf(await signIn(BEN.email, password));
    const { db } = await api.ctx();
    const rows = await db.rows<{ ownerId: number }>(`SELECT owner_id AS "ownerId" FROM person_owner`);
    expect(rows).toEqual([{ ownerId }]);
    expect(sessionView.parse((await sessionOf(cookie)).json()).person.owners).toHaveLength(1);
  });
});

describe("the audit", () => {
  it("is filtered, paged and exported alike", async () => {
    for (const name of ["one", "two", "three"]) await add({ name, email: `${name}@filter.example`, role: "viewer" });
    const page = async (query: string) => auditPage.parse(await api.get(`/api/v1/audit?${query}`));
    const wanted = "action=person.add&subject=filter.example";
    const all = await page(wanted);
    expect(all.items.map(({ subjectKey }) => subjectKey)).toEqual([
      "three@filter.example",
      "two@filter.example",
      "one@filter.example",
    ]);
    const first = await page(`${wanted}&limit=2`);
    const second = await page(`${wanted}&limit=2&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items]).toEqual(all.items);
    expect([first.total, second.nextCursor]).toEqual([3, null]);
    const csv = (await api.call("GET", `/api/v1/audit/export?${wanted}`)).text.trim().split("\r\n");
    expect(csv).toHaveLength(4);
    expect(csv[1]).toContain("three@filter.example");
    expect((await page(`${wanted}&from=2030-01-01`)).total).toBe(0);
    expect((await page(`${wanted}&actor=ADMINISTRATOR&from=2026-11-20&until=2026-11-20`)).total).toBe(3);
    expect((await page("action=person")).total).toBeGreaterThanOrEqual(3);
    expect((await page("action=per")).total).toBe(0);
  });

  it("refuses to be changed or deleted, whoever asks", async () => {
    await add(ANA);
    const { db } = await api.ctx();
    for (const sql of [`UPDATE audit_event SET actor = 'nobody'`, `DELETE FROM audit_event`, `TRUNCATE audit_event`]) {
      await expect(db.execute(sql), sql).rejects.toThrow(/append-only/);
    }
  });

  it("is not for those who only look", async () => {
    for (const role of ["viewer", "owner", "finops"] as const) {
      api.actAs(buildPersonActor({ role }));
      expect((await api.call("GET", "/api/v1/audit")).status).toBe(403);
    }
    api.actAs(NOBODY);
    expect((await api.call("GET", "/api/v1/audit/export")).status).toBe(401);
  });
});
