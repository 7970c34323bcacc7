import { type BetterAuthPlugin, betterAuth } from "better-auth";
import { type PrismaConfig, prismaAdapter } from "better-auth/adapters/prisma";
import { APIError, createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { twoFactor } from "better-auth/plugins";
import { z } from "zod";
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from "@/lib/domain/password-rule";
import type { PasswordAnswer, RequestFacts, SessionPerson, WithCookies } from "./authenticator";

/** What better-auth does for us; everything else (routes, permissions, rate limits, audit) is our own. */
export interface AuthEngine {
  /** The session cookie's value as sent; null where there is none. */
  sessionCookie(request: RequestFacts): string | null;
  session(request: RequestFacts): Promise<Omit<SessionPerson, "ownerIds" | "issuer"> | null>;
  signIn(request: RequestFacts, credentials: { email: string; password: string }): Promise<PasswordAnswer | null>;
  secondFactor: SecondFactorEngine;
  /** Null for somebody who is disabled. */
  openSession(request: RequestFacts, personId: string): Promise<WithCookies | null>;
  signOut(request: RequestFacts): Promise<WithCookies>;
  hashPassword(password: string): Promise<string>;
  verifyPassword(password: string, hash: string): Promise<boolean>;
}

/** The second factor of local accounts; every answer is null where better-auth refused. */
export interface SecondFactorEngine {
  /** Whose sign-in waits for a code, by the request's cookie. */
  waiting(request: RequestFacts): Promise<string | null>;
  /** Ends a sign-in that waits. */
  finish(
    request: RequestFacts,
    given: { code: string; backup: boolean },
  ): Promise<(WithCookies & { personId: string }) | null>;
  /** Begins to set it up; it counts once confirmed. */
  setUp(request: RequestFacts, password: string): Promise<{ uri: string; backupCodes: string[] } | null>;
  /** The first code: from now on it is asked for. The session goes on under another cookie. */
  confirm(request: RequestFacts, code: string): Promise<WithCookies | null>;
  /** Takes it away; the session goes on under another cookie. */
  remove(request: RequestFacts, password: string): Promise<WithCookies | null>;
}

/** A Prisma client, handed in by the composition root: adapters do not know one another. */
export type AuthStore = Parameters<typeof prismaAdapter>[0];

export interface EngineOptions {
  store: AuthStore;
  secret: string;
  /** Part of the cookies' name: browsers send cookies to every port of a host, and two servers of one machine must not sign each other out. */
  port: number;
  sessionSeconds: number;
}

const found = z.object({
  session: z.object({ id: z.string(), expiresAt: z.date() }),
  user: z.object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: z.string(),
    mustChangePassword: z.boolean(),
    disabledAt: z.date().nullish(),
  }),
});

/** The answer to a password: the person, or that a code is wanted. */
const signedIn = z.looseObject({
  user: z.looseObject({ id: z.string() }).optional(),
  twoFactorRedirect: z.boolean().optional(),
});

/** A session and its person by one query. Typed as nothing in particular: with it in its options, better-auth's types lose the plugins' calls. */
const JOINS: object = { experimental: { joins: true } };
const PROVIDER: PrismaConfig = { provider: "postgresql" };

/** Two instances that differ in their cookies: with the `__Secure-` prefix over TLS, without on the loopback address. */
export function createBetterAuthEngine(options: EngineOptions): AuthEngine {
  const plain = instance(options, false);
  const secure = instance(options, true);
  const of = ({ secure: tls }: RequestFacts) => (tls ? secure : plain);
  const headersOf = (request: RequestFacts): Headers => {
    const headers = new Headers();
    if (request.cookie) headers.set("cookie", request.cookie);
    if (request.userAgent) headers.set("user-agent", request.userAgent);
    if (request.remote) headers.set("x-forwarded-for", request.remote);
    return headers;
  };
  const plainName = cookieName(options.port);
  const secureName = `__Secure-${plainName}`;
  const ofSession = ({ cookie }: RequestFacts) => (cookieOf(cookie, secureName) === null ? plain : secure);
  return {
    // A browser that sends the prefixed cookie got it over TLS, whatever the present request looks like from here.
    sessionCookie: ({ cookie }) => cookieOf(cookie, secureName) ?? cookieOf(cookie, plainName),
    session: async (request) => {
      const answer = await ofSession(request).api.getSession({
        headers: headersOf(request),
        query: { disableRefresh: true },
      });
      if (!answer) return null;
      const { session, user } = found.parse(answer);
      return {
        id: user.id,
        email: user.email,
        name: user.name,
        role: user.role,
        mustChangePassword: user.mustChangePassword,
        disabled: Boolean(user.disabledAt),
        sessionId: session.id,
        expiresAt: session.expiresAt,
      };
    },
    signIn: (request, { email, password }) =>
      orRefused(async () => {
        const { headers, response } = await of(request).api.signInEmail({
          body: { email, password },
          headers: headersOf(request),
          returnHeaders: true,
        });
        const answer = signedIn.parse(response);
        const cookies = headers.getSetCookie();
        return answer.twoFactorRedirect ? { cookies, personId: null } : { cookies, personId: answer.user?.id ?? null };
      }),
    secondFactor: {
      waiting: async (request) => {
        const name = `mq-steward-${options.port}.two_factor`;
        const value = cookieOf(request.cookie, `__Secure-${name}`) ?? cookieOf(request.cookie, name);
        if (value === null) return null;
        const identifier = decoded(value).split(".")[0] ?? "";
        const { internalAdapter } = await plain.$context;
        return (await internalAdapter.findVerificationValue(identifier))?.value ?? null;
      },
      finish: (request, { code, backup }) =>
        orRefused(async () => {
          const call = { body: { code }, headers: headersOf(request), returnHeaders: true } as const;
          const { api } = of(request);
          const { headers, response } = backup ? await api.verifyBackupCode(call) : await api.verifyTOTP(call);
          const { user } = signedIn.parse(response);
          return user ? { cookies: headers.getSetCookie(), personId: user.id } : null;
        }),
      setUp: (request, password) =>
        orRefused(async () => {
          const answer = await ofSession(request).api.enableTwoFactor({
            body: { password },
            headers: headersOf(request),
          });
          return z
            .looseObject({ totpURI: z.string(), backupCodes: z.array(z.string()) })
            .transform(({ totpURI, backupCodes }) => ({ uri: totpURI, backupCodes }))
            .parse(answer);
        }),
      confirm: (request, code) =>
        orRefused(async () => {
          const call = { body: { code }, headers: headersOf(request), returnHeaders: true } as const;
          const { headers } = await ofSession(request).api.verifyTOTP(call);
          return { cookies: headers.getSetCookie() };
        }),
      remove: (request, password) =>
        orRefused(async () => {
          const call = { body: { password }, headers: headersOf(request), returnHeaders: true } as const;
          const { headers } = await ofSession(request).api.disableTwoFactor(call);
          return { cookies: headers.getSetCookie() };
        }),
    },
    openSession: (request, personId) =>
      orRefused(async () => {
        const call = { body: { personId }, headers: headersOf(request), returnHeaders: true } as const;
        const { headers } = await of(request).api.openSession(call);
        return { cookies: headers.getSetCookie() };
      }),
    signOut: async (request) => {
      const cookies: string[] = [];
      for (const [name, server] of [
        [plainName, plain],
        [secureName, secure],
      ] as const) {
        if (cookieOf(request.cookie, name) === null) continue;
        const { headers } = await server.api.signOut({ headers: headersOf(request), returnHeaders: true });
        cookies.push(...headers.getSetCookie());
      }
      return { cookies };
    },
    hashPassword: async (password) => (await plain.$context).password.hash(password),
    verifyPassword: async (password, hash) => (await plain.$context).password.verify({ password, hash }),
  };
}

/** A session without a password, for whoever proved who he is at a provider. It has no address: only we call it, in process. */
const SESSION_OPENER = {
  id: "session-opener",
  endpoints: {
    openSession: createAuthEndpoint.serverOnly(
      { method: "POST", body: z.object({ personId: z.string() }) },
      async (call) => {
        const { internalAdapter } = call.context;
        const user = await internalAdapter.findUserById(call.body.personId);
        const session = user && (await internalAdapter.createSession(user.id));
        if (!user || !session) throw new APIError("UNAUTHORIZED");
        await setSessionCookie(call, { session, user });
        return call.json({ opened: true });
      },
    ),
  },
} satisfies BetterAuthPlugin;

function instance({ store, secret, port, sessionSeconds }: EngineOptions, secure: boolean) {
  return betterAuth({
    ...JOINS,
    appName: "MQ Steward",
    // Only our own routes call it, in process; it makes no addresses and serves none.
    baseURL: "http://127.0.0.1",
    secret,
    database: prismaAdapter(store, PROVIDER),
    logger: { disabled: true },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_MIN_LENGTH,
      maxPasswordLength: PASSWORD_MAX_LENGTH,
    },
    user: {
      modelName: "person",
      additionalFields: {
        role: { type: "string", input: false },
        mustChangePassword: { type: "boolean", input: false, defaultValue: false },
        disabledAt: { type: "date", input: false, required: false },
        lastSignInAt: { type: "date", input: false, required: false },
      },
    },
    session: { modelName: "personSession", expiresIn: sessionSeconds, disableSessionRefresh: true },
    account: { modelName: "personCredential" },
    verification: { modelName: "personVerification" },
    advanced: {
      cookiePrefix: `mq-steward-${port}`,
      useSecureCookies: secure,
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax", path: "/" },
      ipAddress: { ipAddressHeaders: ["x-forwarded-for"] },
    },
    plugins: [
      SESSION_OPENER,
      twoFactor({ issuer: "MQ Steward", schema: { twoFactor: { modelName: "personSecondFactor" } } }),
    ],
    databaseHooks: {
      session: {
        create: {
          before: async ({ userId }, context) => {
            const person = await context?.context.internalAdapter.findUserById(userId);
            const { disabledAt } = z.looseObject({ disabledAt: z.date().nullish() }).parse(person ?? {});
            return disabledAt ? false : undefined;
          },
        },
      },
    },
  });
}

/** Name of the session cookie without TLS. */
export function cookieName(port: number): string {
  return `mq-steward-${port}.session_token`;
}

/** A cookie's value; empty where it is not encoded as one of ours. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return "";
  }
}

function cookieOf(header: string | null, name: string): string | null {
  for (const part of (header ?? "").split(";")) {
    const [key, ...value] = part.trim().split("=");
    if (key === name) return value.join("=") || null;
  }
  return null;
}

/** The answer, or null where better-auth refused. */
async function orRefused<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

/** Whether better-auth refused the credentials, as against failing. */
function isRefusal(error: unknown): boolean {
  const status = z.looseObject({ statusCode: z.number() }).safeParse(error);
  return status.success && status.data.statusCode >= 400 && status.data.statusCode < 500;
}
