import { pino } from "pino";
import { fictionalOrganisation } from "@/e2e/aws-simulator/organisation/fictional-organisation";
import type { Organisation } from "@/e2e/aws-simulator/organisation/model";
import { type Simulator, startSimulator } from "@/e2e/aws-simulator/simulator";
import { UNLIMITED_RATES } from "@/lib/aws/testing/unlimited-rates";
import { type Composition, createComposition, systemActor, WEB_COMPOSITION } from "@/lib/context";
import { type MutableClock, mutableClock } from "@/lib/domain/clock";
import type { SyncSource } from "@/lib/domain/sync";
import type { SingleSignOnSettings } from "@/lib/env";
import type { Ctx, Nobody, PersonActor } from "@/lib/services/ctx";
import { executeSync } from "@/lib/services/execute-sync";
import { startSync } from "@/lib/services/start-sync";
import { TEST_SECRET } from "@/lib/testing/add-administrator";
import { buildPersonActor } from "@/lib/testing/build-actor";
import { type Answer, type CallOptions, callRoute } from "@/lib/testing/call-route";
import { type TestDatabase, testDatabase } from "@/lib/testing/database";
import { connectOrganisation } from "@/scripts/demo/connect-organisation";
import { simulatorControl } from "@/scripts/demo/simulator-control";

/** The day of the story that the fictional organisation is told around. */
export const ANCHOR = "2026-11-20";
/** Business time of the harness's last sync. */
export const AS_OF = `${ANCHOR}T06:00:00Z`;

/** The web process in miniature: a database, a simulated AWS, and the real routes on top of the real services. */
export interface ApiHarness {
  readonly clock: MutableClock;
  readonly simulator: Simulator;
  readonly databaseUrl: string;
  /** A ctx like the one that routes get, for what only a worker does. */
  ctx(): Promise<Ctx>;
  /** A request from method and address (`/api/v1/...`) to the answer's last byte. */
  call(method: string, address: string, options?: CallOptions): Promise<Answer>;
  /** The JSON of a GET that must succeed. */
  get(address: string): Promise<unknown>;
  /**
   * Who asks from now on without a cookie or key; null: an administrator, as at the start. A request with one of them is whoever it says.
   */
  actAs(actor: PersonActor | Nobody | null): void;
  /** Sessions are looked up anew from now on, as after the seconds for which they are believed. */
  forgetSessions(): Promise<void>;
  /** Connects the accounts of the fictional organisation. */
  connect(): Promise<void>;
  /** Moves both clocks to an instant and syncs as the worker would, to the end. Returns the run's final status. */
  sync(instant: string, leaveOut?: readonly SyncSource[]): Promise<string>;
  close(): Promise<void>;
}

export interface HarnessOptions {
  /** An OpenID provider to sign in at. */
  singleSignOn?: SingleSignOnSettings;
  /** How far back brokers exist, in days before the anchor. A bill of 13 months takes long to read in a test that looks at two of them. */
  historyDays?: number;
  /** Only these brokers, by name; default all. */
  brokers?: readonly string[];
  databaseUrlOf?: (url: string) => Promise<string>;
}

const DEFAULT_HISTORY_DAYS = 80;

export const COSTS_AND_METRICS: readonly SyncSource[] = ["cost-usage", "cost-resources", "metrics"];

/**
 * Starts a harness. The test file closes it; one at a time per process, because routes find their composition on the process. `databaseUrlOf` puts
 * something between product and database (a proxy that can be cut).
 */
export async function startApiHarness(options: HarnessOptions = {}): Promise<ApiHarness> {
  const database: TestDatabase = await testDatabase();
  const simulator = await startSimulator({
    port: 0,
    organisation: recentOrganisation(options),
    asOf: AS_OF,
    rate: 0,
    throttle: false,
  });
  const clock = mutableClock(AS_OF);
  const databaseUrl = (await options.databaseUrlOf?.(database.url)) ?? database.url;
  const composition = createComposition({
    process: "web",
    databaseUrl,
    maxConnections: 8,
    clock,
    log: pino({ level: "silent" }),
    secret: TEST_SECRET,
    ...(options.singleSignOn ? { singleSignOn: options.singleSignOn } : {}),
    gateway: {
      endpointUrl: simulator.url,
      defaultRegion: "us-east-1",
      credentials: { accessKeyId: "AKIDTEST", secretAccessKey: "test" },
      limits: UNLIMITED_RATES,
      retry: { firstWaitMs: { throttle: 0, transient: 0, timeout: 0 } },
    },
  });
  const administrator = buildPersonActor();
  let actor: PersonActor | Nobody | null = null;
  const holder = globalThis as typeof globalThis & { [WEB_COMPOSITION]?: Composition };
  holder[WEB_COMPOSITION] = {
    ...composition,
    actorOf: async (request, use) =>
      request.cookie === null && request.key === null && !use?.token
        ? (actor ?? administrator)
        : await composition.actorOf(request, use),
  };
  const ctx = () => composition.ctx({ actor: systemActor("test") });

  return {
    clock,
    simulator,
    databaseUrl,
    ctx,
    call: callRoute,
    get: async (address) => {
      const answer = await callRoute("GET", address);
      if (answer.status !== 200) throw new Error(`GET ${address}: ${answer.status} ${answer.text.slice(0, 500)}`);
      return answer.json();
    },
    actAs: (who) => {
      actor = who;
    },
    forgetSessions: async () => composition.forgetActors(),
    connect: async () => {
      await connectOrganisation(await ctx(), simulatorControl(simulator.url));
    },
    sync: async (instant, leaveOut = []) => {
      clock.set(instant);
      simulator.setClock({ asOf: instant, rate: 0 });
      const own = await ctx();
      own.aws.reset();
      const { runId } = await startSync({ ctx: own, input: { trigger: "demo-history", executor: "caller" } });
      return executeSync({ ctx: own, input: { runId, leaveOut } });
    },
    close: async () => {
      delete holder[WEB_COMPOSITION];
      await composition.close();
      await simulator.close();
      await database.close();
    },
  };
}

/** The fictional organisation as if its oldest brokers had been created `historyDays` ago. */
function recentOrganisation({ historyDays = DEFAULT_HISTORY_DAYS, brokers }: HarnessOptions): Organisation {
  const whole = fictionalOrganisation({ anchor: ANCHOR });
  const start = Date.parse(AS_OF) - historyDays * 86_400_000;
  return {
    ...whole,
    brokers: whole.brokers
      .filter(
        ({ name, deletedAt }) => (brokers?.includes(name) ?? true) && (deletedAt === undefined || deletedAt > start),
      )
      .map((broker) => ({ ...broker, createdAt: Math.max(broker.createdAt, start) })),
  };
}
