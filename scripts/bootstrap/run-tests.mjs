import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { describeFailure } from "../operator-error.mjs";
import { findChromium } from "./chromium.mjs";
import { checkDisk, neededBytes } from "./preflight.mjs";
import { missing, prepare } from "./prepare.mjs";
import { Progress } from "./progress.mjs";
import { runProgram } from "./run-program.mjs";

/** Rooms of pure code: they run a second time in another time zone, where a slip into local time would show. */
const PURE_ROOMS = [
  "domain",
  "reference",
  "lifecycle",
  "mesh",
  "cost",
  "rules",
  "findings",
  "kpis",
  "remediation",
  "chart-models",
];

/**
 * `npm test`: everything that can be checked, ending with one line `N passed, N failed`. Type check, lint and import zones
 * count as one test each. Returns the exit code.
 */
export async function runTests(root) {
  const startedAt = performance.now();
  checkDisk(root, { neededBytes: neededBytes(root) });
  await prepareVisibly(root, ["install", "generate"]);
  const results = join(root, ".cache", "test-results");
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const bin = (path) => join(root, "node_modules", path);
  const node = (path, ...args) => ({ root, program: process.execPath, args: [bin(path), ...args] });
  const tally = new Tally(startedAt);

  // First of all: it also writes the types of the routes, which the type check wants.
  await tally.attempt("production build", () => prepareVisibly(root, ["bundle", "build"]));
  await Promise.all([
    tally.single("type check", node("typescript/bin/tsc", "--noEmit")),
    (async () => {
      await tally.single("lint", node("@biomejs/biome/bin/biome", "check", "--error-on-warnings"));
      const rooms = ["app", "components", "lib", "scripts", "e2e"].filter((room) => existsSync(join(root, room)));
      const zones = ["--config", ".dependency-cruiser.cjs", "--output-type", "err", ...rooms];
      await tally.single("import zones", node("dependency-cruiser/bin/dependency-cruise.mjs", ...zones));
    })(),
  ]);
  await tally.vitest("unit, database, simulator and process tests", root, results, "UTC", []);
  const pure = PURE_ROOMS.filter((room) => existsSync(join(root, "lib", room))).map((room) => `lib/${room}/`);
  await tally.vitest("pure code in another time zone", root, results, "Pacific/Auckland", pure);
  await tally.browser(root, results);
  return tally.finish();
}

async function prepareVisibly(root, wanted) {
  const progress = new Progress(missing(root, wanted));
  try {
    await prepare(root, wanted, progress);
  } finally {
    progress.finish();
  }
}

class Tally {
  #passed = 0;
  #failed = 0;
  #startedAt;

  constructor(startedAt) {
    this.#startedAt = startedAt;
  }

  /** A program that passes or fails as a whole; its output is shown only when it fails. */
  async single(title, { root, program, args }) {
    const { code, output } = await runProgram(program, args, { cwd: root, env: testEnvironment("UTC") });
    this.#count(title, code === 0 ? 1 : 0, code === 0 ? 0 : 1, output.trim());
  }

  async attempt(title, work) {
    try {
      await work();
      this.#count(title, 1, 0);
    } catch (error) {
      this.#count(title, 0, 1, describeFailure(error));
    }
  }

  async vitest(title, root, results, timeZone, filters) {
    const file = join(results, `vitest-${timeZone.replace("/", "-")}.json`);
    const reporters = ["--reporter=dot", "--reporter=json", `--outputFile.json=${file}`];
    const { code } = await runProgram(
      process.execPath,
      [join(root, "node_modules/vitest/vitest.mjs"), "run", ...reporters, ...filters],
      { cwd: root, env: testEnvironment(timeZone), inherit: true },
    );
    const report = readReport(file);
    const assertions = (report?.testResults ?? []).flatMap((suite) => suite.assertionResults);
    const failed = assertions.filter(({ status }) => status === "failed").length;
    // A file that cannot be loaded has no tests that could fail, and an error beside all tests counts, too.
    const broken = (report?.testResults ?? []).filter(
      (suite) => suite.status === "failed" && !suite.assertionResults.some(({ status }) => status === "failed"),
    ).length;
    const passed = assertions.filter(({ status }) => status === "passed").length;
    this.#count(title, passed, Math.max(failed + broken, code === 0 ? 0 : 1));
  }

  async browser(root, results) {
    const title = "browser tests";
    const config = join(root, "playwright.config.ts");
    if (!existsSync(config)) return this.#count(title, 0, 1, `${config} is missing`);
    let chromium;
    try {
      chromium = await findChromium(root, (line) => console.log(`      ${line}`));
    } catch (error) {
      return this.#count(title, 0, 1, describeFailure(error));
    }
    const file = join(results, "playwright.json");
    const env = { ...testEnvironment("UTC"), MQ_STEWARD_CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: file };
    const stack = ["--import", "tsx", join(root, "scripts/e2e.ts"), "--reporter=list,json"];
    const { code } = await runProgram(process.execPath, stack, {
      cwd: root,
      env,
      inherit: true,
    });
    const { expected = 0, flaky = 0, unexpected = 0 } = readReport(file)?.stats ?? {};
    this.#count(title, expected + flaky, Math.max(unexpected, code === 0 ? 0 : 1));
  }

  /** The last line, and the exit code. */
  finish() {
    console.log(`${this.#passed} passed, ${this.#failed} failed`);
    return this.#failed === 0 ? 0 : 1;
  }

  #count(title, passed, failed, output = "") {
    this.#passed += passed;
    this.#failed += failed;
    const seconds = Math.round((performance.now() - this.#startedAt) / 1000);
    console.log(
      `[${String(seconds).padStart(3)} s] ${title}: ${failed === 0 ? "passed" : "FAILED"} (${passed} passed, ${failed} failed)`,
    );
    if (failed > 0 && output !== "") console.log(output);
  }
}

/** Tests see none of the person's own settings: neither a database nor an AWS account. */
function testEnvironment(timeZone) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(AWS_|MQ_STEWARD_|DATABASE_URL$|PORT$|HOST$|NODE_ENV$|FORCE_COLOR$)/.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    TZ: timeZone,
    NO_COLOR: "1",
    NEXT_TELEMETRY_DISABLED: "1",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
