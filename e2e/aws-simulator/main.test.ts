import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, describe, expect, it } from "vitest";

const main = fileURLToPath(new URL("./main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "simulator-"));
const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill("SIGTERM");
    await once(child, "exit");
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

function start(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, ["--import", "tsx", main, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  return child;
}

/** The first line a process says, which names its address. */
async function firstLine(child: ChildProcess): Promise<string> {
  let text = "";
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    if (text.includes("\n")) break;
  }
  return text;
}

describe("the simulator as a process", () => {
  it("keeps its anchor over restarts, serves health at its control address and ends on SIGTERM", {
    timeout: 90_000,
  }, async () => {
    const state = join(folder, "state.json");
    const first = start("--port", "0", "--state", state, "--anchor", "2026-03-01");
    const line = await firstLine(first);
    expect(line).toContain("anchor 2026-03-01");
    const url = /http:\S+/.exec(line)?.[0];
    expect(await (await fetch(`${url}/_control/health`)).json()).toMatchObject({ status: "ok", anchor: "2026-03-01" });
    first.kill("SIGTERM");
    expect((await once(first, "exit"))[0]).toBe(0);
    expect(JSON.parse(readFileSync(state, "utf8"))).toEqual({ anchor: "2026-03-01" });
    expect(await firstLine(start("--port", "0", "--state", state))).toContain("anchor 2026-03-01");
  });

  it("says which port is taken", { timeout: 60_000 }, async () => {
    const blocker = createServer().listen(0, "127.0.0.1");
    await once(blocker, "listening");
    const address = blocker.address();
    const port = typeof address === "object" ? String(address?.port) : "";
    const child = start("--port", port, "--anchor", "2026-03-01");
    let errors = "";
    child.stderr?.on("data", (chunk) => {
      errors += String(chunk);
    });
    const [code] = await once(child, "close");
    blocker.close();
    expect(code).toBe(1);
    expect(errors).toContain(`port ${port} is taken`);
  });
});
