import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { findChromium } from "./chromium.mjs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mq-steward chromium "));
  vi.stubEnv("MQ_STEWARD_CHROMIUM", "");
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function program(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, "#!/bin/sh\n", { mode: 0o755 });
  return path;
}

const silent = () => {};

describe("findChromium", () => {
  it("takes the one that is named, before all others", async () => {
    program("chromium");
    const named = program("my-browser");
    vi.stubEnv("PATH", folder);
    vi.stubEnv("MQ_STEWARD_CHROMIUM", named);
    expect(await findChromium(folder, silent)).toBe(named);
  });

  it("refuses a named one that is no program, instead of silently taking another", async () => {
    vi.stubEnv("MQ_STEWARD_CHROMIUM", join(folder, "missing"));
    await expect(findChromium(folder, silent)).rejects.toThrow(/which is no program/);
  });

  it("finds an installed one without downloading anything", async () => {
    const installed = program("google-chrome");
    vi.stubEnv("PATH", `/nonexistent:${folder}`);
    expect(await findChromium(folder, () => expect.unreachable("nothing is fetched"))).toBe(installed);
  });
});
