import type { JobQueue, NewJob } from "@/lib/jobs/queue";

/** A queue that only remembers: for processes that execute runs themselves (command line, demo history) and for tests. */
export interface MemoryQueue extends JobQueue {
  readonly jobs: NewJob[];
}

export function createMemoryQueue(): MemoryQueue {
  const jobs: NewJob[] = [];
  const keep = (job: NewJob): void => {
    const same = job.key === undefined ? -1 : jobs.findIndex((waiting) => waiting.key === job.key);
    if (same >= 0) jobs.splice(same, 1);
    jobs.push(job);
  };
  return {
    jobs,
    add: async (name, payload, options = {}) => keep({ name, payload, key: options.key, lane: options.lane }),
    addAll: async (added) => added.forEach(keep),
  };
}
