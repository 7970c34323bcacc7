import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { dataDirectoryHolder } from "../process/data-directory-lock.mjs";

const runningSchema = z.object({
  mode: z.enum(["production", "demo", "test"]),
  databaseUrl: z.string(),
  /** Environment of the children, for a command line that joins them. */
  environment: z.record(z.string(), z.string()),
});

/** What a command line needs to know to join a running supervisor. */
export type Running = z.infer<typeof runningSchema>;

/** Notes what runs; the file holds the database's password and is for its owner alone. */
export function writeRunning(dataDirectory: string, running: Running): void {
  rmSync(pathOf(dataDirectory), { force: true });
  writeFileSync(pathOf(dataDirectory), JSON.stringify(running), { mode: 0o600 });
}

export function removeRunning(dataDirectory: string): void {
  rmSync(pathOf(dataDirectory), { force: true });
}

/** The supervisor that runs on a data folder now, or undefined. */
export function readRunning(dataDirectory: string): Running | undefined {
  if (dataDirectoryHolder(dataDirectory) === undefined) return undefined;
  try {
    return runningSchema.parse(JSON.parse(readFileSync(pathOf(dataDirectory), "utf8")));
  } catch {
    return undefined;
  }
}

function pathOf(dataDirectory: string): string {
  return join(dataDirectory, "running.json");
}
