import { type Logger, pino } from "pino";
import { createGateway, type GatewayOptions } from "@/lib/aws/create-gateway";
import type { AwsGateway } from "@/lib/aws/gateway";
import { type Database, openDatabase } from "@/lib/db/client";
import { readBusinessInstant } from "@/lib/db/clock-store";
import { CONNECTION_BUDGET } from "@/lib/db/connection-budget";
import { type BusinessClock, systemClock, type WallClock, wallClock } from "@/lib/domain/clock";
import { env, requireDatabaseUrl } from "@/lib/env";
import { createGraphileQueue } from "@/lib/jobs/graphile-queue";
import type { JobQueue } from "@/lib/jobs/queue";
import type { Actor, Ctx } from "@/lib/services/ctx";

/** Everything a process holds for its whole life: pools, AWS clients, clocks, log. */
export interface Composition {
  readonly databaseUrl: string;
  readonly log: Logger;
  /** A ctx for one request, job or command. In demo and test mode its business clock is at most `CLOCK_CACHE_MS` behind the row. */
  ctx(who: { actor: Actor; requestId?: string | null }): Promise<Ctx>;
  close(): Promise<void>;
}

export interface CompositionOptions {
  /** Names the process in the log. */
  process: "web" | "worker" | "sync" | "demo-history";
  databaseUrl?: string;
  maxConnections: number;
  /** Instead of the one that the mode asks for: the demo's history moves its own. */
  clock?: BusinessClock;
  gateway?: Partial<GatewayOptions>;
  log?: Logger;
  /** Command lines keep standard output for their answer. */
  logTo?: "stdout" | "stderr";
}

const CLOCK_CACHE_MS = 250;
/** No statement of a request takes a tenth of this, but where the database hangs. What the worker does may take minutes. */
const REQUEST_WAITS_MS = 20_000;

/** Until sign-in exists everybody at this machine is the same person. */
export const LOCAL_ACTOR: Actor = { kind: "local", name: "local", permissions: "all" };
export const systemActor = (part: string): Actor => ({ kind: "system", name: `system:${part}`, permissions: "all" });
export const COMMAND_LINE_ACTOR: Actor = { kind: "command-line", name: "command-line", permissions: "all" };

/** Builds a process's composition. The caller closes it. Throws an EnvError where settings cannot be used. */
export function createComposition(options: CompositionOptions): Composition {
  const settings = env();
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
  return {
    databaseUrl,
    log,
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

/** Next loads one module several times in one process; the composition must exist once. Tests of routes put their own here. */
export const WEB_COMPOSITION = Symbol.for("mq-steward.composition");

function webComposition(): Composition {
  const holder = globalThis as typeof globalThis & { [WEB_COMPOSITION]?: Composition };
  holder[WEB_COMPOSITION] ??= createComposition({ process: "web", maxConnections: CONNECTION_BUDGET.web });
  return holder[WEB_COMPOSITION];
}

/** The ctx of a request to the web process. */
export async function getCtx({ requestId }: { requestId: string }): Promise<Ctx> {
  return webComposition().ctx({ actor: LOCAL_ACTOR, requestId });
}
