import { Pool } from "pg";
import type { Database } from "@/lib/db/client";

export interface RecordedQuery {
  readonly sql: string;
  readonly params: readonly unknown[];
}

/** A database handle that notes every raw query it runs, so that the same statements can be run without the framework. */
export function recordingDatabase(db: Database): { db: Database; queries: RecordedQuery[] } {
  const queries: RecordedQuery[] = [];
  return {
    queries,
    db: {
      ...db,
      rows: (sql, ...params) => {
        queries.push({ sql, params });
        return db.rows(sql, ...params);
      },
    },
  };
}

interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  Plans?: PlanNode[];
}

function sequentialScans(node: PlanNode): string[] {
  const own = node["Node Type"] === "Seq Scan" && node["Relation Name"] ? [node["Relation Name"]] : [];
  return [...own, ...(node.Plans ?? []).flatMap(sequentialScans)];
}

/** Tables of more than `rows` rows that the plans of the queries scan sequentially, with the statement's start. */
export async function largeSequentialScans(
  pool: Pool,
  queries: readonly RecordedQuery[],
  rows: number,
): Promise<string[]> {
  const sizes = await pool.query<{ relname: string; reltuples: number }>(
    "SELECT relname, reltuples FROM pg_class WHERE relkind IN ('r', 'p')",
  );
  const large = new Set(sizes.rows.filter((r) => r.reltuples > rows).map((r) => r.relname));
  const found: string[] = [];
  for (const { sql, params } of queries) {
    const result = await pool.query<{ "QUERY PLAN": { Plan: PlanNode }[] }>(`EXPLAIN (FORMAT JSON) ${sql}`, [
      ...params,
    ]);
    const plan = result.rows[0]?.["QUERY PLAN"][0]?.Plan;
    if (!plan) continue;
    for (const table of sequentialScans(plan))
      if (large.has(table)) found.push(`${table}: ${sql.trim().replace(/\s+/g, " ").slice(0, 80)}`);
  }
  return [...new Set(found)];
}

/** Milliseconds of each of `count` runs of `work`, `clients` at a time. */
export async function concurrently(
  count: number,
  clients: number,
  work: (index: number) => Promise<void>,
): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (next < count) {
        const index = next++;
        const start = performance.now();
        await work(index);
        times.push(performance.now() - start);
      }
    }),
  );
  return times;
}

export function barePool(url: string, max: number): Pool {
  return new Pool({ connectionString: url, max });
}
