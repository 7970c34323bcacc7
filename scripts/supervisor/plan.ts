import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { PhaseName } from "../bootstrap/progress.mjs";

/** How the supervisor knows that a child does its work: it has ended well, has printed "@ready", or answers HTTP. */
export type Readiness =
  | { readonly on: "exit" }
  | { readonly on: "line" }
  | { readonly on: "http"; readonly url: string };

/** One child process. */
export interface ChildSpec {
  readonly name: string;
  readonly phase: PhaseName;
  /** Children of one stage start together, and the next stage starts when all of them are ready. */
  readonly stage: number;
  /**
   * task: runs to its end before the next child starts, and must succeed. service: is started again when it ends.
   * background: may go on after it is ready, ends by itself; a failure after that is told, no more.
   */
  readonly kind: "task" | "service" | "background";
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly ready: Readiness;
  /** After how long a child that is not ready counts as failed; undefined for one that may take any time. */
  readonly readySeconds: number | undefined;
  /** Where its output goes: standard output as lines of progress (all of it to its log file), all to the console, or all to the log file. */
  readonly output: "progress" | "console" | "log-file";
  /** How long it may take to finish what it is doing when it is asked to stop, in seconds. */
  readonly drainSeconds: number;
  /** Children with a lower rank stop first, those of one rank together. */
  readonly stopRank: number;
}

/** What a child prints, on a line of its own, when its `ready` is on "line". */
export const READY_LINE = "@ready";

export interface PlanInput {
  readonly mode: "production" | "demo" | "test";
  readonly root: string;
  readonly dataDirectory: string;
  readonly host: string;
  readonly port: number;
  readonly databaseUrl: string;
  /** Demo and test only. */
  readonly simulatorPort: number | undefined;
  readonly demoAnchor: string | undefined;
  /** The supervisor's own environment. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The children of a start, in the order in which they are started. Pure: tests read it, stubs replace it. */
export function planOf(input: PlanInput): ChildSpec[] {
  const { mode, host, port, root, dataDirectory, simulatorPort } = input;
  const env = childEnvironment(input);
  const program = (name: string, ...args: string[]) => nodeArguments(root, join(root, "dist", `${name}.js`), ...args);
  const node = { program: process.execPath, env };
  const serviceOutput = mode === "production" ? "console" : "log-file";
  const plan: ChildSpec[] = [
    {
      ...node,
      env: { ...env, ...migrationRole(input) },
      name: "migrations",
      phase: "migrations",
      stage: 0,
      kind: "task",
      args: program("migrate"),
      ready: { on: "exit" },
      readySeconds: undefined,
      output: "progress",
      drainSeconds: 10,
      stopRank: 0,
    },
    {
      ...node,
      name: "worker",
      phase: "worker",
      stage: 1,
      kind: "service",
      args: program("worker-main"),
      ready: { on: "line" },
      readySeconds: 60,
      output: serviceOutput,
      drainSeconds: 30,
      stopRank: 0,
    },
    {
      ...node,
      name: "web",
      phase: "web",
      stage: 1,
      kind: "service",
      args: nodeArguments(root, join(root, "node_modules/next/dist/bin/next"), "start", "-H", host, "-p", String(port)),
      ready: { on: "http", url: `${addressOf(host, port)}/api/v1/health` },
      readySeconds: 60,
      output: serviceOutput,
      drainSeconds: 10,
      stopRank: 1,
    },
  ];
  if (simulatorPort === undefined) return plan;
  const anchor = input.demoAnchor === undefined ? [] : ["--anchor", input.demoAnchor];
  const state = join(dataDirectory, "aws-simulator.json");
  plan.splice(1, 0, {
    ...node,
    name: "simulator",
    phase: "simulator",
    stage: 0,
    kind: "service",
    args: program("aws-simulator", "--port", String(simulatorPort), "--state", state, ...anchor),
    ready: { on: "http", url: `http://127.0.0.1:${simulatorPort}/_control/health` },
    readySeconds: 60,
    output: "log-file",
    drainSeconds: 5,
    stopRank: 2,
  });
  plan.push({
    ...node,
    name: "history",
    phase: "history",
    stage: 2,
    kind: "background",
    args: program("demo-history"),
    ready: { on: "line" },
    readySeconds: undefined,
    output: "progress",
    drainSeconds: 20,
    stopRank: 0,
  });
  return plan;
}

/** What a person types into the browser: a wildcard address is reached by the loopback one. */
export function addressOf(host: string, port: number): string {
  const name = host.replace(/^\[(.*)\]$/, "$1");
  if (name === "0.0.0.0" || name === "::") return `http://127.0.0.1:${port}`;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
}

/** Name of the database on the embedded server: demo data never mixes with a real organisation's in one data folder. */
export function databaseNameOf(mode: PlanInput["mode"]): string {
  return mode === "production" ? "mq_steward" : `mq_steward_${mode}`;
}

/** Arguments for Node with the guard that ends a child whose supervisor was killed. */
export function nodeArguments(root: string, ...args: string[]): string[] {
  const guard = pathToFileURL(join(root, "scripts/process/child-guard.mjs")).href;
  return ["--enable-source-maps", "--import", guard, ...args];
}

/** What the migration run alone gets: the role that owns the tables. A demo's database is the embedded one. */
function migrationRole({ mode, environment }: PlanInput): Record<string, string> {
  const url = environment.MIGRATION_DATABASE_URL;
  return mode === "production" && environment.DATABASE_URL && url ? { MIGRATION_DATABASE_URL: url } : {};
}

function childEnvironment(input: PlanInput): Record<string, string> {
  const { mode, simulatorPort } = input;
  const inherited = Object.entries(input.environment).filter((entry): entry is [string, string] => {
    const [name, value] = entry;
    // Nothing of the person's own AWS set-up may reach a demo: it would read a real account.
    // The role that owns the tables is the migration run's alone: who breaks into web or worker must not find it.
    if (name === "MIGRATION_DATABASE_URL") return false;
    return value !== undefined && !(simulatorPort !== undefined && name.startsWith("AWS_"));
  });
  return {
    ...Object.fromEntries(inherited),
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    // The packages are pinned to versions that support our Node floor; every child would repeat the notice.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    MQ_STEWARD_MODE: mode,
    MQ_STEWARD_DATA_DIR: input.dataDirectory,
    DATABASE_URL: input.databaseUrl,
    PORT: String(input.port),
    HOST: input.host,
    ...(simulatorPort === undefined ? {} : simulatedAws(simulatorPort)),
  };
}

function simulatedAws(port: number): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: "demo",
    AWS_SECRET_ACCESS_KEY: "demo",
    AWS_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
    // Files that do not exist: profiles of the person's home folder are not read.
    AWS_CONFIG_FILE: "/nonexistent/aws-config",
    AWS_SHARED_CREDENTIALS_FILE: "/nonexistent/aws-credentials",
  };
}
