import { existsSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { bundle } from "../bundle.mjs";
import { clientIsStale, generatePrismaClient } from "../generate-prisma.mjs";
import { OperatorError } from "../operator-error.mjs";
import { withLock } from "../process/file-lock.mjs";
import { install, needsInstall } from "./install.mjs";
import { runProgram } from "./run-program.mjs";
import { fingerprint, isStale, removeStamp, writeStamp } from "./stamps.mjs";

/** What is missing of `wanted` ("install", "generate", "bundle", "build"), in the order in which it is made. */
export function missing(root, wanted) {
  const checks = {
    install: () => needsInstall(root),
    generate: () => clientIsStale(),
    bundle: () => isStale(root, "bundle"),
    build: () => isStale(root, "build"),
  };
  return wanted.filter((name) => checks[name]());
}

/**
 * Makes what is missing: packages, the database client, the bundles in dist/, the production build in .next/. One process
 * per checkout does so at a time; a second one waits and then finds it done.
 */
export async function prepare(root, wanted, progress) {
  const lock = join(root, ".cache", "prepare.lock");
  const onWait = ({ holder }) => progress.line(`process ${holder.pid} is preparing this checkout; waiting for it`);
  await withLock(
    lock,
    async () => {
      for (const name of missing(root, wanted)) {
        progress.begin(name);
        if (name === "install") await install(root, progress);
        if (name === "generate") await generatePrismaClient();
        if (name === "bundle") await bundle(root);
        if (name === "build") await buildPages(root, progress);
      }
    },
    { timeoutMs: 900_000, onWait },
  );
}

async function buildPages(root, progress) {
  const stamp = fingerprint(root, "build");
  removeStamp(root, "build");
  const next = join(root, "node_modules/next/dist/bin/next");
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", NO_COLOR: "1" };
  let last = "";
  progress.watch(() => last);
  const { code, output } = await runProgram(process.execPath, [next, "build"], {
    cwd: root,
    env,
    onLine(line) {
      const text = stripVTControlCharacters(line).trim();
      if (text !== "") last = text.slice(0, 80);
    },
  });
  if (code !== 0 || !existsSync(join(root, ".next", "BUILD_ID"))) {
    throw new OperatorError(
      `The pages could not be built (exit code ${code}):\n${output.trim().split("\n").slice(-40).join("\n")}`,
      "put right what it says, then start again",
    );
  }
  writeStamp(root, "build", stamp);
}
