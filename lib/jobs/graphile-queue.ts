import type { AddJobOptions, JobName, JobPayloads, JobQueue, NewJob, SqlExecutor } from "@/lib/jobs/queue";

const DEFAULT_MAX_ATTEMPTS = 5;

/**
 * One statement for any number of jobs. graphile_worker.add_job is the queue's documented SQL interface, so the jobs are rows of the caller's
 * transaction: a run that is rolled back leaves none behind.
 */
const ADD_JOBS = `
  SELECT count(graphile_worker.add_job(
    job->>'name', job->'payload', queue_name => job->>'lane', max_attempts => (job->>'maxAttempts')::int, job_key => job->>'key'))
  FROM json_array_elements($1::json) AS job`;

/** The queue of graphile-worker, reached by SQL through the process's own pool. Its tables are made by the migration run. */
export function createGraphileQueue(database: SqlExecutor): JobQueue {
  const addAll = async (jobs: readonly NewJob[], options: { within?: SqlExecutor } = {}): Promise<void> => {
    if (jobs.length === 0) return;
    const rows = jobs.map((job) => ({ ...job, maxAttempts: job.maxAttempts ?? DEFAULT_MAX_ATTEMPTS }));
    await (options.within ?? database).execute(ADD_JOBS, JSON.stringify(rows));
  };
  return {
    addAll,
    add: <N extends JobName>(name: N, payload: JobPayloads[N], { within, ...job }: AddJobOptions = {}) =>
      addAll([{ name, payload, ...job }], { within }),
  };
}
