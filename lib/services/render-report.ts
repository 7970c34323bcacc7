import { spawn } from "node:child_process";
import { join } from "node:path";
import { AppError } from "@/lib/domain/errors";
import { env } from "@/lib/env";

/** What is made of a frozen report. `document` and `lists` are canonical JSON, which is one line each. */
export type RenderRequest =
  | { format: "pdf"; document: string; paper: "a4" | "letter"; owners: boolean }
  | { format: "xlsx"; document: string; lists: string };

const TIMEOUT_MS = 120_000;
/** Young generation of the child's heap, MB: drawing makes much garbage, and collecting it in small steps takes a quarter of the time. */
const SEMI_SPACE_MB = 64;
/** Most of the heap that a child takes, MB; with the drawing library's own memory it stays below 800. */
const HEAP_MB = 640;
/** Children at a time: each takes a whole core for seconds. */
const AT_A_TIME = 2;

let running = 0;
const waiting: (() => void)[] = [];

/**
 * Makes the PDF or the spreadsheet of a frozen report in a process of its own, because that blocks for seconds. Others wait while two are made. Errors:
 * unavailable where it takes too long; internal where the child fails.
 */
export async function renderReport(request: RenderRequest): Promise<Uint8Array> {
  if (running >= AT_A_TIME) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await renderInChild(request);
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

/** Arguments of the child: the bundle, or the source where no bundle is made. The project's folder is the working directory of every process. */
export function rendererArguments(root = process.cwd(), renderer = env().reportRenderer): string[] {
  const limits = [`--max-semi-space-size=${SEMI_SPACE_MB}`, `--max-old-space-size=${HEAP_MB}`];
  return renderer === "bundle"
    ? [...limits, join(root, "dist/render-report.js")]
    : [...limits, "--import", "tsx", join(root, "scripts/render-report.ts")];
}

function renderInChild({ document, ...request }: RenderRequest): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, rendererArguments(), {
      stdio: ["pipe", "pipe", "pipe"],
      timeout: TIMEOUT_MS,
    });
    const made: Uint8Array[] = [];
    let said = "";
    child.stdout.on("data", (chunk: Uint8Array) => made.push(chunk));
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-4_000);
    });
    child.once("error", (cause) =>
      reject(new AppError("internal", "The program that draws reports cannot be started.", { cause })),
    );
    child.once("close", (code, signal) => {
      if (code === 0) resolve(Buffer.concat(made));
      else if (signal === "SIGTERM")
        reject(new AppError("unavailable", "Drawing the report took too long; try the short form."));
      else
        reject(
          new AppError("internal", "The report could not be drawn.", {
            cause: new Error(said.trim() || `exit code ${code}`),
          }),
        );
    });
    // The child may end before it has read everything; its exit code says so.
    child.stdin.on("error", () => {});
    const { lists = "{}", ...options } = { lists: undefined, ...request };
    child.stdin.end([JSON.stringify(options), document, lists].join("\n"));
  });
}
