import { spawn } from "node:child_process";
import { join } from "node:path";
import { choosePort } from "@/scripts/process/free-port.mjs";
import { projectRoot } from "@/scripts/project-root";
import { nodeArguments } from "@/scripts/supervisor/plan";

export interface WebServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** The production server (`next start`) on a database; the build must be there. */
export async function startWebServer(environment: Readonly<Record<string, string>>): Promise<WebServer> {
  const port = await choosePort(undefined);
  const root = projectRoot();
  const child = spawn(
    process.execPath,
    nodeArguments(root, join(root, "node_modules/next/dist/bin/next"), "start", "-H", "127.0.0.1", "-p", String(port)),
    {
      cwd: root,
      env: { ...process.env, NODE_ENV: "production", PORT: String(port), LOG_LEVEL: "error", ...environment },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    },
  );
  const url = `http://127.0.0.1:${port}`;
  const deadline = performance.now() + 60_000;
  for (;;) {
    if (child.exitCode !== null)
      throw new Error(`the web server ended with ${child.exitCode}; is the build there (npm run build)?`);
    try {
      if ((await fetch(`${url}/api/v1/ready`)).ok) break;
    } catch {
      // not listening yet
    }
    if (performance.now() > deadline) throw new Error("the web server was not ready within a minute");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return {
    url,
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.kill("SIGTERM");
      }),
  };
}
