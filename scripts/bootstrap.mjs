/**
 * The way into every npm script: `node scripts/bootstrap.mjs demo | start | sync | report | bench | build | test`. It runs on a bare
 * clone, so it and what it loads first use nothing but Node. It makes what is missing (packages, database client,
 * bundles, production build), and hands over.
 */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { earlySettings } from "./bootstrap/early-settings.mjs";
import {
  checkDatabaseUser,
  checkDataDirectory,
  checkDisk,
  checkNode,
  checkPlatform,
  checkPort,
  neededBytes,
} from "./bootstrap/preflight.mjs";
import { missing, prepare } from "./bootstrap/prepare.mjs";
import { Progress } from "./bootstrap/progress.mjs";
import { signalPrograms } from "./bootstrap/run-program.mjs";
import { describeFailure, OperatorError } from "./operator-error.mjs";
import { lockDataDirectory } from "./process/data-directory-lock.mjs";
import { endOrphans } from "./process/recorded-children.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const [command, ...args] = process.argv.slice(2);

const COMMANDS = {
  demo: () => runProduct("demo"),
  start: () => runProduct("start"),
  build: () => build(),
  sync: () => runCommandLine("sync", ["install", "generate", "bundle"]),
  report: () => runCommandLine("report", ["install", "generate", "bundle"]),
  bench: () => runCommandLine("bench", ["install", "generate", "bundle", "build"]),
  async test() {
    const { runTests } = await import("./bootstrap/run-tests.mjs");
    return await runTests(root);
  },
};

/** The whole product: what the supervisor runs, after everything has been made. */
async function runProduct(name) {
  const settings = earlySettings(root);
  if (name === "demo") process.env.MQ_STEWARD_MODE = "demo";
  const demo = name === "demo";
  checkDisk(root, { neededBytes: neededBytes(root) });
  checkDataDirectory(settings.dataDirectory);
  // Held until the last child has ended: a second start must not even rebuild what the first one serves.
  const lock = lockDataDirectory(settings.dataDirectory, settings.address);
  await endOrphans(settings.dataDirectory, (line) => console.log(line));
  if (demo || !settings.hasDatabase) checkDatabaseUser();
  await checkPort(settings.host, settings.port, name);

  const wanted = ["install", "generate", "bundle", "build"];
  const phases = demo
    ? ["database", "migrations", "simulator", "worker", "web", "history"]
    : ["database", "migrations", "worker", "web"];
  const knowsHistory = existsSync(join(settings.dataDirectory, "aws-simulator.json"));
  const progress = new Progress([...missing(root, wanted), ...phases], { seconds: knowsHistory ? { history: 3 } : {} });
  await prepare(root, wanted, progress);
  stopForwarding();
  const { main } = await import(pathToFileURL(join(root, "dist/supervisor.js")).href);
  return await main({ progress, lock });
}

async function build() {
  checkDisk(root, { neededBytes: neededBytes(root) });
  const wanted = ["install", "generate", "bundle", "build"];
  const todo = missing(root, wanted);
  const progress = new Progress(todo);
  await prepare(root, wanted, progress);
  console.log(todo.length === 0 ? "Everything is up to date." : `Done in ${Math.round(progress.finish())} s.`);
  return 0;
}

/** A program of dist/ that ends by itself; it sets process.exitCode. */
async function runCommandLine(name, wanted) {
  checkDisk(root, { neededBytes: neededBytes(root) });
  // Progress goes to standard error: --json on standard output is for machines.
  const progress = new Progress(missing(root, wanted), { write: (line) => process.stderr.write(`${line}\n`) });
  await prepare(root, wanted, progress);
  progress.finish();
  const program = join(root, "dist", `${name}.js`);
  if (!existsSync(program)) throw new OperatorError(`There is no program ${name}.`, "update the checkout");
  stopForwarding();
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true"; // our packages are pinned
  process.argv = [process.execPath, program, ...args];
  await import(pathToFileURL(program).href);
  return undefined;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Until the supervisor or a command line listens itself, a signal ends what is being made, and this process. */
function forwardAndEnd(signal) {
  signalPrograms(signal);
  process.exit(130);
}

function stopForwarding() {
  for (const signal of SIGNALS) process.off(signal, forwardAndEnd);
}

async function main() {
  checkNode();
  checkPlatform();
  for (const signal of SIGNALS) process.on(signal, forwardAndEnd);
  const run = Object.hasOwn(COMMANDS, command ?? "") ? COMMANDS[command] : undefined;
  if (run === undefined) {
    throw new OperatorError(`Unknown command ${command ?? "(none)"}.`, `one of ${Object.keys(COMMANDS).join(", ")}`);
  }
  return await run();
}

main().then(
  (code) => {
    if (code !== undefined) process.exit(code);
  },
  (error) => {
    console.error(describeFailure(error));
    process.exit(1);
  },
);
