import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { goneWithin, isAlive, parseRef, signalIfAlive } from "./process-identity.mjs";

/** The file in which a supervisor notes its children, for the start after a crash. */
function fileOf(dataDirectory) {
  return join(dataDirectory, "children.json");
}

/** Replaces the note of the children that run now: `[{ name, process }]`. */
export function recordChildren(dataDirectory, children) {
  const path = fileOf(dataDirectory);
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(children));
  renameSync(draft, path);
}

/** Children of an earlier supervisor that still live. */
export function orphans(dataDirectory) {
  let list;
  try {
    list = JSON.parse(readFileSync(fileOf(dataDirectory), "utf8"));
  } catch {
    return [];
  }
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry) => {
    const process = parseRef(entry?.process);
    return process !== undefined && isAlive(process) ? [{ name: String(entry.name), process }] : [];
  });
}

/**
 * Ends what a killed supervisor left running. Its children end by themselves when they notice (see child-guard.mjs); this
 * waits for them, and ends by force those that take longer than `patienceMs`. Only for whoever holds the supervisor's lock
 * or has seen that nobody does.
 */
export async function endOrphans(dataDirectory, announce, patienceMs = 10_000) {
  const left = orphans(dataDirectory);
  if (left.length === 0) return;
  const names = left.map(({ name, process }) => `${name} (process ${process.pid})`);
  announce(`an earlier start was killed; ending what it left: ${names.join(", ")}`);
  for (const { process } of left) signalIfAlive(process, "SIGTERM");
  await Promise.all(
    left.map(async ({ process }) => {
      if (await goneWithin(process, patienceMs)) return;
      signalIfAlive(process, "SIGKILL");
      await goneWithin(process, 5_000);
    }),
  );
}
