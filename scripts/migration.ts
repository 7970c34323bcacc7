/**
 * `npm run migration -- <name>`: writes prisma/migrations/<timestamp>_<name>/migration.sql with what schema.prisma has and
 * the migrations lack. `--empty` writes a file without SQL, for what Prisma cannot express (triggers, partitions).
 * `npm run migration -- --check` only compares, and ends with exit code 1 when they differ.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { diffMigrationsToSchema } from "@/lib/db/migrate";
import { PRODUCT_DATABASE } from "./embedded-postgres/cluster";
import { openScratchServer } from "./embedded-postgres/scratch-server";
import { describeFailure, OperatorError } from "./operator-error.mjs";
import { projectRoot } from "./project-root";

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { check: { type: "boolean", default: false }, empty: { type: "boolean", default: false } },
  });
  const root = projectRoot();
  const prismaDirectory = join(root, "prisma");
  const sql = await missingSql(root, prismaDirectory);
  if (values.check) {
    if (sql === "") return console.log("schema.prisma and the migrations agree");
    throw new OperatorError(`The migrations lack this:\n${sql}`, "npm run migration -- <name>");
  }
  const name = positionals[0]?.replaceAll("-", "_");
  if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new OperatorError(
      "A migration needs a name of letters, digits and _.",
      "npm run migration -- add_broker_tags",
    );
  }
  if (sql === "" && !values.empty) {
    return console.log("schema.prisma and the migrations agree; --empty writes a file for SQL by hand");
  }
  const timestamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = join(prismaDirectory, "migrations", `${timestamp}_${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "migration.sql"), sql === "" ? "-- Written by hand.\n" : sql);
  console.log(`${relative(root, folder)}/migration.sql`);
}

async function missingSql(root: string, prismaDirectory: string): Promise<string> {
  const server = await openScratchServer(root);
  try {
    return await diffMigrationsToSchema({ databaseUrl: server.url(PRODUCT_DATABASE), prismaDirectory });
  } finally {
    await server.release();
  }
}

main().catch((error: unknown) => {
  console.error(describeFailure(error));
  process.exitCode = 1;
});
