import { createHash, timingSafeEqual } from "node:crypto";
import { isIP } from "node:net";
import { LRUCache } from "lru-cache";
import type { WallClock } from "@/lib/domain/clock";
import { AppError } from "@/lib/domain/errors";
import { PEER_HEADER } from "@/lib/domain/peer-header";
import { bearerKey } from "./api-key";
import type { AuthEngine, SecondFactorEngine } from "./better-auth-engine";
import type { SingleSignOn } from "./single-sign-on";

/** How long a session lasts, in seconds. Nothing prolongs it: a stolen cookie is worth a working day at most. */
export const SESSION_SECONDS = 12 * 3600;
/** For so long a looked-up session is believed; a session that was ended is refused after that at the latest. */
const CACHE_MS = 3_000;
const CACHED_SESSIONS = 5_000;

/** What of a request sign-in looks at. */
export interface RequestFacts {
  cookie: string | null;
  /** Key of the API that the request brings; null without one. What other schemes and programs put into Authorization is not ours to judge. */
  key: string | null;
  userAgent: string | null;
  /** Network address of the browser; null where it is not known. */
  remote: string | null;
  /** Whether the browser speaks TLS, as far as it or a proxy in front says so. */
  secure: boolean;
  /** Host name (without port) that the browser asked for. */
  hostname: string;
  /** The same with its port, as asked for. */
  host: string;
}

/** A person as a session leads to him. */
export interface SessionPerson {
  id: string;
  email: string;
  name: string;
  role: string;
  mustChangePassword: boolean;
  disabled: boolean;
  ownerIds: readonly number[];
  /** The provider he signs in at; null for a local account. */
  issuer: string | null;
  sessionId: string;
  expiresAt: Date;
}

/** Answer of sign-in and sign-out: the cookies to set. */
export interface WithCookies {
  cookies: readonly string[];
}

/** Answer to a password that is right; without a person a code is wanted, too. */
export type PasswordAnswer = WithCookies & { personId: string | null };

/** Local accounts with sessions: who asks, signing in and out, passwords. */
export interface Authenticator {
  /** Whose session the cookie names; null without a valid one. At most a few seconds behind the database. */
  personOf(request: RequestFacts): Promise<SessionPerson | null>;
  /** Opens a session. Null when address or password is wrong; the time taken does not tell which. */
  signIn(request: RequestFacts, credentials: { email: string; password: string }): Promise<PasswordAnswer | null>;
  /** The second factor of local accounts. */
  secondFactor(): Promise<SecondFactorEngine>;
  /** Opens a session for somebody who has proved who he is elsewhere; null for one who is disabled. Throws forbidden over plain HTTP from elsewhere. */
  openSession(request: RequestFacts, personId: string): Promise<WithCookies | null>;
  /** Single sign-on; null where none is configured. */
  singleSignOn(): Promise<SingleSignOn | null>;
  /** Ends the session of the cookie. */
  signOut(request: RequestFacts): Promise<WithCookies>;
  hashPassword(password: string): Promise<string>;
  verifyPassword(password: string, hash: string): Promise<boolean>;
  /** Passwords and proofs derived from the secret, e.g. the demo accounts'. */
  derive(purpose: string): string;
  /** Whether a text is the configured secret. */
  isSecret(text: string): boolean;
  /** Forgets what was looked up, of this process: sessions of a person have ended or his rights have changed. */
  forget(): void;
}

export interface AuthenticatorOptions {
  engine: () => Promise<AuthEngine>;
  secret: string;
  wall: WallClock;
  /** The rest of a person that the engine's own tables do not hold. */
  standingOf: (personId: string) => Promise<Pick<SessionPerson, "ownerIds" | "issuer">>;
  singleSignOn: () => Promise<SingleSignOn | null>;
}

/** Sign-in on top of better-auth, with a short cache of sessions in front. */
export function createAuthenticator({
  engine,
  secret,
  wall,
  standingOf,
  singleSignOn,
}: AuthenticatorOptions): Authenticator {
  const cache = new LRUCache<string, { person: SessionPerson | null; until: number }>({ max: CACHED_SESSIONS });
  const derive = (purpose: string): string => createHash("sha256").update(`${purpose}\n${secret}`).digest("base64url");

  async function lookUp(request: RequestFacts): Promise<SessionPerson | null> {
    const found = await (await engine()).session(request);
    if (!found || found.disabled) return null;
    return { ...found, ...(await standingOf(found.id)) };
  }

  return {
    personOf: async (request) => {
      const key = (await engine()).sessionCookie(request);
      if (key === null) return null;
      const now = wall.monotonicMs();
      const cached = cache.get(key);
      const known = cached && cached.until > now ? cached.person : await lookUp(request);
      if (known !== cached?.person) cache.set(key, { person: known, until: now + CACHE_MS });
      return known && known.expiresAt > wall.now() ? known : null;
    },
    signIn: async (request, credentials) => {
      assertPrivate(request);
      return (await engine()).signIn(request, credentials);
    },
    openSession: async (request, personId) => {
      assertPrivate(request);
      return (await engine()).openSession(request, personId);
    },
    singleSignOn,
    secondFactor: async () => (await engine()).secondFactor,
    signOut: async (request) => {
      const done = await (await engine()).signOut(request);
      cache.clear();
      return done;
    },
    hashPassword: async (password) => (await engine()).hashPassword(password),
    verifyPassword: async (password, hash) => (await engine()).verifyPassword(password, hash),
    derive,
    isSecret: (text) =>
      timingSafeEqual(createHash("sha256").update(text).digest(), createHash("sha256").update(secret).digest()),
    forget: () => cache.clear(),
  };
}

function assertPrivate(request: RequestFacts): void {
  if (request.secure || isLoopbackName(request.hostname)) return;
  throw new AppError(
    "forbidden",
    "Signing in over plain HTTP works on this machine's own address alone: elsewhere password and session could be read on the way. Put a proxy with TLS in front.",
  );
}

export function isLoopbackName(name: string): boolean {
  return name === "localhost" || name === "[::1]" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}

/**
 * What sign-in looks at, of a request's headers. The address is the connection's; where the connection comes from this very machine (a proxy in
 * front), the last address that the proxy added is believed instead.
 */
export function requestFactsOf(headers: { get(name: string): string | null }): RequestFacts {
  const peer = plainAddress(headers.get(PEER_HEADER));
  const forwarded = plainAddress(headers.get("x-forwarded-for")?.split(",").at(-1) ?? null);
  const local = peer === null || isLoopbackName(peer);
  const origin = headers.get("origin");
  const protocol = local ? headers.get("x-forwarded-proto")?.split(",").at(-1)?.trim() : undefined;
  const host = (headers.get("host") ?? "").toLowerCase();
  return {
    cookie: headers.get("cookie"),
    key: bearerKey(headers.get("authorization")),
    userAgent: headers.get("user-agent"),
    remote: local ? (forwarded ?? peer) : peer,
    secure: protocol === "https" || (origin?.startsWith("https://") ?? false),
    hostname: host.replace(/:\d+$/, ""),
    host,
  };
}

function plainAddress(text: string | null): string | null {
  const bare = (text ?? "").trim().replace(/^::ffff:/, "");
  return isIP(bare) === 0 ? null : bare;
}
