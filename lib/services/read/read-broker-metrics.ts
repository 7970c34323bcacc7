import type { z } from "zod";
import type { brokerMetrics, metricsQuery } from "@/lib/contracts/brokers";
import { findBroker } from "@/lib/db/broker-queries";
import { dailySeries, hourlySeries, type StoredSeries } from "@/lib/db/metric-queries";
import { AppError } from "@/lib/domain/errors";
import { addDays, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { metricTitle } from "@/lib/reference/metric-title";
import { findMetric } from "@/lib/reference/metrics";
import type { Ctx } from "@/lib/services/ctx";

/** Days of a range, today included; up to 15 days are shown by the hour, more by the day. */
const RANGES = { "3d": 3, "15d": 15, "90d": 90, "13m": 396 } as const;
const HOURLY_DAYS = 15;

function labelOf(series: StoredSeries): string {
  if (series.dimension === "") return "Broker";
  return /^[12]$/.test(series.dimension) ? `Instance ${series.dimension}` : `Node ${series.dimension}`;
}

/** Stored CloudWatch series of a broker. An hour or day without data is null, never zero. Errors: not-found. */
export async function readBrokerMetrics({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof metricsQuery> & { id: string };
}): Promise<z.input<typeof brokerMetrics>> {
  const broker = await findBroker(ctx.db, input.id);
  if (!broker) throw new AppError("not-found", `There is no broker ${input.id}.`);
  const now = ctx.clock.now();
  const tomorrow = addDays(plainDateFromInstantUtc(now), 1);
  const days = RANGES[input.range];
  const interval = { start: addDays(tomorrow, -days), endExclusive: tomorrow };
  const hourly = days <= HOURLY_DAYS;
  const [stored, scope] = await Promise.all([
    hourly ? hourlySeries(ctx.db, broker.dbId, interval) : dailySeries(ctx.db, broker.dbId, interval),
    ctx.db.rows<{ readAt: Date | null }>(
      `SELECT last_read_at AS "readAt" FROM scope_state WHERE source = 'metrics' AND account_id = $1 AND region = $2`,
      broker.accountId,
      broker.region,
    ),
  ]);
  const names = [...new Set(stored.map((s) => s.metric))];
  return {
    range: input.range,
    resolution: hourly ? "hourly" : "daily",
    metrics: names.map((metric) => {
      const known = findMetric(broker.engine, metric);
      return {
        metric,
        title: metricTitle(metric),
        unit: known?.unit ?? "None",
        description: known?.description ?? "",
        series: stored
          .filter((s) => s.metric === metric)
          .map((s) => ({
            label: labelOf(s),
            stat: s.stat,
            points: s.points.map((p) => ({ at: p.at.toISOString(), value: p.value })),
          })),
      };
    }),
    readAt: scope[0]?.readAt?.toISOString() ?? null,
    asOf: now.toISOString(),
  };
}
