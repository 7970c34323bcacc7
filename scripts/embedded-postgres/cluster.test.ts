import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { choosePort, probePort } from "../process/free-port.mjs";
import { goneWithin, isAlive, signalIfAlive } from "../process/process-identity.mjs";
import { bundleStub, type StubSupervisor, startStub } from "../supervisor/testing/start-stub";
import { recreateSymlinks } from "./binaries";
import { type Cluster, type ClusterOptions, openCluster } from "./cluster";
import { serverArguments } from "./server-settings";

/** An initialised cluster, made once and copied for each test: initdb takes longer than everything else here. */
let model: string;
let dataDirectory: string;
let opened: Cluster[];

beforeAll(async () => {
  model = mkdtempSync(join(tmpdir(), "mq-steward-model-"));
  openToEverybody(model);
  const cluster = await openCluster({ dataDirectory: model, durability: "scratch" });
  await cluster.release();
});
afterAll(() => rmSync(model, { recursive: true }));
beforeEach(() => {
  dataDirectory = mkdtempSync(join(tmpdir(), "mq-steward cluster "));
  openToEverybody(dataDirectory);
  opened = [];
});
afterEach(async () => {
  for (const cluster of opened) await cluster.release({ urgent: true });
  rmSync(dataDirectory, { recursive: true });
});

async function open(options: Partial<ClusterOptions> = {}): Promise<Cluster> {
  const cluster = await openCluster({ dataDirectory, durability: "scratch", ...options });
  opened.push(cluster);
  return cluster;
}

function copyModel(): void {
  execFileSync("cp", ["-a", `${model}/.`, dataDirectory]); // keeps the owner, whom PostgreSQL insists on
  unlinkSync(join(dataDirectory, "postgres.json"));
}

/** mkdtemp makes 0700; as root the server runs as somebody else, who must get in. */
function openToEverybody(folder: string): void {
  chmodSync(folder, 0o755);
}

describe("openCluster", () => {
  it("makes a cluster in a folder with spaces, for the loopback address only, with a secret password", async () => {
    const cluster = await open();
    expect(await query(cluster.url(), "SELECT current_user::text AS who")).toEqual([{ who: "mq_steward" }]);
    expect(statSync(join(dataDirectory, "postgres-password")).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(dataDirectory, "postgres-password"), "utf8")).toMatch(/^[0-9a-f]{48}\n$/);
    for (const address of otherAddresses()) expect(await probePort(cluster.port, address)).toBe("free");
    const wrong = new URL(cluster.url());
    wrong.password = "guess";
    await expect(query(wrong.href, "SELECT 1")).rejects.toThrow(/password authentication failed/);
  });

  it("keeps port and data from one start to the next", async () => {
    copyModel();
    const first = await open();
    await query(first.url(), "CREATE TABLE kept (id int)");
    await opened.pop()?.release();
    expect(first.isRunning()).toBe(false);
    const second = await open();
    expect(second.adopted).toBe(false);
    expect(second.port).toBe(first.port);
    expect(await query(second.url(), "SELECT * FROM kept")).toEqual([]);
  });

  it("takes another port when the remembered one is taken", async () => {
    copyModel();
    const first = await open();
    await opened.pop()?.release();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(first.port, "127.0.0.1", resolve));
    const second = await open();
    expect(second.port).not.toBe(first.port);
    expect(await query(second.url(), "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await new Promise((resolve) => other.close(resolve));
  });

  it("is shared by two users, and stops with the last", async () => {
    copyModel();
    const first = await open();
    const second = await open();
    expect(second.adopted).toBe(true);
    await opened.shift()?.release();
    expect(second.isRunning()).toBe(true);
    await opened.shift()?.release();
    expect(first.isRunning()).toBe(false);
  });

  it("recovers after a SIGKILL of the server, whose pid file stays behind", async () => {
    copyModel();
    const first = await open({ durability: "durable" });
    await query(first.url(), "CREATE TABLE kept (id int)");
    signalIfAlive(first.server, "SIGKILL");
    await goneWithin(first.server, 5_000);
    const lines: string[] = [];
    const second = await open({ announce: (line) => lines.push(line) });
    expect(lines).toContain("the last database server did not end properly; recovering");
    expect(await query(second.url(), "SELECT * FROM kept")).toEqual([]);
  });

  it("does not take a stranger, to whom the pid of a dead server has passed, for the server", async () => {
    copyModel();
    writeFileSync(
      join(dataDirectory, "postgres", "postmaster.pid"),
      `${process.pid}\n${join(dataDirectory, "postgres")}\n1\n5432\n\n127.0.0.1\n\nready   \n`,
    );
    const cluster = await open();
    expect(cluster.adopted).toBe(false);
    expect(cluster.server.pid).not.toBe(process.pid);
  });

  it("refuses data of another PostgreSQL version, and says what can be done", async () => {
    copyModel();
    writeFileSync(join(dataDirectory, "postgres", "PG_VERSION"), "17\n");
    await expect(open()).rejects.toMatchObject({
      message: expect.stringMatching(/was written by PostgreSQL 17; this release brings \d+, which cannot read it/),
      wayOut: expect.stringMatching(/pg_dump.*move the folder aside.*DATABASE_URL/),
    });
  });

  it("refuses a folder that is no database and not empty, instead of filling it", async () => {
    mkdirSync(join(dataDirectory, "postgres"));
    writeFileSync(join(dataDirectory, "postgres", "thesis.txt"), "");
    await expect(open()).rejects.toThrow(/is not empty, and it is no PostgreSQL data folder/);
  });

  it("refuses a database whose password file is gone, and says what can be done", async () => {
    copyModel();
    unlinkSync(join(dataDirectory, "postgres-password"));
    await expect(open()).rejects.toMatchObject({ wayOut: expect.stringContaining("put the file back") });
  });

  it("clears away what an interrupted first start left", async () => {
    mkdirSync(join(dataDirectory, "postgres.new-12345", "cluster"), { recursive: true });
    writeFileSync(join(dataDirectory, "postgres-password"), "0123\n", { mode: 0o600 });
    await open();
    expect(existsSync(join(dataDirectory, "postgres.new-12345"))).toBe(false);
  });
});

describe("with a supervisor", () => {
  let program: string;
  beforeAll(async () => {
    program = await bundleStub();
  });
  afterAll(() => rmSync(program));

  async function start(): Promise<StubSupervisor> {
    const supervisor = startStub(program, {
      dataDirectory,
      port: await choosePort(undefined),
      database: "embedded",
      children: [],
    });
    await supervisor.line(/^Ready: /);
    return supervisor;
  }

  it("a Ctrl-C at the terminal does not reach the server, which is stopped last", async () => {
    copyModel();
    const supervisor = await start();
    supervisor.interruptGroup();
    expect(await supervisor.ended).toBe(0);
    expect(supervisor.lines.slice(-2)).toEqual(["  database has stopped", "Stopped."]);
    expect(readFileSync(join(dataDirectory, "postgres.log"), "utf8")).toContain("database system is shut down");
  });

  it("a server that survived a SIGKILL of the supervisor is adopted", async () => {
    copyModel();
    const killed = await start();
    killed.child.kill("SIGKILL");
    await killed.ended;
    const next = await start();
    expect(next.lines.join("\n")).toContain("PostgreSQL already running, adopted");
    next.child.kill("SIGTERM");
    expect(await next.ended).toBe(0);
    expect(existsSync(join(dataDirectory, "postgres", "postmaster.pid"))).toBe(false);
  });

  it("a server that dies is started again on the same port", async () => {
    copyModel();
    const postmasterFile = join(dataDirectory, "postgres", "postmaster.pid");
    const supervisor = await start();
    const other = await open();
    signalIfAlive(other.server, "SIGKILL");
    await supervisor.line(/the database server has ended; starting it again/);
    await supervisor.line(/the database is back/);
    expect(await query(other.url(), "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    supervisor.child.kill("SIGTERM");
    await supervisor.ended;
    expect(existsSync(postmasterFile)).toBe(true); // used here still
    await other.release();
    expect(existsSync(postmasterFile)).toBe(false); // and the one who leaves last stops the server started meanwhile
  });
});

describe.runIf(process.getuid?.() === 0)("for root", () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "mq-steward-home-")); // mode 0700, as root's own home
  });
  afterEach(() => rmSync(home, { recursive: true }));

  it("runs the server as an unprivileged user, with the data outside a home that this user cannot enter", async () => {
    const lines: string[] = [];
    const options = { dataDirectory: join(home, ".data"), durability: "scratch" as const };
    const cluster = await openCluster({ ...options, announce: (line) => lines.push(line) });
    try {
      expect(cluster.clusterDirectory.startsWith(home)).toBe(false);
      expect(lines.join("\n")).toContain(`data in ${cluster.clusterDirectory}`);
      expect(statSync(cluster.clusterDirectory).uid).not.toBe(0);
      expect(readFileSync(`/proc/${cluster.server.pid}/status`, "utf8")).not.toMatch(/^Uid:\s+0\s/m);
      expect(await query(cluster.url(), "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    } finally {
      await cluster.release();
    }
    const again = await openCluster(options);
    await again.release();
    expect(again.clusterDirectory).toBe(cluster.clusterDirectory);
    expect(isAlive(again.server)).toBe(false);
    rmSync(join(cluster.clusterDirectory, ".."), { recursive: true });
  });
});

describe("recreateSymlinks", () => {
  it("makes the library links that npm cannot pack, when the install script did not", () => {
    const folder = join(dataDirectory, "package");
    mkdirSync(join(folder, "native", "lib"), { recursive: true });
    writeFileSync(join(folder, "native", "lib", "libx.so.60.2"), "x");
    const links = [{ source: "native/lib/libx.so.60.2", target: "native/lib/libx.so.60" }];
    writeFileSync(join(folder, "native", "pg-symlinks.json"), JSON.stringify(links));
    recreateSymlinks(folder);
    recreateSymlinks(folder);
    expect(readFileSync(join(folder, "native", "lib", "libx.so.60"), "utf8")).toBe("x");
  });
});

describe("serverArguments", () => {
  const GB = 1024 ** 3;
  it.each([
    [0.5, "64MB"],
    [1, "128MB"],
    [2, "256MB"],
    [64, "256MB"],
  ])("with %f GB of memory takes %s of shared buffers", (gigabytes, expected) => {
    expect(serverArguments(5432, "durable", gigabytes * GB)).toContain(`shared_buffers=${expected}`);
  });

  it("gives up durability only for scratch data", () => {
    expect(serverArguments(5432, "durable", GB).join(" ")).not.toContain("fsync");
    expect(serverArguments(5432, "scratch", GB)).toContain("fsync=off");
  });
});

function otherAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === "IPv4" && !internal)
    .map(({ address }) => address);
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client(url);
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
