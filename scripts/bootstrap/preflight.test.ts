import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { choosePort } from "../process/free-port.mjs";
import { checkDataDirectory, checkDisk, checkNode, checkPlatform, checkPort } from "./preflight.mjs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mq-steward preflight "));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

describe("checkNode", () => {
  it.each(["20.19.0", "20.20.2", "22.0.0", "24.1.0"])("accepts %s", (version) => {
    expect(() => checkNode(version)).not.toThrow();
  });
  it.each(["20.18.9", "18.20.8", "9.0.0"])("refuses %s and says what to install", (version) => {
    expect(() => checkNode(version)).toThrow(
      expect.objectContaining({
        message: `Node.js ${version} is too old: 20.19 or newer is needed.`,
        wayOut: expect.stringContaining("nodejs.org"),
      }),
    );
  });
});

describe("checkPlatform", () => {
  it("sends Windows to WSL", () => {
    expect(() => checkPlatform("win32")).toThrow(expect.objectContaining({ wayOut: expect.stringContaining("WSL") }));
  });
});

describe("checkDisk", () => {
  it("names what is free and what is needed", () => {
    expect(() => checkDisk(folder, { neededBytes: 2 ** 60 })).toThrow(
      /^Only [\d.]+ GB are free.*1073741824.0 GB are needed/,
    );
    expect(() => checkDisk(folder, { neededBytes: 1 })).not.toThrow();
  });

  it.skipIf(process.getuid?.() === 0)("names a folder that cannot be written", () => {
    chmodSync(folder, 0o500);
    expect(() => checkDisk(folder, { neededBytes: 1 })).toThrow(/cannot be written by user/);
  });
});

describe("checkDataDirectory", () => {
  it("makes the folder", () => {
    expect(() => checkDataDirectory(join(folder, "a", "b"))).not.toThrow();
  });
  it("names one that cannot be made, and the variable to choose another", () => {
    writeFileSync(join(folder, "file"), "");
    expect(() => checkDataDirectory(join(folder, "file", "data"))).toThrow(
      expect.objectContaining({ wayOut: expect.stringContaining("MQ_STEWARD_DATA_DIR=") }),
    );
  });
});

describe("checkPort", () => {
  it("accepts a free port and refuses the same one when it is taken, naming the next", async () => {
    const port = await choosePort(undefined);
    await expect(checkPort("127.0.0.1", port, "start")).resolves.toBeUndefined();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, "127.0.0.1", resolve));
    await expect(checkPort("127.0.0.1", port, "start")).rejects.toMatchObject({
      message: `Port ${port} on 127.0.0.1 is taken by another program.`,
      wayOut: expect.stringContaining("npm run start"),
    });
    await new Promise((resolve) => other.close(resolve));
  });

  it("waits for a port that is being freed", async () => {
    const port = await choosePort(undefined);
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, "127.0.0.1", resolve));
    setTimeout(() => other.close(), 300);
    await expect(checkPort("127.0.0.1", port, "start")).resolves.toBeUndefined();
  });

  it("names HOST when it is no address of this machine", async () => {
    await expect(checkPort("192.0.2.1", 3000, "start")).rejects.toMatchObject({
      message: expect.stringContaining("EADDRNOTAVAIL"),
      wayOut: expect.stringContaining("HOST"),
    });
  });
});
