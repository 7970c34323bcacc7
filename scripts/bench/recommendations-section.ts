import { type Database, openDatabase } from "@/lib/db/client";
import { ensureMetricPartitions } from "@/lib/db/metric-partitions";
import { parsePlainDate } from "@/lib/domain/plain-date";
import { recommendSavings } from "@/lib/services/recommend-savings";
import { settleRealisedSavings } from "@/lib/services/settle-realised-savings";
import { testDatabase } from "@/lib/testing/database";
import { rounded, type Section } from "@/scripts/bench/figure";
import { seedBenchBrokers } from "@/scripts/bench/findings-section";
import { AS_OF } from "@/scripts/bench/fleet";

const ACTIVEMQ = [
  "CpuUtilization",
  "HeapUsage",
  "StorePercentUsage",
  "CurrentConnectionsCount",
  "TotalMessageCount",
  "NetworkConnectorConnectionCount",
];
const RABBITMQ = [
  "SystemCpuUtilization",
  "RabbitMQMemUsed",
  "RabbitMQMemLimit",
  "RabbitMQDiskFree",
  "RabbitMQDiskFreeLimit",
  "ConnectionCount",
  "ConsumerCount",
  "QueueCount",
  "MessageCount",
  "PublishRate",
  "NetworkIn",
  "NetworkOut",
];

/** What the recommendations of a whole fleet cost at the end of a sync: the first time, and when nothing changed. A third of the fleet is idle, a fifth in development. */
export async function recommendationsSection(): Promise<Section> {
  const database = await testDatabase();
  const db = openDatabase({ url: database.url, maxConnections: 4 });
  try {
    await seedBenchBrokers(db);
    await seedWindow(db);
    const at = new Date(AS_OF);
    const run = async () => {
      const start = performance.now();
      const cpu = process.cpuUsage();
      const counts = await db.transaction((tx) => recommendSavings(tx, at), { timeoutMs: 120_000 });
      const { user, system } = process.cpuUsage(cpu);
      return { ...counts, ms: performance.now() - start, cpuMs: rounded((user + system) / 1000, 0) };
    };
    const first = await run();
    const again = await run();
    const third = await run();
    const start = performance.now();
    await settleRealisedSavings(db, at);
    const settled = performance.now() - start;
    return {
      section: "recommendations",
      setup: "10,000 brokers, 12 series each over two months, no costs",
      figures: [
        {
          name: "made for the first time",
          value: rounded(first.ms, 0),
          unit: "ms",
          comparison: `${first.opened} opened; ${first.cpuMs} ms of CPU beside the database`,
        },
        {
          name: "made again, nothing changed",
          value: rounded(Math.min(again.ms, third.ms), 0),
          unit: "ms",
          limit: 1000,
          comparison: `${again.opened} opened, ${again.ended} ended; ${Math.min(again.cpuMs, third.cpuMs)} ms of CPU beside the database`,
        },
        { name: "realised savings settled", value: rounded(settled, 0), unit: "ms", limit: 200 },
      ],
    };
  } finally {
    await db.close();
    await database.close();
  }
}

async function seedWindow(db: Database): Promise<void> {
  await db.execute(
    `UPDATE broker SET deployment_mode = CASE WHEN engine = 'RABBITMQ' THEN 'CLUSTER_MULTI_AZ' ELSE 'ACTIVE_STANDBY_MULTI_AZ' END, instance_type = 'mq.m5.xlarge',
       engine_version = CASE WHEN engine = 'RABBITMQ' THEN '3.13.7' ELSE '5.19.1' END, storage_type = CASE WHEN engine = 'RABBITMQ' THEN 'EBS' ELSE 'EFS' END,
       environment = CASE id % 5 WHEN 0 THEN 'development' ELSE 'production' END, counts_as_production = id % 5 <> 0, first_seen_at = '2026-01-01'`,
  );
  await db.execute(
    `INSERT INTO scope_state (source, account_id, region, last_status, last_attempt_at, last_read_at)
     SELECT DISTINCT 'mq-descriptions', account_id, region, 'complete', $1::timestamptz, $1::timestamptz FROM broker`,
    new Date(AS_OF),
  );
  const months = ["2026-10-01", "2026-11-01"].map(parsePlainDate);
  await ensureMetricPartitions(db, "daily", {
    start: parsePlainDate("2026-10-01"),
    endExclusive: parsePlainDate("2026-12-01"),
  });
  for (const month of months)
    await db.execute(
      `INSERT INTO metrics.daily (broker_id, metric, dimension, stat, month, values)
       SELECT b.id, m.metric, CASE WHEN b.engine = 'ACTIVEMQ' THEN d::text ELSE '' END, 'Maximum', $1::date,
              array_fill(CASE WHEN b.id % 3 = 0 AND m.metric LIKE '%Count%' THEN 0 ELSE (b.id % 97)::double precision END, ARRAY[31])
         FROM broker b CROSS JOIN LATERAL unnest(CASE WHEN b.engine = 'ACTIVEMQ' THEN $2::text[] ELSE $3::text[] END) AS m(metric)
         CROSS JOIN LATERAL generate_series(1, CASE WHEN b.engine = 'ACTIVEMQ' THEN 2 ELSE 1 END) d`,
      month,
      ACTIVEMQ,
      RABBITMQ,
    );
  await db.execute("ANALYZE");
}
