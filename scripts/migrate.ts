/** The short-lived migration run, a child of the supervisor: Prisma's engine holds a lock for as long as its connection lives. */
import { join } from "node:path";
import { migrateDatabase } from "@/lib/db/migrate";
import { requireDatabaseUrl } from "@/lib/env";
import { describeFailure } from "./operator-error.mjs";
import { projectRoot } from "./project-root";

migrateDatabase({ databaseUrl: requireDatabaseUrl(), prismaDirectory: join(projectRoot(), "prisma") }).then(
  (applied) => console.log(applied.length === 0 ? "up to date" : `applied ${applied.join(", ")}`),
  (error: unknown) => {
    console.error(describeFailure(error));
    process.exitCode = 1;
  },
);
