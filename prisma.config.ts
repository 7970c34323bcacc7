import { defineConfig } from "prisma/config";

/**
 * Where Prisma's command line finds the schema. It is used for `prisma generate` alone (scripts/generate-prisma.mjs):
 * migrations are written and applied by lib/db/migrate.ts, which needs no downloaded engine, so no database is named here.
 */
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
});
