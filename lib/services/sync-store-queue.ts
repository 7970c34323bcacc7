import { type BrokerRecord, type NewBrokerChange, type NewPayload, storeBrokers } from "@/lib/db/broker-store";
import type { Database } from "@/lib/db/client";
import { insertRevisions, type NewRevision } from "@/lib/db/configuration-store";
import { bumpDataVersions } from "@/lib/db/data-version-store";
import {
  type FinishedOutcome,
  reportProgress,
  type ScopeKey,
  startOutcomes,
  storeOutcomes,
} from "@/lib/db/sync-outcome-store";
import { lockRunAndAdd, type ServiceRequests } from "@/lib/db/sync-run-store";
import { AppError } from "@/lib/domain/errors";
import { type ScopeJob, scopeKeyText } from "@/lib/services/sync-job";

/** What one job read, to be stored as a whole or not at all. */
export interface ScopeReading {
  outcomes: readonly FinishedOutcome[];
  requests: ServiceRequests;
  counts?: Readonly<Record<string, number>>;
  brokers?: readonly BrokerRecord[];
  payloads?: readonly NewPayload[];
  changes?: readonly NewBrokerChange[];
  revisions?: readonly (NewRevision & { accountId: string; region: string })[];
  /** Rows of other tables. */
  write?: (tx: Database) => Promise<void>;
  /** Jobs that this reading makes possible. */
  followUps: readonly ScopeJob[];
}

export interface StoreQueueOptions {
  db: Database;
  runId: number;
  /** Business time of the run. */
  at: Date;
  /** Runs in the transaction that stores readings, with the jobs they make possible (the worker adds them to its queue). */
  onStored?: (tx: Database, followUps: readonly ScopeJob[]) => Promise<void>;
}

/** A scope that is over sooner than this is never shown as running, which saves most transactions of a sync in which nothing changed. */
const WATCHERS_WAIT_MS = 300;

interface Entry {
  reading: ScopeReading;
  done: () => void;
  failed: (error: unknown) => void;
}

/**
 * Stores the readings of a run. While one transaction is under way the readings that arrive wait and share the next one: under load many scopes
 * cost one commit, and a single scope never waits. A reading that cannot be stored fails alone.
 */
export class StoreQueue {
  readonly #options: StoreQueueOptions;
  #waiting: Entry[] = [];
  #started: ScopeKey[] = [];
  readonly #progress = new Map<string, ScopeKey & { done: number; expected: number }>();
  #flushing: Promise<void> | null = null;
  #soon: NodeJS.Timeout | null = null;

  constructor(options: StoreQueueOptions) {
    this.#options = options;
  }

  /** Stores a reading; resolves when it is committed. Rejects with conflict when the run is over (aborted meanwhile). */
  store(reading: ScopeReading): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ reading, done, failed });
      this.#kick();
    });
  }

  /** Marks scopes as being read: for those who watch, so it waits for the next transaction, or a moment. */
  started(keys: readonly ScopeKey[]): void {
    this.#started.push(...keys);
    this.#kickSoon();
  }

  /** Notes how far a scope is, in the same way. */
  progress(key: ScopeKey, done: number, expected: number): void {
    this.#progress.set(scopeKeyText(key), { ...key, done, expected });
    this.#kickSoon();
  }

  #kickSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = null;
      this.#kick();
    }, WATCHERS_WAIT_MS).unref();
  }

  #kick(): void {
    this.#flushing ??= this.#drain().finally(() => {
      this.#flushing = null;
      if (this.#waiting.length > 0) this.#kick();
    });
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length + this.#started.length + this.#progress.size > 0) {
      // Jobs that end in the same turn of the event loop share the transaction.
      await new Promise((resolve) => setImmediate(resolve));
      const entries = this.#waiting;
      const started = this.#started;
      const progress = [...this.#progress.values()];
      this.#waiting = [];
      this.#started = [];
      this.#progress.clear();
      await this.#commit(entries, started, progress);
    }
  }

  async #commit(
    entries: readonly Entry[],
    started: readonly ScopeKey[],
    progress: readonly (ScopeKey & { done: number; expected: number })[],
  ): Promise<void> {
    try {
      await this.#write(
        entries.map((entry) => entry.reading),
        started,
        progress,
      );
      for (const entry of entries) entry.done();
    } catch (error) {
      if (entries.length <= 1) {
        for (const entry of entries) entry.failed(error);
        return;
      }
      for (const entry of entries) await this.#commit([entry], started, []);
    }
  }

  async #write(
    readings: readonly ScopeReading[],
    started: readonly ScopeKey[],
    progress: readonly (ScopeKey & { done: number; expected: number })[],
  ): Promise<void> {
    const { db, runId, at } = this.#options;
    const outcomes = readings.flatMap((reading) => reading.outcomes);
    const settled = new Set(outcomes.map(scopeKeyText));
    const stillRunning = started.filter((key) => !settled.has(scopeKeyText(key)));
    await db.transaction(
      async (tx) => {
        const added = { requests: sumRequests(readings), counts: sumCounts(readings) };
        if (!(await lockRunAndAdd(tx, runId, added))) {
          throw new AppError(
            "conflict",
            "The sync is over: it was aborted while this was read, so nothing of it is stored.",
          );
        }
        if (stillRunning.length > 0) await startOutcomes(tx, runId, stillRunning, at);
        if (progress.length > 0) await reportProgress(tx, runId, progress);
        const brokers = readings.flatMap((reading) => reading.brokers ?? []);
        const payloads = readings.flatMap((reading) => reading.payloads ?? []);
        const changes = readings.flatMap((reading) => reading.changes ?? []);
        await storeBrokers(tx, { brokers, payloads, changes, observedAt: at, runId });
        await insertRevisions(
          tx,
          readings.flatMap((reading) => reading.revisions ?? []),
          at,
        );
        for (const reading of readings) await reading.write?.(tx);
        await storeOutcomes(tx, runId, outcomes, at);
        if (brokers.length > 0) await bumpDataVersions(tx, "fleet");
        if (readings.length > 0) {
          await this.#options.onStored?.(
            tx,
            readings.flatMap((reading) => reading.followUps),
          );
        }
      },
      { timeoutMs: 120_000 },
    );
  }
}

function sumRequests(readings: readonly ScopeReading[]): ServiceRequests {
  const sums: Record<string, ServiceRequests[string]> = {};
  for (const { requests } of readings) {
    for (const [service, counts] of Object.entries(requests)) {
      const sum = sums[service] ?? { requests: 0, retries: 0, throttled: 0, billableUnits: 0 };
      sums[service] = {
        requests: sum.requests + counts.requests,
        retries: sum.retries + counts.retries,
        throttled: sum.throttled + counts.throttled,
        billableUnits: sum.billableUnits + counts.billableUnits,
      };
    }
  }
  return sums;
}

function sumCounts(readings: readonly ScopeReading[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const reading of readings) {
    for (const [name, count] of Object.entries(reading.counts ?? {})) sums[name] = (sums[name] ?? 0) + count;
  }
  return sums;
}
