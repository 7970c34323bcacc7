/**
 * Starts the stack that the browser journeys look at (PostgreSQL, simulator, worker, two production servers: one with data and an administrator, one never set up nor synced),
 * runs Playwright on it with the arguments given, and stops everything. The build must be there (npm run build).
 */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { pino } from "pino";
import { createComposition, systemActor } from "@/lib/context";
import { setBusinessInstant } from "@/lib/db/clock-store";
import { CONNECTION_BUDGET } from "@/lib/db/connection-budget";
import { mutableClock, wallClock } from "@/lib/domain/clock";
import { executeSync } from "@/lib/services/execute-sync";
import { issueReport } from "@/lib/services/issue-report";
import { startSync } from "@/lib/services/start-sync";
import {
  addAdministrator,
  addTestPerson,
  TEST_APPROVER,
  TEST_OWNER,
  TEST_SECRET,
  TEST_SIGNED_ON,
} from "@/lib/testing/add-administrator";
import { testDatabase } from "@/lib/testing/database";
import { startOpenIdProvider } from "@/lib/testing/openid-provider";
import { startSimulatorProcess } from "@/scripts/bench/simulator-process";
import { startWebServer } from "@/scripts/bench/web-server";
import { connectOrganisation } from "@/scripts/demo/connect-organisation";
import { simulatorControl } from "@/scripts/demo/simulator-control";
import { type DemoCampaign, makePlans } from "@/scripts/demo/work-on-plans";
import { projectRoot } from "@/scripts/project-root";
import { nodeArguments } from "@/scripts/supervisor/plan";

const ANCHOR = "2026-11-20";
/** Days that the organisation is synced as of: enough for a trend, a change list and an inventory of today. */
const DAYS = ["2026-08-21", "2026-10-02", "2026-11-06", "2026-11-13", "2026-11-19", ANCHOR];
/** Over findings that no journey looks at. */
const CAMPAIGN: DemoCampaign = {
  name: "Logs on everywhere",
  goal: "Every broker sends its general logs to CloudWatch.",
  search: "filter=rule=general-logs-enabled&filter=state=open",
  days: 60,
};
const instantOf = (day: string) => new Date(`${day}T06:00:00Z`);

const AWS = {
  AWS_ACCESS_KEY_ID: "AKIADEMO",
  AWS_SECRET_ACCESS_KEY: "demo",
  AWS_REGION: "us-east-1",
  AWS_EC2_METADATA_DISABLED: "true",
};

async function main(args: readonly string[]): Promise<number> {
  process.env.MQ_STEWARD_MODE = "test";
  const root = projectRoot();
  const stops: (() => Promise<void>)[] = [];
  try {
    const simulator = await startSimulatorProcess(["--anchor", ANCHOR, "--as-of", instantOf(ANCHOR).toISOString()]);
    stops.push(() => simulator.stop());
    const [full, empty] = [await testDatabase(), await testDatabase()];
    stops.push(
      () => full.close(),
      () => empty.close(),
    );
    const environment = {
      ...AWS,
      AWS_ENDPOINT_URL: simulator.url,
      MQ_STEWARD_MODE: "test",
      MQ_STEWARD_SECRET: TEST_SECRET,
    };
    Object.assign(process.env, environment);

    const clock = mutableClock(instantOf(DAYS[0] ?? ANCHOR));
    const composition = createComposition({
      process: "demo-history",
      databaseUrl: full.url,
      maxConnections: CONNECTION_BUDGET.commandLine,
      clock,
      log: pino({ level: "error" }, pino.destination(2)),
      secret: TEST_SECRET,
    });
    const ctx = await composition.ctx({ actor: systemActor("e2e") });
    const control = simulatorControl(simulator.url);
    for (const day of DAYS) {
      clock.set(instantOf(day));
      await control.setClock(instantOf(day));
      ctx.aws.reset();
      if (day === DAYS[0]) await connectOrganisation(ctx, control);
      const { runId } = await startSync({ ctx, input: { trigger: "demo-history", executor: "caller" } });
      const status = await executeSync({ ctx, input: { runId } });
      console.log(`e2e: synced as of ${day}: ${status}`);
    }
    await makePlans(ctx, CAMPAIGN);
    await issueReport({ ctx, input: { quarter: "2026-Q3", scope: "all", key: "" } });
    await setBusinessInstant(ctx.db, instantOf(ANCHOR), wallClock.now());
    // The installation with data has its administrator; the empty one gets its own by the set-up page (e2e/sign-in.setup.ts).
    await addAdministrator(composition);
    await addTestPerson(composition, TEST_APPROVER, "manager");
    await addTestPerson(composition, TEST_OWNER, "owner");
    await composition.close();
    const emptyDb = await empty.open();
    await setBusinessInstant(emptyDb, instantOf(ANCHOR), wallClock.now());

    const worker = spawn(process.execPath, nodeArguments(root, join(root, "dist/worker-main.js")), {
      cwd: root,
      env: { ...process.env, ...environment, DATABASE_URL: full.url, LOG_LEVEL: "error" },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    stops.push(() => ended(worker, "SIGTERM"));
    // Browsers come back to whatever port the server has: the provider learns it once it is known.
    const provider = await startOpenIdProvider();
    stops.push(() => provider.close());
    const web = await startWebServer({
      ...environment,
      DATABASE_URL: full.url,
      MQ_STEWARD_OIDC_ISSUER: provider.issuer,
      MQ_STEWARD_OIDC_CLIENT_ID: provider.clientId,
      MQ_STEWARD_OIDC_CLIENT_SECRET: provider.clientSecret,
      MQ_STEWARD_OIDC_SCOPES: "openid profile email groups",
      MQ_STEWARD_OIDC_LABEL: "Sign in with Example",
    });
    stops.push(() => web.stop());
    provider.sendsBackTo([`${web.url}/sign-in/sso`]);
    provider.signsInAs(TEST_SIGNED_ON);
    const emptyWeb = await startWebServer({ ...environment, DATABASE_URL: empty.url });
    stops.push(() => emptyWeb.stop());

    const playwright = spawn(process.execPath, [join(root, "node_modules/@playwright/test/cli.js"), "test", ...args], {
      cwd: root,
      env: {
        ...process.env,
        BASE_URL: web.url,
        EMPTY_BASE_URL: emptyWeb.url,
        SIMULATOR_URL: simulator.url,
        E2E_DATABASE_URL: full.url,
      },
      stdio: "inherit",
    });
    return await new Promise((resolve) => playwright.once("exit", (code) => resolve(code ?? 1)));
  } finally {
    for (const stop of stops.reverse()) await stop().catch((error: unknown) => console.error(error));
  }
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill(signal);
  });
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
