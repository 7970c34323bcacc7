import { setFlagsFromString } from "node:v8";
import { type Logger, pino } from "pino";
import {
  type Authenticator,
  createAuthenticator,
  type RequestFacts,
  requestFactsOf,
  SESSION_SECONDS,
  type SessionPerson,
} from "@/lib/auth/authenticator";
import type { AuthEngine } from "@/lib/auth/better-auth-engine";
import { createKeyHolders } from "@/lib/auth/key-holder";
import { sessionSecret } from "@/lib/auth/session-secret";
import type { SingleSignOn } from "@/lib/auth/single-sign-on";
import { createGateway, type GatewayOptions } from "@/lib/aws/create-gateway";
import type { AwsGateway } from "@/lib/aws/gateway";
import type { EndpointName } from "@/lib/contracts/endpoints";
import { isKeyKind, NARROW_KEYS } from "@/lib/contracts/keys";
import { isRole, permissionsOf, permissionsOfKey } from "@/lib/contracts/permissions";
import { findPresentedKey, noteKeyUse } from "@/lib/db/api-key-store";
import { type Database, openDatabase } from "@/lib/db/client";
import { readBusinessInstant } from "@/lib/db/clock-store";
import { CONNECTION_BUDGET } from "@/lib/db/connection-budget";
import { standingOf } from "@/lib/db/person-store";
import { attemptsOf, countAttempt } from "@/lib/db/sign-in-attempt-store";
import { type BusinessClock, systemClock, type WallClock, wallClock } from "@/lib/domain/clock";
import { AppError } from "@/lib/domain/errors";
import type { PresentedKey } from "@/lib/domain/presented-key";
import { env, requireDatabaseUrl, type SingleSignOnSettings } from "@/lib/env";
import { createGraphileQueue } from "@/lib/jobs/graphile-queue";
import type { JobQueue } from "@/lib/jobs/queue";
import type { Actor, Ctx, KeyActor, Nobody, PersonActor, ProductActor, WebCtx } from "@/lib/services/ctx";

/** Everything a process holds for its whole life: pools, AWS clients, clocks, log. */
export interface Composition {
  readonly databaseUrl: string;
  readonly log: Logger;
  /** A ctx for one request, job or command. In demo and test mode its business clock is at most `CLOCK_CACHE_MS` behind the row. */
  ctx(who: { actor: Actor; requestId?: string | null }): Promise<Ctx>;
  /** Local accounts; nothing of it is loaded before it is asked. */
  auth(): Authenticator;
  /**
   * Who asks: the key that the request brings, else the person of its session, or nobody. A request with a key is judged by the key alone: one that is
   * not good is refused (unauthenticated, rate-limited), whatever cookies come with it. Keys open routes of the API (`use`), no pages.
   */
  actorOf(request: RequestFacts, use?: KeyUse): Promise<PersonActor | KeyActor | Nobody>;
  /** Forgets sessions and keys that were looked up, of this process. */
  forgetActors(): void;
  close(): Promise<void>;
}

/** The route that a key is presented to. */
export interface KeyUse {
  endpoint: EndpointName;
  /** The token of the address, where the route takes one. */
  token: string | null;
}

export interface CompositionOptions {
  /** Names the process in the log. */
  process: "web" | "worker" | "sync" | "demo-history";
  databaseUrl?: string;
  maxConnections: number;
  /** Instead of the one that the mode asks for: the demo's history moves its own. */
  clock?: BusinessClock;
  gateway?: Partial<GatewayOptions>;
  /** Signs sessions, instead of the configured or kept secret. */
  secret?: string;
  /** Single sign-on, instead of the configured one. */
  singleSignOn?: SingleSignOnSettings;
  log?: Logger;
  /** Command lines keep standard output for their answer. */
  logTo?: "stdout" | "stderr";
}

/** The window in which wrong keys are counted. */
const KEY_FAILURES_MS = 15 * 60_000;
const CLOCK_CACHE_MS = 250;
/** No statement of a request takes a tenth of this, but where the database hangs. What the worker does may take minutes. */
const REQUEST_WAITS_MS = 20_000;

const NOBODY: Nobody = { kind: "nobody", name: "nobody", permissions: new Set() };
export const systemActor = (part: string): ProductActor => ({
  kind: "system",
  name: `system:${part}`,
  permissions: "all",
});
export const COMMAND_LINE_ACTOR: ProductActor = { kind: "command-line", name: "command-line", permissions: "all" };

/**
 * What a sync reads and writes is garbage a moment later, and V8 by itself lets it pile up to gigabytes where the machine has them. So the heap may grow by
 * this share of what is alive: a little more collecting, less than half the memory.
 */
const HEAP_GROWTH_PERCENT = 60;

/** Builds a process's composition. The caller closes it. Throws an EnvError where settings cannot be used. */
export function createComposition(options: CompositionOptions): Composition {
  const settings = env();
  if (options.process !== "web") setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH_PERCENT}`);
  const databaseUrl = options.databaseUrl ?? requireDatabaseUrl(settings);
  const log =
    options.log ??
    pino(
      { level: settings.logLevel, base: { process: options.process, pid: process.pid }, redact: ["*.externalId"] },
      pino.destination(options.logTo === "stderr" ? 2 : 1),
    );
  const db = openDatabase({
    url: databaseUrl,
    maxConnections: options.maxConnections,
    ...(options.process === "web" ? { answerWithinMs: REQUEST_WAITS_MS } : {}),
  });
  const aws: AwsGateway = createGateway({ wall: wallClock, log, ...options.gateway });
  const queue: JobQueue = createGraphileQueue(db);
  const clock = options.clock
    ? fixedSource(options.clock)
    : settings.mode === "production"
      ? fixedSource(systemClock)
      : followRow(db, wallClock, log);
  let authenticator: Authenticator | undefined;
  const auth = (): Authenticator => {
    const secret = options.secret ?? sessionSecret(settings);
    let engine: Promise<AuthEngine> | undefined;
    let singleSignOn: Promise<SingleSignOn | null> | undefined;
    authenticator ??= createAuthenticator({
      engine: () => {
        engine ??= import("@/lib/auth/better-auth-engine").then(({ createBetterAuthEngine }) =>
          createBetterAuthEngine({ store: db.prisma, secret, port: settings.port, sessionSeconds: SESSION_SECONDS }),
        );
        return engine;
      },
      secret,
      wall: wallClock,
      standingOf: (personId) => standingOf(db, personId),
      singleSignOn: () => {
        const configured = options.singleSignOn ?? settings.singleSignOn;
        singleSignOn ??= configured
          ? import("@/lib/auth/single-sign-on").then(({ createSingleSignOn }) =>
              createSingleSignOn(configured, wallClock),
            )
          : Promise.resolve(null);
        return singleSignOn;
      },
    });
    return authenticator;
  };
  const failureKey = (remote: string | null, id: string | null) => `key:${remote ?? "unknown"}:${id ?? ""}`;
  const window = () => ({ now: wallClock.now(), windowMs: KEY_FAILURES_MS });
  const keys = createKeyHolders({
    wall: wallClock,
    store: {
      find: (id) => findPresentedKey(db, id),
      noteUse: (id, at, remote) => noteKeyUse(db, id, at, remote),
      failures: (remote, id) => attemptsOf(db, failureKey(remote, id), window()),
      countFailure: (remote, id) => countAttempt(db, failureKey(remote, id), window()),
    },
  });
  return {
    databaseUrl,
    log,
    auth,
    forgetActors: () => {
      keys.forget();
      authenticator?.forget();
    },
    actorOf: async (request, use) => {
      const presented = use ? (request.key ?? use.token) : null;
      if (use && presented !== null) {
        return keyActor(await keys.holderOf(presented, request.remote), request, use);
      }
      const person = await auth().personOf(request);
      return person ? personActor(person, request.remote) : NOBODY;
    },
    ctx: async ({ actor, requestId = null }) => ({
      clock: await clock(),
      wall: wallClock,
      db,
      aws,
      queue,
      log: requestId === null ? log : log.child({ requestId }),
      actor,
      requestId,
    }),
    close: async () => {
      aws.close();
      await db.close();
    },
  };
}

type ClockSource = () => Promise<BusinessClock>;

function fixedSource(clock: BusinessClock): ClockSource {
  return async () => clock;
}

/**
 * The business clock of demo and test mode: it shows the instant of the row, or runs with the machine where there is none. Asked for before each
 * request; while a long one runs it is refreshed behind its back.
 */
function followRow(db: Database, wall: WallClock, log: Logger): ClockSource {
  let instant: Date | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | null = null;
  const refresh = (): Promise<void> => {
    reading ??= readBusinessInstant(db)
      .then((row) => {
        instant = row;
        readAt = wall.monotonicMs();
      })
      .catch((error: unknown) => {
        // The database is away: the request itself will say so better.
        log.warn({ err: error }, "the business clock could not be read");
      })
      .finally(() => {
        reading = null;
      });
    return reading;
  };
  const isOld = (): boolean => wall.monotonicMs() - readAt > CLOCK_CACHE_MS;
  const clock: BusinessClock = {
    kind: "business",
    now: () => {
      if (isOld()) void refresh();
      return instant ? new Date(instant) : systemClock.now();
    },
  };
  return async () => {
    if (isOld()) await refresh();
    return clock;
  };
}

/** What getCtx needs of a request. */
interface WebRequest {
  requestId: string;
  headers: { get(name: string): string | null };
  /** The route of the API; absent for pages, which keys do not open. */
  use?: KeyUse;
}

/** Next loads one module several times in one process; the composition must exist once. Tests of routes put their own here. */
export const WEB_COMPOSITION = Symbol.for("mq-steward.composition");

function webComposition(): Composition {
  const holder = globalThis as typeof globalThis & { [WEB_COMPOSITION]?: Composition };
  holder[WEB_COMPOSITION] ??= createComposition({ process: "web", maxConnections: CONNECTION_BUDGET.web });
  return holder[WEB_COMPOSITION];
}

function personActor(person: SessionPerson, remote: string | null): PersonActor | Nobody {
  const { id, email, name, role, ownerIds, issuer, mustChangePassword, sessionId } = person;
  // A role of another version of the program gives no rights.
  if (!isRole(role)) return NOBODY;
  return {
    kind: "person",
    id,
    name: email,
    displayName: name,
    role,
    permissions: mustChangePassword ? new Set() : permissionsOf(role),
    ownerIds,
    issuer,
    remote,
    mustChangePassword,
    sessionId,
    sessionExpiresAt: person.expiresAt,
  };
}

/** What a key may do here. Throws forbidden for a narrow token anywhere but at its address, and for an API key in an address, where logs would keep it. */
function keyActor(key: PresentedKey, request: RequestFacts, use: KeyUse): KeyActor {
  const { id, name, role, query, creator } = key;
  if (!isKeyKind(key.kind) || !isRole(creator.role)) throw new AppError("unauthenticated", "There is no such key.");
  const shared = { kind: "key" as const, id, name: `key ${name}`, remote: request.remote, query };
  if (key.kind !== "api") {
    const { endpoint, permission } = NARROW_KEYS[key.kind];
    if (use.endpoint !== endpoint) throw new AppError("forbidden", "This token opens one address, and not this one.");
    const held = permissionsOf(creator.role).has(permission);
    return { ...shared, role: "viewer", permissions: new Set(held ? [permission] : []), ownerIds: [] };
  }
  if (request.key === null) {
    throw new AppError("forbidden", "An API key belongs into the header Authorization: addresses end up in logs.");
  }
  if (role === null || !isRole(role)) throw new AppError("unauthenticated", "There is no such key.");
  const permissions = permissionsOfKey(role, creator.role);
  if (creator.role !== "owner") return { ...shared, role, permissions, ownerIds: key.ownerIds };
  // Whoever has become an owner since is limited to his own entities, and so is his key, whatever its role.
  return {
    ...shared,
    role: "owner",
    permissions,
    ownerIds: key.ownerIds.filter((ownerId) => creator.ownerIds.includes(ownerId)),
  };
}

/** The ctx of a request to the web process: its key or session decides who acts. */
export async function getCtx({ requestId, headers, use }: WebRequest): Promise<WebCtx> {
  const composition = webComposition();
  const request = requestFactsOf(headers);
  const actor = await composition.actorOf(request, use);
  const ctx = await composition.ctx({ actor, requestId });
  return {
    ...ctx,
    request,
    get auth() {
      return composition.auth();
    },
    forgetActors: () => composition.forgetActors(),
  };
}
