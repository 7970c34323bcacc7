import { spawn } from "node:child_process";
import { createWriteStream, existsSync, mkdirSync, renameSync, statSync, type WriteStream } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { OperatorError } from "../operator-error.mjs";
import { type ProcessRef, refOf } from "../process/process-identity.mjs";
import { type ChildSpec, READY_LINE } from "./plan";

const KEPT_LINES = 15;
const MAX_LOG_BYTES = 5_000_000;
const HURRIED_GRACE_MS = 1_500;

export interface ChildEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** One run of a child process. */
export interface Child {
  readonly process: ProcessRef | undefined;
  /** Resolves when it does its work; rejects when it ends or takes too long before that. */
  readonly ready: Promise<void>;
  readonly ended: Promise<ChildEnd>;
  /** Its last lines, for a message about its end. */
  lastLines(): string;
  /** Asks it to stop, waits for what it has to finish, then ends it by force; `hurry` cuts the waiting short. */
  stop(hurry: Promise<void>): Promise<void>;
}

/** Starts a child in a session of its own: a Ctrl-C at the terminal reaches the supervisor alone, which stops it in order. */
export function startChild(
  spec: ChildSpec,
  { root, logDirectory, onLine }: { root: string; logDirectory: string; onLine: (line: string) => void },
): Child {
  const log = spec.output === "console" ? undefined : openLog(logDirectory, spec.name);
  const child = spawn(spec.program, [...spec.args], {
    cwd: root,
    env: { NODE_ENV: "production", ...spec.env },
    // The fourth channel tells the child when the supervisor is gone; see child-guard.mjs.
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    detached: true,
  });
  const kept: string[] = [];
  const readyLine = deferred();
  const keep = (line: string) => {
    kept.push(line);
    if (kept.length > KEPT_LINES) kept.shift();
    log?.write(`${line}\n`);
  };
  eachLine(child.stdout, (line) => {
    if (line.trim() === READY_LINE) return readyLine.resolve();
    keep(line);
    if (spec.output !== "log-file") onLine(line);
  });
  eachLine(child.stderr, (line) => {
    keep(line);
    if (spec.output === "console") onLine(line);
  });
  const ended = new Promise<ChildEnd>((resolve) => {
    child.once("error", (error) => {
      kept.push(error.message);
      resolve({ code: null, signal: null });
    });
    child.once("close", (code, signal) => resolve({ code, signal }));
    // Something it started may hold its output open: the end itself then counts, a moment later.
    child.once("exit", (code, signal) => setTimeout(() => resolve({ code, signal }), 1_000).unref());
  });
  void ended.then(() => log?.end());
  const lastLines = () => kept.join("\n");
  const ready = untilReady(spec, { readyLine: readyLine.promise, ended, lastLines });
  ready.catch(() => {}); // whoever awaits it gets the rejection; nobody may, while everything is being stopped
  return {
    process: child.pid === undefined ? undefined : refOf(child.pid),
    ready,
    ended,
    lastLines,
    async stop(hurry) {
      child.kill("SIGTERM");
      const patience = cancellableTimer(spec.drainSeconds * 1000);
      const hurried = hurry.then(() => new Promise((resolve) => setTimeout(resolve, HURRIED_GRACE_MS)));
      await Promise.race([ended, patience.elapsed, hurried]);
      patience.cancel();
      killGroup(child.pid);
      await ended;
    },
  };
}

/** By force, with whatever it has started itself; it leads a group of its own. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // nobody is left in it
  }
}

/** "exit code 1" or "signal SIGKILL". */
export function describeEnd({ code, signal }: ChildEnd): string {
  if (signal !== null) return `signal ${signal}`;
  return code === null ? "it could not be started" : `exit code ${code}`;
}

/** The error for a child that ended when it should not have. */
export function unexpectedEnd(spec: ChildSpec, end: ChildEnd, lastLines: string): OperatorError {
  const said = lastLines === "" ? "" : `; its last lines:\n${lastLines.replace(/^/gm, "    ")}`;
  return new OperatorError(
    `The ${spec.name} has ended (${describeEnd(end)})${said}`,
    "put right what it says and start again",
  );
}

async function untilReady(
  spec: ChildSpec,
  state: { readyLine: Promise<void>; ended: Promise<ChildEnd>; lastLines: () => string },
): Promise<void> {
  const { ready, readySeconds } = spec;
  let over = false;
  const signs = [
    state.ended.then((end) => {
      if (end.code === 0 && spec.kind !== "service") return;
      throw unexpectedEnd(spec, end, state.lastLines());
    }),
  ];
  if (ready.on === "line") signs.push(state.readyLine);
  if (ready.on === "http") signs.push(untilAnswered(ready.url, () => over));
  const timer = readySeconds === undefined ? undefined : cancellableTimer(readySeconds * 1000);
  if (timer !== undefined) {
    signs.push(
      timer.elapsed.then(() => {
        throw new OperatorError(
          `The ${spec.name} has not become ready within ${readySeconds} s.`,
          "look at its output above or in the logs folder, and start again",
        );
      }),
    );
  }
  try {
    await Promise.race(signs);
  } finally {
    over = true;
    timer?.cancel();
  }
}

async function untilAnswered(url: string, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(5_000), redirect: "manual" });
      await response.body?.cancel();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function eachLine(stream: Readable | null, onLine: (line: string) => void): void {
  let rest = "";
  stream?.setEncoding("utf8");
  stream?.on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(onLine);
  });
  stream?.on("end", () => {
    if (rest !== "") onLine(rest);
  });
}

function openLog(directory: string, name: string): WriteStream {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, `${name}.log`);
  if (existsSync(path) && statSync(path).size > MAX_LOG_BYTES) renameSync(path, `${path}.1`);
  const stream = createWriteStream(path, { flags: "a", mode: 0o600 });
  stream.on("error", () => {}); // a full disk must not end the supervisor
  return stream;
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

function cancellableTimer(ms: number): { elapsed: Promise<void>; cancel: () => void } {
  const { promise, resolve } = deferred();
  const timer = setTimeout(resolve, ms);
  return { elapsed: promise, cancel: () => clearTimeout(timer) };
}
