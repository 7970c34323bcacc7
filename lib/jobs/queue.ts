/** The names and payloads of all jobs; lib/worker.ts maps each name to a service. */
export interface JobPayloads {
  /** Plans a run (trigger "scheduled") unless one is running. */
  "sync-scheduled": Record<string, never>;
  /** Plans the outcomes of a run and enqueues its scopes. */
  "sync-plan": { runId: number };
  /** Reads one source x account x region of a run. */
  "sync-scope": { runId: number; source: string; accountId: string; region: string };
  /** Evaluates, snapshots and closes a run whose scopes are all over. */
  "sync-finish": { runId: number };
  /** Re-evaluates rules, findings and KPIs without reading AWS (settings changed, a new day). */
  evaluate: { reason: string };
  /** Issues the report of the quarter that is over, when its day has come. */
  "quarterly-report": Record<string, never>;
  /** Makes notifications of what stored facts give rise to, and chooses who is told. */
  notify: Record<string, never>;
  /** Sends what of the outbox is due; one such job at a time (lane "notifications"). */
  "send-notifications": Record<string, never>;
}

export type JobName = keyof JobPayloads;

/** Where the job's row is written: a transaction of the caller, so that job and data come into being together or not at all. */
export interface SqlExecutor {
  execute(sql: string, ...params: readonly unknown[]): Promise<number>;
}

export interface AddJobOptions {
  /** An identical waiting job is replaced instead of doubled. */
  key?: string;
  maxAttempts?: number;
  /** Jobs of one lane run one after the other. */
  lane?: string;
  /** The caller's transaction; without it the job is added at once. */
  within?: SqlExecutor;
}

export interface NewJob<N extends JobName = JobName> {
  name: N;
  payload: JobPayloads[N];
  key?: string;
  maxAttempts?: number;
  lane?: string;
}

/** The queue as services see it. */
export interface JobQueue {
  add<N extends JobName>(name: N, payload: JobPayloads[N], options?: AddJobOptions): Promise<void>;
  /** Many jobs by one statement. */
  addAll(jobs: readonly NewJob[], options?: { within?: SqlExecutor }): Promise<void>;
}
