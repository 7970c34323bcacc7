import { createOTP } from "@better-auth/utils/otp";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditPage } from "@/lib/contracts/audit";
import { peopleList, secondFactorSetUp, secondFactorState, signedIn } from "@/lib/contracts/people";
import { type ApiHarness, startApiHarness } from "@/lib/testing/api-harness";
import { NOBODY } from "@/lib/testing/build-actor";
import { type Answer, cookieOf } from "@/lib/testing/call-route";

const ADA = { name: "Ada Stone", email: "ada@example.com", password: "Tr0mbone-Lattice" };

let api: ApiHarness;
let cookie: string;

beforeAll(async () => {
  api = await startApiHarness({ brokers: [] });
  api.actAs(NOBODY);
}, 60_000);
afterAll(() => api.close());
beforeEach(async () => {
  const { db } = await api.ctx();
  await db.execute(`DELETE FROM person`);
  await db.execute(`DELETE FROM sign_in_attempt`);
  cookie = cookieOf(await send("POST", "/set-up", ADA));
});

const send = (method: string, path: string, body?: unknown, cookies = ""): Promise<Answer> =>
  api.call(method, `/api/v1${path}`, {
    headers: cookies ? { cookie: cookies } : {},
    ...(body === undefined ? {} : { body }),
  });
const secretOf = (uri: string) => new URL(uri).searchParams.get("secret") ?? "";
/** The code of an authenticator app: it decodes the base32 of the address. */
async function codeOf(uri: string): Promise<string> {
  const { base32 } = await import("@better-auth/utils/base32");
  return createOTP(new TextDecoder().decode(base32.decode(secretOf(uri)))).totp();
}
const session = async (cookies: string) => (await send("GET", "/session", undefined, cookies)).status;
const signIn = () => send("POST", "/session", { email: ADA.email, password: ADA.password });

async function enable() {
  const made = await send("POST", "/session/second-factor/set-up", { password: ADA.password }, cookie);
  expect(made.status, made.text).toBe(200);
  const { uri, backupCodes } = secondFactorSetUp.parse(made.json());
  const confirmed = await send("POST", "/session/second-factor/confirm", { code: await codeOf(uri) }, cookie);
  expect(confirmed.status, confirmed.text).toBe(200);
  expect(secondFactorState.parse(confirmed.json()).enabled).toBe(true);
  cookie = cookieOf(confirmed);
  return { uri, backupCodes };
}

describe("a second factor", () => {
  it("is asked for once it is confirmed; the password alone opens nothing", async () => {
    const { uri } = await enable();
    expect(await session(cookie), "the session goes on").toBe(200);
    const first = await signIn();
    expect(signedIn.parse(first.json())).toMatchObject({ secondFactor: true, name: "" });
    const pending = cookieOf(first);
    expect([await session(pending), (await send("GET", "/brokers", undefined, pending)).status]).toEqual([401, 401]);
    const wrong = await send("POST", "/session/second-factor", { code: "000000" }, pending);
    expect(wrong.status).toBe(401);
    const code = await codeOf(uri);
    const second = await send("POST", "/session/second-factor", { code }, pending);
    expect(signedIn.parse(second.json())).toMatchObject({ secondFactor: false, name: ADA.name });
    expect(await session(cookieOf(second))).toBe(200);
    expect((await send("POST", "/session/second-factor", { code }, pending)).status, "finished once").toBe(401);
    const another = cookieOf(await signIn());
    expect((await send("POST", "/session/second-factor", { code }, another)).status, "a code is good once").toBe(401);
    const { items } = auditPage.parse((await send("GET", "/audit?subject=ada", undefined, cookie)).json());
    expect(items.slice(0, 4).map(({ action }) => action)).toEqual([
      "session.refused",
      "session.sign-in",
      "session.refused",
      "person.second-factor",
    ]);
  });

  it("takes each backup code once", async () => {
    const { backupCodes } = await enable();
    const [code = ""] = backupCodes;
    const use = async () => {
      const pending = cookieOf(await signIn());
      return (await send("POST", "/session/second-factor", { code, backup: true }, pending)).status;
    };
    expect([await use(), await use()]).toEqual([201, 401]);
  });

  it("needs the first step: a code without a password, or with somebody's made-up cookie, opens nothing", async () => {
    const { uri } = await enable();
    const code = await codeOf(uri);
    expect((await send("POST", "/session/second-factor", { code })).status).toBe(401);
    expect((await send("POST", "/session/second-factor", { code }, "mq-steward-3000.two_factor=2fa-x.y")).status).toBe(
      401,
    );
  });

  it("limits wrong codes, over several sign-ins too", async () => {
    const { uri } = await enable();
    const statuses: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const pending = cookieOf(await signIn());
      for (let attempt = 0; attempt < 5; attempt += 1)
        statuses.push((await send("POST", "/session/second-factor", { code: "000000" }, pending)).status);
    }
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401));
    expect(statuses.slice(10)).toEqual(Array(5).fill(429));
    const pending = cookieOf(await signIn());
    expect((await send("POST", "/session/second-factor", { code: await codeOf(uri) }, pending)).status).toBe(429);
  });

  it("is set up and taken away with the password alone, ends other sessions, and is kept encrypted", async () => {
    const other = cookieOf(await signIn());
    const wrong = await send("POST", "/session/second-factor/set-up", { password: "Wr0ng-password-x" }, cookie);
    expect(wrong.status).toBe(400);
    const begun = await send("POST", "/session/second-factor/set-up", { password: ADA.password }, cookie);
    expect(signedIn.parse((await signIn()).json()).secondFactor, "not before it is confirmed").toBe(false);
    expect((await send("POST", "/session/second-factor/confirm", { code: "000000" }, cookie)).status).toBe(400);
    expect(begun.status).toBe(200);
    const { uri, backupCodes } = await enable();
    await api.forgetSessions();
    expect([await session(other), await session(cookie)]).toEqual([401, 200]);
    const rows = JSON.stringify(await (await api.ctx()).db.rows("SELECT * FROM person_second_factor"));
    for (const secret of [secretOf(uri), ...backupCodes]) expect(rows).not.toContain(secret);
    expect((await send("POST", "/session/second-factor/set-up", { password: ADA.password }, cookie)).status).toBe(409);
    expect((await send("POST", "/session/second-factor/remove", { password: "Wr0ng-password-x" }, cookie)).status).toBe(
      400,
    );
    const removed = await send("POST", "/session/second-factor/remove", { password: ADA.password }, cookie);
    expect(secondFactorState.parse(removed.json()).enabled).toBe(false);
    expect(signedIn.parse((await signIn()).json()).secondFactor).toBe(false);
  });

  it("is taken away by an administrator from somebody who lost it, and his sessions end", async () => {
    await enable();
    const { items } = peopleList.parse((await send("GET", "/people", undefined, cookie)).json());
    const [ada] = items;
    expect(ada?.secondFactor).toBe(true);
    const reset = await send("DELETE", `/people/${ada?.id}/second-factor`, undefined, cookie);
    expect(reset.status, reset.text).toBe(200);
    expect(await session(cookie)).toBe(401);
    expect(signedIn.parse((await signIn()).json()).secondFactor).toBe(false);
  });
});
