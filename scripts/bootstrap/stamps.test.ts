import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fingerprint, isStale, removeStamp, writeStamp } from "./stamps.mjs";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "mq-steward stamps "));
  for (const folder of ["app", "lib/db/generated", "scripts"]) mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, "app", "page.tsx"), "page");
  writeFileSync(join(root, "lib", "fleet.ts"), "fleet");
});
afterEach(() => rmSync(root, { recursive: true }));

describe("stamps", () => {
  it("tell a product that was made of the present sources from one that was not", () => {
    expect(isStale(root, "build")).toBe(true);
    writeStamp(root, "build", fingerprint(root, "build"));
    expect(isStale(root, "build")).toBe(false);
    writeFileSync(join(root, "app", "page.tsx"), "another page");
    expect(isStale(root, "build")).toBe(true);
  });

  it("notice a source that moved without changing", () => {
    const before = fingerprint(root, "build");
    rmSync(join(root, "lib", "fleet.ts"));
    writeFileSync(join(root, "lib", "armada.ts"), "fleet");
    expect(fingerprint(root, "build")).not.toBe(before);
  });

  it("disregard tests and generated files", () => {
    const before = fingerprint(root, "build");
    writeFileSync(join(root, "lib", "fleet.test.ts"), "test");
    writeFileSync(join(root, "lib", "db", "generated", "client.ts"), "client");
    expect(fingerprint(root, "build")).toBe(before);
  });

  it("keep pages and programs apart", () => {
    writeStamp(root, "bundle", fingerprint(root, "bundle"));
    writeFileSync(join(root, "app", "page.tsx"), "another page");
    expect(isStale(root, "bundle")).toBe(false);
  });

  it("are gone while a product is being made, so that an interruption shows", () => {
    writeStamp(root, "build", fingerprint(root, "build"));
    removeStamp(root, "build");
    expect(isStale(root, "build")).toBe(true);
  });
});
