import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockHolder, tryLock, withLock } from "./file-lock.mjs";

const MODULE = new URL("./file-lock.mjs", import.meta.url).href;

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mq-steward lock "));
  path = join(folder, "x.lock");
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs JavaScript in another process; resolves with its exit code or signal. */
async function elsewhere(code: string): Promise<number | string | null> {
  const child = spawn(process.execPath, [
    "--input-type=module",
    "-e",
    `import { tryLock, withLock } from ${JSON.stringify(MODULE)};\n${code}`,
  ]);
  return await new Promise((resolve) => child.once("close", (exit, signal) => resolve(exit ?? signal)));
}

describe("tryLock", () => {
  it("refuses while another holds it, and tells who and what for", () => {
    const lock = tryLock(path, "http://127.0.0.1:3000");
    expect(lock.held).toBe(true);
    expect(tryLock(path)).toMatchObject({ held: false, holder: { pid: process.pid }, note: "http://127.0.0.1:3000" });
    if (lock.held) lock.release();
    expect(lockHolder(path)).toBeUndefined();
    expect(tryLock(path).held).toBe(true);
  });

  it("is free again when its holder was killed", async () => {
    expect(await elsewhere(`tryLock(${JSON.stringify(path)}); process.kill(process.pid, "SIGKILL");`)).toBe("SIGKILL");
    expect(readFileSync(path, "utf8")).toContain("holder");
    expect(lockHolder(path)).toBeUndefined();
    expect(tryLock(path).held).toBe(true);
  });

  it("does not take a stranger with the holder's pid for the holder", () => {
    writeFileSync(path, JSON.stringify({ holder: { pid: process.pid, started: "long ago" }, note: "", key: "" }));
    expect(tryLock(path).held).toBe(true);
  });

  it("takes a file that a crash has cut for free", () => {
    writeFileSync(path, '{"holder":{"pi');
    expect(tryLock(path).held).toBe(true);
  });
});

describe("withLock", () => {
  it("lets one process in at a time, also over locks that the dead left", async () => {
    const counter = join(folder, "counter");
    writeFileSync(counter, "0");
    const add = `
      import { readFileSync, writeFileSync } from "node:fs";
      for (let round = 0; round < 5; round += 1) {
        await withLock(${JSON.stringify(path)}, async () => {
          const value = Number(readFileSync(${JSON.stringify(counter)}, "utf8"));
          await new Promise((resolve) => setTimeout(resolve, 2));
          writeFileSync(${JSON.stringify(counter)}, String(value + 1));
        });
      }`;
    const die = `tryLock(${JSON.stringify(path)}); process.kill(process.pid, "SIGKILL");`;
    const ends = await Promise.all([add, die, add, add, die].map(elsewhere));
    expect(ends.filter((end) => end === 0)).toHaveLength(3);
    expect(readFileSync(counter, "utf8")).toBe("15");
  });

  it("releases when the work fails", async () => {
    await expect(withLock(path, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(lockHolder(path)).toBeUndefined();
  });

  it("gives up after a while and names the holder", async () => {
    tryLock(path);
    await expect(withLock(path, async () => {}, { timeoutMs: 50 })).rejects.toThrow(`process ${process.pid} has held`);
  });
});
