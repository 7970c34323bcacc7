import { findingListQuery } from "@/lib/contracts/findings";
import type { Database } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/client";
import { listFindings } from "@/lib/db/finding-queries";
import { queryObject } from "@/lib/http/route";
import { RULES } from "@/lib/rules/registry";
import { findingListInput } from "@/lib/services/read/read-findings";
import { testDatabase } from "@/lib/testing/database";
import { type Figure, quantile, rounded, type Section } from "@/scripts/bench/figure";
import { AS_OF } from "@/scripts/bench/fleet";
import { concurrently } from "@/scripts/bench/recorded-queries";

const CLIENTS = 8;
const REQUESTS = 48;
const LIMIT_MS = 100;
const BROKERS = 10_000;
const PER_BROKER = 20;

const LISTS = [
  "",
  "filter=state=open&sort=dueOn",
  "filter=severity=critical",
  "filter=overdue=true&sort=dueOn",
  "filter=state=accepted",
  "owner=owner-7",
  "filter=state=closed&sort=closedAt&order=desc",
  "filter=assignee:team-3",
] as const;

/** Lists of findings over 200,000 episodes, computed anew each time: what a reader pays right after something was written. */
export async function findingsSection(): Promise<Section> {
  const database = await testDatabase();
  const db = openDatabase({ url: database.url, maxConnections: CLIENTS });
  try {
    await seed(db);
    const figures: Figure[] = [];
    for (const search of LISTS) {
      const query = findingListQuery.parse(queryObject(new URLSearchParams(search)));
      const read = () => listFindings(db, findingListInput(query, new Date(AS_OF)));
      const { total } = await read();
      const alone: number[] = [];
      for (let run = 0; run < 10; run += 1) {
        const start = performance.now();
        await read();
        alone.push(performance.now() - start);
      }
      const times = await concurrently(REQUESTS, CLIENTS, async () => void (await read()));
      figures.push({
        name: `findings list ?${search}: p95 of one reader, nothing remembered`,
        value: rounded(quantile(alone, 0.95), 1),
        unit: "ms",
        limit: LIMIT_MS,
        comparison: `${total} match; ${CLIENTS} readers at once: p95 ${rounded(quantile(times, 0.95), 1)} ms, median ${rounded(quantile(times, 0.5), 1)} ms`,
      });
    }
    return {
      section: "findings",
      setup: `${BROKERS} brokers, ${BROKERS * PER_BROKER} findings with an episode each, 40 % open`,
      figures,
    };
  } finally {
    await db.close();
    await database.close();
  }
}

/** 10,000 brokers in 50 accounts, without anything about them. */
export async function seedBenchBrokers(db: Database): Promise<void> {
  await db.execute(
    `INSERT INTO aws_account (account_id, name, origin, regions, added_at) SELECT (500000000000 + n)::text, 'Bench', 'ambient', '{us-east-1}', now() FROM generate_series(0, 49) n`,
  );
  await db.execute(
    `INSERT INTO owner (key, display_name, aliases, created_at) SELECT 'owner-' || n, 'Owner ' || n, '{}', now() FROM generate_series(1, 50) n`,
  );
  const columns = await db.rows<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'broker' AND is_nullable = 'NO' AND column_default IS NULL`,
  );
  const values: Readonly<Record<string, string>> = {
    arn: "'arn:aws:mq:us-east-1:' || (500000000000 + n % 50) || ':broker:bench-' || n || ':b-' || n",
    broker_id: "'b-' || n",
    name: "'bench-' || n",
    account_id: "(500000000000 + n % 50)::text",
    region: "'us-east-1'",
    engine: "CASE n % 2 WHEN 0 THEN 'ACTIVEMQ' ELSE 'RABBITMQ' END",
    state: "'RUNNING'",
    environment: "'production'",
    environment_source: "'tag'",
    counts_as_production: "true",
    owner_source: "'tag'",
    attributes: "'{}'::jsonb",
    first_seen_at: `'${AS_OF}'::timestamptz`,
  };
  const missing = columns.filter(({ name }) => !Object.hasOwn(values, name)).map(({ name }) => name);
  if (missing.length > 0) throw new Error(`the bench does not know the columns ${missing.join(", ")} of broker`);
  await db.execute(
    `INSERT INTO broker (${columns.map(({ name }) => name).join(", ")}) SELECT ${columns.map(({ name }) => values[name]).join(", ")} FROM generate_series(1, ${BROKERS}) n`,
  );
}

async function seed(db: Database): Promise<void> {
  await seedBenchBrokers(db);
  await db.execute(
    `INSERT INTO finding (rule_id, subject_type, subject_key, discriminator, broker_id, account_id, region, engine, environment, owner_id, severity, state,
       close_cause, first_opened_at, opened_at, closed_at, due_on, summary, accepted_until, assignee, target_on)
     SELECT ($1::text[])[1 + k % cardinality($1::text[])], 'broker', b.arn, k::text, b.id, b.account_id, b.region, b.engine, 'production',
       (SELECT min(id) FROM owner) + b.id % 50, 1 + (b.id + k) % 4, s.state, CASE WHEN s.state = 'closed' THEN 'fixed-by-owner' END,
       t.at, t.at, CASE WHEN s.state = 'closed' THEN t.at + interval '9 days' END, t.at::date + 90, 'The broker ' || b.name || ' fails number ' || k,
       CASE WHEN s.state = 'accepted' THEN $2::timestamptz + interval '1 day' * (b.id % 40 - 5) END,
       CASE WHEN s.state = 'acknowledged' THEN 'team-' || b.id % 20 END, CASE WHEN s.state = 'acknowledged' THEN t.at::date + 60 END
     FROM broker b CROSS JOIN generate_series(1, ${PER_BROKER}) k
     CROSS JOIN LATERAL (SELECT (ARRAY['open','open','acknowledged','accepted','closed','closed','closed','closed','closed','closed'])[1 + (b.id + 3 * k) % 10] AS state) s
     CROSS JOIN LATERAL (SELECT $2::timestamptz - interval '1 hour' * ((b.id * 7 + k * 13) % 4000) AS at) t`,
    RULES.map(({ id }) => id),
    new Date(AS_OF),
  );
  await db.execute(
    `INSERT INTO finding_episode (finding_id, number, state, severity, opened_at, closed_at, close_cause, rule_version, environment_at_open, policy_hash, due_on)
     SELECT id, 1, state, severity, opened_at, closed_at, close_cause, 1, environment, '', due_on FROM finding`,
  );
  await db.execute("ANALYZE");
}
