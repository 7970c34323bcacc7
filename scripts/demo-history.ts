/**
 * Builds the demo's history: the real sync, as of each past day in turn, with the product's business clock and the simulator's clock set to that day.
 * Nothing is inserted by hand. Goes on where it was interrupted, and catches up after days away. Prints "@ready" when the demo can be looked at: at
 * the end the first time, at once later.
 */
import { COMMAND_LINE_ACTOR, type Composition, createComposition, systemActor } from "@/lib/context";
import { setBusinessInstant } from "@/lib/db/clock-store";
import { CONNECTION_BUDGET } from "@/lib/db/connection-budget";
import { waitForExecutorLock } from "@/lib/db/sync-executor-lock";
import { latestAsOf } from "@/lib/db/sync-run-store";
import { type MutableClock, mutableClock, wallClock } from "@/lib/domain/clock";
import {
  diffDays,
  instantAtStartUtc,
  type PlainDate,
  parsePlainDate,
  plainDateFromInstantUtc,
} from "@/lib/domain/plain-date";
import { quarterBounds, quarterOf } from "@/lib/domain/quarter";
import type { SyncSource } from "@/lib/domain/sync";
import { env } from "@/lib/env";
import type { Ctx } from "@/lib/services/ctx";
import { executeSync, recoverRuns } from "@/lib/services/execute-sync";
import { issueScheduledReport } from "@/lib/services/issue-scheduled-report";
import { startSync } from "@/lib/services/start-sync";
import { connectOrganisation } from "./demo/connect-organisation";
import { DAILY_DAYS, historyDays, type LeftOut, leftOutOn } from "./demo/history-days";
import { demoPeople } from "./demo/people";
import { type SimulatorControl, simulatorControl } from "./demo/simulator-control";
import { governanceDays, workOnGovernance } from "./demo/work-on-governance";
import { isPlanningDay, workOnPlans } from "./demo/work-on-plans";
import { describeFailure, OperatorError } from "./operator-error.mjs";
import { READY_LINE } from "./supervisor/plan";

/** Every simulated sync is of this hour, UTC. */
const HOUR_MS = 6 * 3_600_000;

async function main(stop: AbortSignal): Promise<void> {
  const settings = env();
  const endpointUrl = process.env.AWS_ENDPOINT_URL;
  if (settings.mode === "production" || endpointUrl === undefined) {
    throw new OperatorError("The demo's history is made in demo and test mode alone.", "start it with npm run demo");
  }
  const simulator = simulatorControl(endpointUrl);
  const anchor = parsePlainDate(await simulator.anchor());
  const clock = mutableClock(instantAtStartUtc(anchor));
  const composition = createComposition({
    process: "demo-history",
    // One connection of the budget belongs to the executor lock.
    maxConnections: CONNECTION_BUDGET.commandLine - 1,
    clock,
    logTo: "stderr",
    // A day of simulated time lies between two syncs, so what AWS allows per second has long come back.
    gateway: { limits: { cloudtrail: { ratePerSecond: 50, burst: 20 } } },
  });
  try {
    const ctx = await composition.ctx({ actor: COMMAND_LINE_ACTOR });
    // Tests look at the day of the anchor for ever; a demo lives on with the calendar.
    const lastInstant = settings.mode === "test" ? instantOf(anchor) : wallClock.now();
    const done = await latestAsOf(ctx.db);
    const wasReady = done !== null && plainDateFromInstantUtc(done) >= anchor;
    if (wasReady) console.log(READY_LINE);
    await build({ composition, ctx, clock, simulator, anchor, lastInstant, done, stop });
    if (stop.aborted) return;
    const standing = settings.mode === "test" ? lastInstant : null;
    await simulator.setClock(standing);
    await setBusinessInstant(ctx.db, standing, wallClock.now());
    if (!wasReady) console.log(READY_LINE);
  } finally {
    await composition.close();
  }
}

interface Build {
  composition: Composition;
  ctx: Ctx;
  clock: MutableClock;
  simulator: SimulatorControl;
  anchor: PlainDate;
  /** Business instant of the last sync. */
  lastInstant: Date;
  /** Business instant of the newest sync there is. */
  done: Date | null;
  stop: AbortSignal;
}

async function build(input: Build): Promise<void> {
  const { composition, ctx, clock, simulator, anchor, lastInstant, done, stop } = input;
  const last = plainDateFromInstantUtc(lastInstant);
  const days = historyDays({ anchor, last, done: done && plainDateFromInstantUtc(done) });
  const [first] = days;
  if (!first) return;
  // The worker lets go of the lock when it is asked, and takes it back afterwards.
  const lock = await waitForExecutorLock(composition.databaseUrl, { ask: true, signal: stop });
  if (!lock) return;
  try {
    clock.set(instantOf(first));
    await recoverRuns({ ctx });
    if (done === null) {
      await simulator.setClock(instantOf(first));
      await connectOrganisation(ctx, simulator);
    }
    const quarter = quarterBounds(quarterOf(last, 1));
    const say = progressOf(days.length);
    for (const [index, day] of days.entries()) {
      if (stop.aborted) return;
      // The last sync is of now, so that the demo starts with fresh data.
      const instant = day === last ? lastInstant : instantOf(day);
      const leaveOut = leftOutOn(day, { anchor, last }).flatMap((what) => SOURCES[what]);
      await simulateDay(ctx, { clock, simulator, instant, leaveOut });
      const before = days[index - 1] ?? (done && plainDateFromInstantUtc(done)) ?? day;
      const daysLeft = diffDays(day, last);
      await work(composition, ctx, { daysBefore: diffDays(before, last), daysLeft });
      // The worker looks every day; once a week is enough to give the quarter before the present one its report.
      if (day >= quarter.start && (daysLeft > DAILY_DAYS || daysLeft % 7 === 0))
        await issueScheduledReport({ ctx: await composition.ctx({ actor: systemActor("schedule") }) });
      say(index + 1, day);
    }
  } finally {
    await lock.release().catch(() => {});
  }
}

/** What the organisation's people do on a day, and did since the one before; both told as days before the last one. */
async function work(composition: Composition, ctx: Ctx, span: { daysBefore: number; daysLeft: number }): Promise<void> {
  const happened = governanceDays(span);
  if (!isPlanningDay(span.daysLeft) && happened.length === 0) return;
  const people = await demoPeople(ctx, composition.auth().hashPassword);
  const manager = await composition.ctx({ actor: people.manager });
  if (isPlanningDay(span.daysLeft)) await workOnPlans(manager);
  const finops = await composition.ctx({ actor: people.finops });
  const administrator = await composition.ctx({ actor: people.administrator });
  for (const day of happened) await workOnGovernance({ manager, finops, administrator }, day);
}

const SOURCES: Readonly<Record<LeftOut, readonly SyncSource[]>> = {
  // CloudTrail keeps 90 days.
  costs: ["cost-usage", "cost-resources", "cloudtrail-events"],
  metrics: ["metrics", "price-list", "health-events"],
  surroundings: ["ec2-network", "mq-configuration-list", "mq-users"],
};

interface SimulatedDay {
  clock: MutableClock;
  simulator: SimulatorControl;
  instant: Date;
  leaveOut: readonly SyncSource[];
}

async function simulateDay(ctx: Ctx, { clock, simulator, instant, leaveOut }: SimulatedDay): Promise<void> {
  clock.set(instant);
  await simulator.setClock(instant);
  // Whoever looks at the product, or starts a sync, meanwhile does so as of this day.
  await setBusinessInstant(ctx.db, instant, wallClock.now());
  ctx.aws.reset();
  const { runId } = await startSync({ ctx, input: { trigger: "demo-history", executor: "caller" } });
  const status = await executeSync({ ctx, input: { runId, leaveOut } });
  if (status === "failed" || status === "aborted") {
    throw new Error(`the sync as of ${instant.toISOString()} has ${status}; the log says why`);
  }
}

function instantOf(day: PlainDate): Date {
  return new Date(instantAtStartUtc(day).getTime() + HOUR_MS);
}

const SAY_EVERY_MS = 2_000;
/** The first days read what lies before them, too: their pace says nothing about the rest. */
const PACE_IS_KNOWN_AFTER = 10;

function progressOf(total: number): (done: number, day: PlainDate) => void {
  const since = performance.now();
  let saidAt = since;
  return (done, day) => {
    const now = performance.now();
    if (now - saidAt < SAY_EVERY_MS && done < total) return;
    saidAt = now;
    const left = Math.ceil((((now - since) / done) * (total - done)) / 1000);
    const rest =
      done === total
        ? `, ${Math.round((now - since) / 1000)} s`
        : done < PACE_IS_KNOWN_AFTER
          ? ""
          : `, about ${left} s left`;
    console.log(`history: synced as of ${day}, ${done} of ${total}${rest}`);
  };
}

const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stopping.abort());
main(stopping.signal).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(describeFailure(error));
    process.exit(1);
  },
);
