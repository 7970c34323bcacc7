import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { projectRoot } from "../../project-root";

export interface StubChild {
  readonly name: string;
  readonly stage: number;
  readonly readySeconds?: number;
  readonly kind: "task" | "service" | "background";
  readonly ready: "exit" | "line" | "http";
  readonly args: readonly string[];
  readonly drainSeconds: number;
  readonly stopRank: number;
}

export interface StubOptions {
  readonly dataDirectory: string;
  readonly port: number;
  readonly database?: "embedded" | "none";
  readonly children: readonly StubChild[];
}

/** A supervisor under test, in a process group of its own, as a terminal would start it. */
export interface StubSupervisor {
  readonly child: ChildProcess;
  readonly lines: readonly string[];
  /** Resolves with the first line (also an earlier one) that matches; rejects when the process ends without one. */
  line(pattern: RegExp): Promise<string>;
  /** Exit code, once it has ended. */
  readonly ended: Promise<number | null>;
  /** What a Ctrl-C at the terminal does: SIGINT to everybody in the foreground group. */
  interruptGroup(): void;
}

/** Bundles the stub once, so that each start takes a tenth of what compiling on the fly would. */
export async function bundleStub(): Promise<string> {
  const root = projectRoot();
  const outfile = join(root, ".cache", "stub-supervisor", `${process.pid}.mjs`);
  mkdirSync(join(root, ".cache", "stub-supervisor"), { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: ["scripts/supervisor/testing/stub-supervisor.ts"],
    outfile,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
  });
  return outfile;
}

export function startStub(program: string, options: StubOptions): StubSupervisor {
  const child = spawn(process.execPath, [program, JSON.stringify({ database: "none", ...options })], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  let over = false;
  for (const stream of [child.stdout, child.stderr]) {
    let rest = "";
    stream.setEncoding("utf8");
    stream.on("data", (text: string) => {
      const parts = (rest + text).split("\n");
      rest = parts.pop() ?? "";
      lines.push(...parts);
      for (const check of waiting) check();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  void ended.then(() => {
    over = true;
    for (const check of waiting) check();
  });
  return {
    child,
    lines,
    ended,
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const check = () => {
          const found = lines.find((line) => pattern.test(line));
          if (found !== undefined) resolve(found);
          else if (over) reject(new Error(`ended without ${pattern}:\n${lines.join("\n")}`));
          else return;
          waiting.delete(check);
        };
        waiting.add(check);
        check();
      }),
    interruptGroup() {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGINT");
    },
  };
}

/** What the stub children noted: `["worker started", ...]`. */
export function journalOf(dataDirectory: string): string[] {
  try {
    const lines = readFileSync(join(dataDirectory, "journal"), "utf8").trim().split("\n");
    return lines.map((line) => line.split(" ").slice(0, 2).join(" "));
  } catch {
    return [];
  }
}
