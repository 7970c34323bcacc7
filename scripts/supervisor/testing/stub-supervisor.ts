/** The real supervisor with stub children: the process tests start it with one argument, a JSON text of this form. */
import { join } from "node:path";
import { z } from "zod";
import { checkPort } from "../../bootstrap/preflight.mjs";
import { Progress } from "../../bootstrap/progress.mjs";
import { describeFailure } from "../../operator-error.mjs";
import { projectRoot } from "../../project-root";
import { openEmbeddedDatabase } from "../database-server";
import { type ChildSpec, nodeArguments } from "../plan";
import { supervise } from "../supervise";

const { dataDirectory, port, database, children } = z
  .object({
    dataDirectory: z.string(),
    port: z.number(),
    database: z.enum(["embedded", "none"]),
    children: z.array(
      z.object({
        name: z.string(),
        stage: z.number(),
        readySeconds: z.number().optional(),
        kind: z.enum(["task", "service", "background"]),
        ready: z.enum(["exit", "line", "http"]),
        args: z.array(z.string()),
        drainSeconds: z.number(),
        stopRank: z.number(),
      }),
    ),
  })
  .parse(JSON.parse(process.argv[2] ?? ""));

const root = projectRoot();

function specOf(child: (typeof children)[number]): ChildSpec {
  return {
    ...child,
    readySeconds: child.readySeconds,
    phase: child.kind === "task" ? "migrations" : "worker",
    program: process.execPath,
    args: nodeArguments(root, join(root, "scripts/supervisor/testing/stub-child.mjs"), child.name, ...child.args),
    env: { PATH: process.env.PATH ?? "", STUB_JOURNAL: join(dataDirectory, "journal") },
    ready: child.ready === "http" ? { on: "http", url: `http://127.0.0.1:${port}/` } : { on: child.ready },
    output: "progress",
  };
}

async function main(): Promise<void> {
  await supervise({
    root,
    dataDirectory,
    address: `http://127.0.0.1:${port}`,
    progress: new Progress(["database", "worker"]),
    orphanPatienceMs: 300,
    async openDatabase(announce) {
      if (database === "embedded") return await openEmbeddedDatabase(dataDirectory, "mq_steward", announce);
      return { url: "postgresql://none", description: "no database", isRunning: () => true, release: async () => {} };
    },
    preflight: () => checkPort("127.0.0.1", port, "demo"),
    plan: () => children.map(specOf),
  });
}

main().then(
  () => {
    console.log("Stopped.");
    process.exit(0);
  },
  (error: unknown) => {
    console.error(describeFailure(error));
    process.exit(1);
  },
);
