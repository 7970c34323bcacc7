/** Bundles the programs beside Next (supervisor, worker, migration run, simulator ...) into dist/. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fingerprint, removeStamp, writeStamp } from "./bootstrap/stamps.mjs";

/** Name in dist/ -> source. Programs whose source does not exist are left out. */
const PROGRAMS = {
  supervisor: "scripts/supervisor.ts",
  migrate: "scripts/migrate.ts",
  "worker-main": "scripts/worker-main.ts",
  sync: "scripts/sync.ts",
  report: "scripts/report.ts",
  "render-report": "scripts/render-report.ts",
  "demo-history": "scripts/demo-history.ts",
  bench: "scripts/bench.ts",
  "aws-simulator": "e2e/aws-simulator/main.ts",
};

/**
 * Writes dist/. Packages stay in node_modules; only the project's own files are joined. Older files stay: a server that runs
 * meanwhile (`npm run sync` beside it) may still load them.
 */
export async function bundle(root) {
  const stamp = fingerprint(root, "bundle");
  removeStamp(root, "bundle");
  const { build } = await import("esbuild");
  const programs = Object.entries(PROGRAMS).filter(([, source]) => existsSync(join(root, source)));
  await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(programs),
    outdir: "dist",
    bundle: true,
    splitting: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: "linked",
    logLevel: "warning",
  });
  writeStamp(root, "bundle", stamp);
}
