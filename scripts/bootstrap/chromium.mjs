import { accessSync, constants, existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { OperatorError } from "../operator-error.mjs";
import { runProgram } from "./run-program.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC_APPS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * A Chromium for the browser tests: one that is there (MQ_STEWARD_CHROMIUM, then the usual names), else Playwright's own,
 * downloaded when it can be, else in CI or as root the system's package. Returns its path, which the tests get as
 * MQ_STEWARD_CHROMIUM. Throws an OperatorError with the instruction where all that fails.
 */
export async function findChromium(root, announce) {
  const present = presentChromium(root);
  if (present !== undefined) return present;
  announce("no Chromium is installed; fetching Playwright's");
  const playwright = join(root, "node_modules/@playwright/test/cli.js");
  const fetching = await runProgram(process.execPath, [playwright, "install", "chromium"], { cwd: root });
  const fetched = presentChromium(root);
  if (fetched !== undefined && (await starts(fetched))) return fetched;
  if (process.env.CI || process.getuid?.() === 0) {
    announce("that did not work; installing the system's package");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    try {
      await runProgram("apt-get", ["update", "-q"], { env });
      await runProgram("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"], { env });
    } catch {
      // no apt-get on this system: the instruction below
    }
    const installed = systemChromium();
    if (installed !== undefined) return installed;
  }
  throw new OperatorError(
    `There is no Chromium for the browser tests, and none could be installed.\n${fetching.output.trim()}`,
    "install Chromium or Google Chrome (Debian: sudo apt-get install chromium), or set MQ_STEWARD_CHROMIUM to its path",
  );
}

function presentChromium(root) {
  const given = process.env.MQ_STEWARD_CHROMIUM;
  if (given) {
    if (isExecutable(given)) return given;
    throw new OperatorError(
      `MQ_STEWARD_CHROMIUM is ${given}, which is no program.`,
      "unset it, or set it to a Chromium",
    );
  }
  return systemChromium() ?? playwrightChromium(root);
}

function systemChromium() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...MAC_APPS];
  return candidates.find(isExecutable);
}

function playwrightChromium(root) {
  try {
    const { chromium } = createRequire(join(root, "package.json"))("@playwright/test");
    const path = chromium.executablePath();
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

/** Playwright's build needs libraries that a small system may lack. */
async function starts(path) {
  try {
    return (await runProgram(path, ["--version"])).code === 0;
  } catch {
    return false;
  }
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
