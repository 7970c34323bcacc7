import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { choosePort, probePort } from "../process/free-port.mjs";
import { goneWithin, refOf } from "../process/process-identity.mjs";
import { orphans } from "../process/recorded-children.mjs";
import {
  bundleStub,
  journalOf,
  type StubChild,
  type StubOptions,
  type StubSupervisor,
  startStub,
} from "./testing/start-stub";

let program: string;
let dataDirectory: string;
let port: number;
let started: StubSupervisor[];

beforeAll(async () => {
  program = await bundleStub();
});
afterAll(() => rmSync(program));
beforeEach(async () => {
  dataDirectory = mkdtempSync(join(tmpdir(), "mq-steward supervise "));
  port = await choosePort(undefined);
  started = [];
});
afterEach(async () => {
  for (const { child, ended } of started) {
    child.kill("SIGKILL");
    await ended;
  }
  for (const { process } of orphans(dataDirectory)) await goneWithin(process, 10_000);
  rmSync(dataDirectory, { recursive: true });
});

const migrations: StubChild = {
  name: "migrations",
  stage: 0,
  kind: "task",
  ready: "exit",
  args: ["--task"],
  drainSeconds: 1,
  stopRank: 0,
};
const worker: StubChild = {
  name: "worker",
  stage: 1,
  kind: "service",
  ready: "line",
  args: ["--drain", "100"],
  drainSeconds: 20,
  stopRank: 1,
};
const web = (): StubChild => ({
  name: "web",
  stage: 2,
  kind: "service",
  ready: "http",
  args: ["--port", String(port)],
  drainSeconds: 20,
  stopRank: 2,
});

function start(children: readonly StubChild[] = [migrations, worker, web()], options: Partial<StubOptions> = {}) {
  const stub = startStub(program, { dataDirectory, port, children, ...options });
  started.push(stub);
  return stub;
}

describe("supervise", () => {
  it("starts the children one after the other and says at last where the product is", async () => {
    const supervisor = start();
    await supervisor.line(/^Ready: /);
    expect(supervisor.lines.at(-1)).toBe(`Ready: http://127.0.0.1:${port}`);
    expect(journalOf(dataDirectory)).toEqual(["migrations started", "worker started", "web started"]);
    expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe("stub");
  });

  it("starts the children of one stage together, and the next stage when all are ready", async () => {
    const together = [
      { ...worker, name: "one", stage: 1 },
      { ...worker, name: "two", stage: 1, args: ["--ready-after", "300"] },
      { ...worker, name: "three", stage: 2 },
    ];
    await start(together).line(/^Ready: /);
    expect(journalOf(dataDirectory).slice(0, 2).sort()).toEqual(["one started", "two started"]);
    expect(journalOf(dataDirectory).slice(2)).toEqual(["two ready", "three started"]);
  });

  it("gives up on a child that does not become ready in the time it has", async () => {
    const supervisor = start([{ ...worker, args: ["--ready-after", "60000"], readySeconds: 0.3 }]);
    expect(await supervisor.ended).toBe(1);
    expect(supervisor.lines).toContain("The worker has not become ready within 0.3 s.");
    expect(supervisor.lines).toContain("  worker has stopped");
  });

  it("waits as long as it takes for a child without such a time", async () => {
    const quick = { ...worker, name: "quick", stage: 1, readySeconds: 1 };
    const slow = { ...worker, name: "slow", kind: "background" as const, stage: 2, args: ["--ready-after", "1500"] };
    await start([quick, slow]).line(/^Ready: /);
    expect(journalOf(dataDirectory).at(-1)).toBe("slow ready");
  });

  it("after a Ctrl-C lets each child drain before the next is asked, and no child sees the keystroke itself", async () => {
    const supervisor = start();
    await supervisor.line(/^Ready: /);
    supervisor.interruptGroup();
    expect(await supervisor.ended).toBe(0);
    expect(journalOf(dataDirectory).slice(3)).toEqual([
      "worker asked-to-stop",
      "worker stopped",
      "web asked-to-stop",
      "web stopped",
    ]);
    expect(supervisor.lines.at(-1)).toBe("Stopped.");
    expect(await probePort(port)).toBe("free");
  });

  it("stops in order at SIGTERM during the start, too", async () => {
    const slow: StubChild = {
      name: "history",
      stage: 3,
      kind: "background",
      ready: "exit",
      args: [],
      drainSeconds: 5,
      stopRank: 0,
    };
    const supervisor = start([worker, slow]);
    await supervisor.line(/Worker/);
    await untilJournal("history started");
    supervisor.child.kill("SIGTERM");
    expect(await supervisor.ended).toBe(0);
    expect(journalOf(dataDirectory).slice(2)).toEqual([
      "history asked-to-stop",
      "history stopped",
      "worker asked-to-stop",
      "worker stopped",
    ]);
    expect(supervisor.lines.join("\n")).not.toContain("Ready:");
  });

  it("takes the two SIGINTs of one Ctrl-C (npm passes it on once more) for one", async () => {
    const supervisor = start([{ ...worker, args: ["--drain", "1500"] }]);
    await supervisor.line(/^Ready: /);
    supervisor.interruptGroup();
    supervisor.interruptGroup();
    expect(await supervisor.ended).toBe(0);
    expect(journalOf(dataDirectory).at(-1)).toBe("worker stopped");
    expect(supervisor.lines).not.toContain("Hurrying");
  });

  it("ends a child by force when its time to drain is over", async () => {
    const supervisor = start([{ ...worker, args: ["--deaf"], drainSeconds: 0.2 }]);
    await supervisor.line(/^Ready: /);
    supervisor.child.kill("SIGTERM");
    expect(await supervisor.ended).toBe(0);
    expect(journalOf(dataDirectory)).toEqual(["worker started", "worker asked-to-stop"]);
  });

  it("waits no longer when it is asked a second time", async () => {
    const supervisor = start([{ ...worker, args: ["--deaf"], drainSeconds: 600 }]);
    await supervisor.line(/^Ready: /);
    supervisor.child.kill("SIGTERM");
    await supervisor.line(/^Stopping worker/);
    const again = setInterval(() => supervisor.child.kill("SIGTERM"), 200); // counts one second after the first
    expect(await supervisor.ended).toBe(0);
    clearInterval(again);
    expect(supervisor.lines).toContain("Hurrying");
  });

  it("starts a crashed child again", async () => {
    const supervisor = start([worker, web()]);
    await supervisor.line(/^Ready: /);
    const first = pidsOf("worker started")[0];
    process.kill(first ?? 0, "SIGKILL");
    await supervisor.line(/the worker has ended \(signal SIGKILL\); starting it again in 0.5 s/);
    await supervisor.line(/the worker is back/);
    expect(pidsOf("worker started")).toHaveLength(2);
  });

  it("ends, with everything stopped, when a child cannot be kept running, and repeats its last words", async () => {
    const supervisor = start([
      { ...web(), stage: 0 },
      { ...worker, args: ["--fail"] },
    ]);
    expect(await supervisor.ended).toBe(1);
    const said = supervisor.lines.join("\n");
    expect(said).toContain("The worker has ended (exit code 1); its last lines:\n    the reason why it failed");
    expect(said).toContain("Way out:");
    expect(await probePort(port)).toBe("free");
  });

  it("refuses a second start on the same data, and says where the first one is", async () => {
    const first = start();
    await first.line(/^Ready: /);
    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.lines.join("\n")).toContain(
      `already runs on ${dataDirectory} (process ${first.child.pid}): http://127.0.0.1:${port}`,
    );
    expect(first.child.exitCode).toBeNull();
  });

  it("lets exactly one of two simultaneous starts through", async () => {
    const both = [start([worker]), start([worker])];
    const outcomes = await Promise.all(
      both.map((one) =>
        Promise.race([
          one.line(/^Ready: /).then(
            () => "ready",
            () => "refused",
          ),
          one.ended,
        ]),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === "ready")).toHaveLength(1);
    expect(journalOf(dataDirectory)).toEqual(["worker started"]);
  });

  it("names a taken port and the way out", async () => {
    const other = await listen(port);
    const supervisor = start();
    expect(await supervisor.ended).toBe(1);
    other.close();
    const said = supervisor.lines.join("\n");
    expect(said).toContain(`Port ${port} on 127.0.0.1 is taken by another program.`);
    expect(said).toContain(`PORT=${port + 1} npm run demo`);
  });
});

describe("after a SIGKILL of the supervisor", () => {
  it("the children end by themselves", async () => {
    const supervisor = start();
    await supervisor.line(/^Ready: /);
    const children = ["worker", "web"].map((name) => refOf(pidsOf(`${name} started`)[0] ?? 0));
    supervisor.child.kill("SIGKILL");
    for (const child of children) expect(child !== undefined && (await goneWithin(child, 5_000))).toBe(true);
    expect(journalOf(dataDirectory)).toContain("worker stopped");
  });

  it("the next start ends a child that does not, and comes up on the same port", async () => {
    const killed = start([worker, { ...web(), args: [...web().args, "--deaf"] }]);
    await killed.line(/^Ready: /);
    killed.child.kill("SIGKILL");
    await killed.ended;
    const next = start();
    await next.line(/^Ready: /);
    expect(next.lines.join("\n")).toMatch(/an earlier start was killed; ending what it left: .*web \(process \d+\)/);
    expect(journalOf(dataDirectory)).toContain("web asked-to-stop");
    expect(pidsOf("web started")).toHaveLength(2);
  });
});

function pidsOf(event: string): number[] {
  const lines = readFileSync(join(dataDirectory, "journal"), "utf8").trim().split("\n");
  return lines.filter((line) => line.startsWith(`${event} `)).map((line) => Number(line.split(" ")[2]));
}

async function untilJournal(event: string): Promise<void> {
  await expect.poll(() => journalOf(dataDirectory), { timeout: 10_000, interval: 20 }).toContain(event);
}

async function listen(onPort: number): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(onPort, "127.0.0.1", resolve));
  return server;
}
