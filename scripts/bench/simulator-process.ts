import { spawn } from "node:child_process";
import { join } from "node:path";
import { choosePort } from "@/scripts/process/free-port.mjs";
import { projectRoot } from "@/scripts/project-root";
import { nodeArguments } from "@/scripts/supervisor/plan";

export interface SimulatorProcess {
  readonly url: string;
  readonly pid: number;
  control(path: string, method?: "GET" | "POST" | "DELETE", body?: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts the AWS simulator as a process of its own, so that its work is not counted as ours. */
export async function startSimulatorProcess(flags: readonly string[]): Promise<SimulatorProcess> {
  const port = await choosePort(undefined);
  const root = projectRoot();
  const child = spawn(
    process.execPath,
    nodeArguments(root, "--import", "tsx", join(root, "e2e/aws-simulator/main.ts"), "--port", String(port), ...flags),
    {
      cwd: root,
      // The channel is what tells it that this process is gone, however it ended.
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    },
  );
  const url = `http://127.0.0.1:${port}`;
  const control: SimulatorProcess["control"] = async (path, method = "GET", body) => {
    const response = await fetch(`${url}/_control/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    return response.json();
  };
  const deadline = performance.now() + 60_000;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the simulator ended with ${child.exitCode}`);
    try {
      await control("health");
      break;
    } catch {
      if (performance.now() > deadline) throw new Error("the simulator did not start within a minute");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  return {
    url,
    pid: child.pid ?? 0,
    control,
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.kill("SIGTERM");
      }),
  };
}
