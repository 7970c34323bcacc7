import { AppError } from "@/lib/domain/errors";
import type { Ctx } from "@/lib/services/ctx";

/** Number of applied migrations. Errors: unavailable when the database does not answer or is not migrated. */
export async function readReadiness({ ctx }: { ctx: Ctx }): Promise<{ status: "ready"; migrations: number }> {
  const [table] = await ctx.db.rows<{ there: boolean }>(
    `SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS there`,
  );
  if (!table?.there)
    throw new AppError("unavailable", "The database has no migrations yet; the supervisor applies them at start.");
  const [row] = await ctx.db.rows<{ done: number; open: number }>(
    `SELECT count(*) FILTER (WHERE finished_at IS NOT NULL)::int AS done, count(*) FILTER (WHERE finished_at IS NULL AND rolled_back_at IS NULL)::int AS open FROM _prisma_migrations`,
  );
  if (!row || row.done === 0 || row.open > 0) throw new AppError("unavailable", "Migrations are not finished.");
  return { status: "ready", migrations: row.done };
}
