import { z } from "zod";
import { ENDPOINTS, type Endpoint } from "@/lib/contracts/endpoints";
import { madeKey } from "@/lib/contracts/keys";
import type { Role } from "@/lib/contracts/permissions";
import { type ApiHarness, startApiHarness } from "@/lib/testing/api-harness";
import { NOBODY } from "@/lib/testing/build-actor";
import { type Answer, cookieOf } from "@/lib/testing/call-route";

/** Endpoints that ask for a permission, with their names. */
export const guardedEndpoints: readonly [string, Endpoint][] = Object.entries<Endpoint>(ENDPOINTS).filter(
  ([, { permission }]) => permission !== null,
);

/** The header that presents a key. */
export const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });

/**
 * An API harness with an administrator (ada@example.com) and a person of each other role asked for, all signed in, and the owners `ours` and `theirs`; an
 * owner belongs to `ours`. `start` must have ended before the rest is used.
 */
export function peopleWithKeys(roles: readonly Role[]) {
  let api: ApiHarness;
  const cookies: Partial<Record<Role, string>> = {};
  let made = 0;

  const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    api.call(method, `/api/v1${path}`, { headers, ...(body === undefined ? {} : { body }) });
  const as = (role: Role) => ({ cookie: cookies[role] ?? "" });
  /** The answer of what must succeed. */
  const done = async (answer: Promise<Answer>): Promise<Answer> => {
    const { status, text } = await answer;
    if (status >= 300) throw new Error(`${status}: ${text.slice(0, 500)}`);
    return answer;
  };
  /** Adds somebody, who has the password that came with that: cookies of a session, and the password. */
  const invite = async (email: string, role: Role): Promise<{ cookie: string; password: string }> => {
    const body = { name: `The ${role}`, email, role, owners: role === "owner" ? ["ours"] : [] };
    const added = await done(send("POST", "/people", body, as("administrator")));
    const { password } = z.object({ password: z.string() }).parse(added.json());
    return { cookie: cookieOf(await done(send("POST", "/session", { email, password }))), password };
  };

  return {
    send,
    as,
    invite,
    start: async (): Promise<ApiHarness> => {
      api = await startApiHarness({ brokers: [] });
      api.actAs(NOBODY);
      const { db } = await api.ctx();
      for (const key of ["ours", "theirs"])
        await db.execute(`INSERT INTO owner (key, display_name, created_at) VALUES ($1, $1, now())`, key);
      const ada = { name: "Ada Stone", email: "ada@example.com", password: "Tr0mbone-Lattice" };
      cookies.administrator = cookieOf(await done(send("POST", "/set-up", ada)));
      for (const role of roles.filter((name) => name !== "administrator")) {
        const { cookie, password } = await invite(`${role}@example.com`, role);
        await done(send("POST", "/session/password", { current: password, next: "Cymbal-Gr0ve-77" }, { cookie }));
        cookies[role] = cookie;
      }
      return api;
    },
    /** A key that somebody of a role makes. */
    make: async (body: Record<string, unknown>, role: Role = "administrator"): Promise<z.infer<typeof madeKey>> => {
      made += 1;
      const key = { name: `key ${made}`, expiresInDays: 30, ...body };
      return madeKey.parse((await done(send("POST", "/keys", key, as(role)))).json());
    },
    /** Changes the database behind the product's back; whoever asks is looked up anew. */
    execute: async (sql: string, ...params: unknown[]): Promise<void> => {
      await (await api.ctx()).db.execute(sql, ...params);
      await api.forgetSessions();
    },
    /** Asks an endpoint with ids that nothing has and a body that is none: whoever gets past the door is told so with another status. */
    knock: ({ method, path }: Endpoint, headers: Record<string, string>): Promise<Answer> =>
      send(method, path.replace(/\{\w+\}/g, "999999"), method === "GET" ? undefined : { nothing: "of use" }, headers),
  };
}
