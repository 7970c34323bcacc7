/**
 * Generates the Prisma client into lib/db/generated (git-ignored). `npm run generate` forces it; everybody else calls
 * `generatePrismaClient`, which does nothing when schema and Prisma's version are those of the last time.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const stampFile = join(root, "lib/db/generated/.stamp");

/** Hash of everything the generated client depends on: the schema, and Prisma's version as the lockfile has it. */
function currentStamp() {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  return createHash("sha256")
    .update(readFileSync(join(root, "prisma/schema.prisma")))
    .update(packages["node_modules/prisma"].version)
    .digest("hex");
}

/** Whether the generated client is missing or of another schema. */
export function clientIsStale() {
  return !existsSync(stampFile) || readFileSync(stampFile, "utf8") !== currentStamp();
}

/**
 * Writes lib/db/generated. Resolves to "generated" or "unchanged"; rejects with Prisma's own output.
 *
 * Prisma's command line downloads a schema engine at first use, which fails behind a firewall. `generate` never runs
 * that engine, but wants the file to exist and be executable: any executable will do, so it gets Node's own.
 */
export async function generatePrismaClient({ force = false } = {}) {
  if (!force && !clientIsStale()) return "unchanged";
  const stamp = currentStamp();
  await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, "node_modules/prisma/build/index.js"), "generate"], {
      cwd: root,
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
        CHECKPOINT_DISABLE: "1",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (text) => {
        output += text;
      });
    }
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(undefined);
      else reject(new Error(`prisma generate failed (exit code ${code}):\n${output.trim()}`));
    });
  });
  writeFileSync(stampFile, stamp);
  return "generated";
}

if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  generatePrismaClient({ force: true }).then(
    () => console.log("Prisma client generated in lib/db/generated"),
    (error) => {
      console.error(error.message);
      process.exitCode = 1;
    },
  );
}
