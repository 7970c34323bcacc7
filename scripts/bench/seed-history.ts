import { type CostDayRow, extendCoverage, replaceCostDays } from "@/lib/db/cost-day-store";
import { addDays, type PlainDate, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { MQ_REGIONS } from "@/lib/reference/regions";
import { allocateCosts } from "@/lib/services/allocate-costs";
import type { Ctx } from "@/lib/services/ctx";

/** Usage types in which the bulk organisation's brokers are billed, per account. */
async function usageLines(ctx: Ctx): Promise<{ accountId: string; usageType: string; brokers: number }[]> {
  const rows = await ctx.db.rows<{
    accountId: string;
    region: string;
    engine: string;
    mode: string;
    type: string;
    brokers: number;
  }>(
    `SELECT account_id AS "accountId", region, engine, deployment_mode AS mode, instance_type AS type, count(*)::int AS brokers FROM broker GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`,
  );
  return rows.map((row) => {
    const prefix = MQ_REGIONS.find((r) => r.region === row.region)?.usagePrefix ?? "USE1";
    const product =
      row.engine === "RABBITMQ"
        ? row.mode === "CLUSTER_MULTI_AZ"
          ? "RabbitMQ-3-InstanceUsage"
          : "RabbitMQ-InstanceUsage"
        : row.mode === "SINGLE_INSTANCE"
          ? "InstanceUsage"
          : "Multi-AZ-InstanceUsage";
    return { accountId: row.accountId, usageType: `${prefix}-${product}:${row.type}`, brokers: row.brokers };
  });
}

/** Writes `days` days of billed usage for every account through the product's own cost store and allocation. Returns the number of rows. */
export async function seedCosts(ctx: Ctx, days: number): Promise<number> {
  const today = plainDateFromInstantUtc(ctx.clock.now());
  const start = addDays(today, -days);
  const lines = await usageLines(ctx);
  const accounts = [...new Set(lines.map((line) => line.accountId))].sort();
  const reporter = accounts[0];
  if (!reporter) return 0;
  const read = {
    source: "cost-explorer",
    reportedBy: reporter,
    interval: { start, endExclusive: today },
    observedAt: ctx.clock.now(),
  };
  const rows: CostDayRow[] = [];
  for (let day: PlainDate = start; day < today; day = addDays(day, 1)) {
    for (const line of lines) {
      rows.push({
        accountId: line.accountId,
        day,
        usageType: line.usageType,
        recordType: "Usage",
        currency: "USD",
        unblended: `${(line.brokers * 6.9120123).toFixed(10)}`,
        amortized: null,
        usageQuantity: String(line.brokers * 24),
        usageUnit: "Hrs",
        estimated: day >= addDays(today, -20),
      });
    }
  }
  await ctx.db.transaction(
    async (tx) => {
      await replaceCostDays(tx, read, rows);
      await extendCoverage(tx, read, accounts);
    },
    { timeoutMs: 600_000 },
  );
  await allocateCosts({ ctx, input: { accountIds: null } });
  return rows.length;
}

/** Thirteen months of daily values, twelve series per broker, written as the product stores them. Returns the number of rows. */
export async function seedMetrics(ctx: Ctx, months: number): Promise<number> {
  let rows = 0;
  const now = ctx.clock.now();
  for (let back = months - 1; back >= 0; back--) {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1));
    const next = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back + 1, 1));
    const [from, until] = [month.toISOString().slice(0, 10), next.toISOString().slice(0, 10)];
    await ctx.db.execute(
      `CREATE TABLE IF NOT EXISTS metrics."bench_${from}" PARTITION OF metrics.daily FOR VALUES FROM ('${from}') TO ('${until}')`,
    );
    rows += await ctx.db.execute(
      `INSERT INTO metrics.daily (broker_id, metric, dimension, stat, month, values)
       SELECT b.id, 'BenchMetric' || m, '', 'Average', $1::text::date,
              array_fill((b.id % 97)::double precision + m, ARRAY[($2::text::date - $1::text::date)])
         FROM broker b CROSS JOIN generate_series(1, 12) AS m ON CONFLICT DO NOTHING`,
      from,
      until,
    );
  }
  return rows;
}

/** Copies today's KPI snapshot to each of the `days` days before. Returns the number of rows. */
export function seedSnapshots(ctx: Ctx, days: number): Promise<number> {
  return ctx.db.execute(
    `INSERT INTO kpi_snapshot (day, kpi_id, series, dimension, key, kpi_version, value, numerator, denominator, unknowns, detail, as_of)
     SELECT s.day - n, kpi_id, series, dimension, key, kpi_version, value, numerator, denominator, unknowns, detail, as_of - make_interval(days => n)
       FROM (SELECT * FROM kpi_snapshot WHERE day = (SELECT max(day) FROM kpi_snapshot)) s CROSS JOIN generate_series(1, $1::int) AS n
     ON CONFLICT DO NOTHING`,
    days,
  );
}
