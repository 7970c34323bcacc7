/** The short-lived migration run, a child of the supervisor: Prisma's engine holds a lock for as long as its connection lives. */
import { join, resolve } from "node:path";
import { retainAudit } from "@/lib/db/audit-retention";
import { migrateDatabase } from "@/lib/db/migrate";
import { wallClock } from "@/lib/domain/clock";
import { env, requireDatabaseUrl } from "@/lib/env";
import { describeFailure } from "./operator-error.mjs";
import { projectRoot } from "./project-root";

/** Brings the tables up to date, limits the application's role where it is not their owner, and seals the audit's past months. */
async function migrate(): Promise<string[]> {
  const { migrationDatabaseUrl, dataDirectory, auditRetentionMonths } = env();
  const databaseUrl = requireDatabaseUrl();
  const owner = migrationDatabaseUrl ?? databaseUrl;
  const applied = await migrateDatabase({
    databaseUrl,
    migrationDatabaseUrl,
    prismaDirectory: join(projectRoot(), "prisma"),
  });
  const folder = join(resolve(projectRoot(), dataDirectory), "audit");
  const { sealed, dropped, problems } = await retainAudit({
    databaseUrl: owner,
    folder,
    keepMonths: auditRetentionMonths,
    now: wallClock.now(),
  });
  // On stdout, whose lines the supervisor shows.
  for (const problem of problems) console.log(`WARNING: ${problem}`);
  return [
    applied.length === 0 ? "up to date" : `applied ${applied.join(", ")}`,
    ...(sealed.length > 0 ? [`sealed the audit of ${sealed.join(", ")}`] : []),
    ...(dropped.length > 0 ? [`exported to ${folder} and dropped the audit of ${dropped.join(", ")}`] : []),
  ];
}

migrate().then(
  (lines) => console.log(lines.join("; ")),
  (error: unknown) => {
    console.error(describeFailure(error));
    process.exitCode = 1;
  },
);
