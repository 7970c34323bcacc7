import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { performance } from "node:perf_hooks";
import { isAlive, parseRef, refOf } from "./process-identity.mjs";

/**
 * Takes the lock file at `path` for this process, or says who holds it. A lock whose holder has died (whatever killed
 * it) counts as free. Node has no flock, so the file is made complete under another name and linked into place: the
 * link succeeds for exactly one process. `note` is shown to whoever comes second.
 */
export function tryLock(path, note = "") {
  const self = refOf(process.pid);
  if (self === undefined) throw new Error("cannot read this process's own start time");
  mkdirSync(dirname(path), { recursive: true });
  const content = JSON.stringify({ holder: self, note, key: randomUUID() });
  for (;;) {
    if (linkComplete(path, content)) {
      return {
        held: true,
        release() {
          if (readOrUndefined(path) === content) rmSync(path, { force: true });
        },
      };
    }
    const found = readOrUndefined(path);
    if (found === undefined) continue; // released in between
    const parsed = parseLock(found);
    if (parsed !== undefined && isAlive(parsed.holder)) return { held: false, ...parsed };
    removeStale(path, found);
  }
}

/**
 * Like tryLock, but waits for the holder; rejects after `timeoutMs`. The lock is released when `work` settles.
 * `onWait` is told once who is waited for.
 */
export async function withLock(path, work, { timeoutMs = 120_000, note = "", onWait } = {}) {
  const deadline = performance.now() + timeoutMs;
  let lock = tryLock(path, note);
  if (!lock.held) onWait?.(lock);
  while (!lock.held) {
    if (performance.now() >= deadline) {
      throw new Error(`process ${lock.holder.pid} has held ${path} for ${Math.round(timeoutMs / 1000)} s`);
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
    lock = tryLock(path, note);
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/** Who holds the lock, if a live process does. */
export function lockHolder(path) {
  const found = readOrUndefined(path);
  const parsed = found === undefined ? undefined : parseLock(found);
  return parsed !== undefined && isAlive(parsed.holder) ? parsed : undefined;
}

function linkComplete(path, content) {
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, content, { mode: 0o600 });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  } finally {
    unlinkSync(draft);
  }
}

/** Moves the dead holder's file aside; if another process was quicker and this is its fresh lock, puts that back. */
function removeStale(path, stale) {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch {
    return; // someone else removed it
  }
  if (readOrUndefined(aside) !== stale) {
    try {
      linkSync(aside, path);
    } catch {
      // a third process took the lock in this instant; nothing more can be done
    }
  }
  rmSync(aside, { force: true });
}

function readOrUndefined(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function parseLock(text) {
  try {
    const value = JSON.parse(text);
    const holder = parseRef(value.holder);
    return holder === undefined ? undefined : { holder, note: String(value.note) };
  } catch {
    return undefined;
  }
}
