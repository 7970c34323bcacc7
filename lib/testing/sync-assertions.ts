import { parseObservedAttributes } from "@/lib/db/broker-attributes";
import type { Database } from "@/lib/db/client";
import type { ObservedAttributes } from "@/lib/domain/broker";

export interface BrokerInDatabase {
  id: number;
  name: string;
  attributes: ObservedAttributes;
  payloadHash: string | null;
  describedUntil: Date | null;
  descriptionFailure: string | null;
  firstSeenAt: Date;
  goneAt: Date | null;
  environment: string;
  environmentSource: string;
  ownerKey: string | null;
  ownerSource: string;
}

export interface OutcomeInDatabase {
  status: string;
  itemCount: number;
  requestCount: number;
  errorCode: string | null;
  message: string | null;
  wayOut: string | null;
  failures: unknown[];
}

/** What tests of the sync ask the database, independent of the product's own queries. */
export function harnessQueries(db: Database) {
  const brokers = async (): Promise<BrokerInDatabase[]> => {
    const rows = await db.rows<Omit<BrokerInDatabase, "attributes"> & { attributes: unknown }>(
      `SELECT b.id, b.name, b.attributes, b.payload_hash AS "payloadHash", b.described_until AS "describedUntil",
         b.description_failure AS "descriptionFailure", b.first_seen_at AS "firstSeenAt", b.gone_at AS "goneAt", b.environment,
         b.environment_source AS "environmentSource", o.key AS "ownerKey", b.owner_source AS "ownerSource"
       FROM broker b LEFT JOIN owner o ON o.id = b.owner_id ORDER BY b.name`,
    );
    return rows.map((row) => ({ ...row, attributes: parseObservedAttributes(row.attributes) }));
  };
  const one = <T>(rows: readonly T[], what: string): T => {
    const [row] = rows;
    if (rows.length !== 1 || row === undefined) throw new Error(`${rows.length} rows for ${what}`);
    return row;
  };
  return {
    brokers,
    broker: async (name: string) =>
      one(
        (await brokers()).filter((broker) => broker.name === name),
        name,
      ),
    count: async (table: string): Promise<number> =>
      one(await db.rows<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`), table).n,
    /** Row versions of tables: equal before and after means that no row was written, not even with the same values. */
    rowVersions: async (...tables: readonly string[]): Promise<string[]> => {
      const rows: string[] = [];
      for (const table of tables) {
        const found = await db.rows<{ v: string }>(
          `SELECT '${table} ' || ctid::text || ' ' || xmin::text AS v FROM ${table} ORDER BY 1`,
        );
        rows.push(...found.map((row) => row.v));
      }
      return rows;
    },
    outcome: async (runId: number, source: string): Promise<OutcomeInDatabase> =>
      one(
        await db.rows<OutcomeInDatabase>(
          `SELECT status, item_count AS "itemCount", request_count AS "requestCount", error_code AS "errorCode", message, way_out AS "wayOut", failures
           FROM sync_outcome WHERE run_id = $1 AND source = $2`,
          runId,
          source,
        ),
        `${source} of run ${runId}`,
      ),
    statuses: async (runId: number): Promise<Record<string, number>> => {
      const rows = await db.rows<{ key: string; n: number }>(
        `SELECT source || ' ' || status AS key, count(*)::int AS n FROM sync_outcome WHERE run_id = $1 GROUP BY 1 ORDER BY 1`,
        runId,
      );
      return Object.fromEntries(rows.map((row) => [row.key, row.n]));
    },
    scope: async (source: string) =>
      one(
        await db.rows<{
          lastStatus: string;
          lastReadAt: Date | null;
          lastCompleteAt: Date | null;
          failingSince: Date | null;
        }>(
          `SELECT last_status AS "lastStatus", last_read_at AS "lastReadAt", last_complete_at AS "lastCompleteAt", failing_since AS "failingSince"
           FROM scope_state WHERE source = $1`,
          source,
        ),
        source,
      ),
    run: async (runId: number) =>
      one(
        await db.rows<{
          status: string;
          phase: string;
          error: string | null;
          counts: Record<string, number>;
          requests: Record<string, unknown>;
        }>("SELECT status, phase, error, counts, requests FROM sync_run WHERE id = $1", runId),
        `run ${runId}`,
      ),
    changes: (name: string) =>
      db.rows<{
        attribute: string;
        oldValue: unknown;
        newValue: unknown;
        observedAt: Date;
        previousObservedAt: Date | null;
      }>(
        `SELECT c.attribute, c.old_value AS "oldValue", c.new_value AS "newValue", c.observed_at AS "observedAt",
           c.previous_observed_at AS "previousObservedAt"
         FROM broker_change c JOIN broker b ON b.id = c.broker_id WHERE b.name = $1 ORDER BY c.id`,
        name,
      ),
    openFindings: async (name: string): Promise<string[]> =>
      (
        await db.rows<{ ruleId: string }>(
          `SELECT f.rule_id AS "ruleId" FROM finding f JOIN broker b ON b.id = f.broker_id WHERE b.name = $1 AND f.state <> 'closed' ORDER BY 1`,
          name,
        )
      ).map((row) => row.ruleId),
    closeCauses: async (name: string): Promise<(string | null)[]> =>
      (
        await db.rows<{ cause: string | null }>(
          `SELECT f.close_cause AS cause FROM finding f JOIN broker b ON b.id = f.broker_id WHERE b.name = $1 AND f.state = 'closed' ORDER BY f.rule_id`,
          name,
        )
      ).map((row) => row.cause),
  };
}
