/** How many jobs run at a time, in all (by weight) and per lane (by number). */
export interface JobLimits {
  total: number;
  perLane: number;
}

/**
 * Runs jobs and the jobs they return until none is left. Lanes (AWS accounts) take turns, so one that is throttled keeps only its own slots.
 * Rejects with the first error, after the jobs under way have ended; none is started after it.
 */
export async function runJobs<J>(
  first: readonly J[],
  laneOf: (job: J) => string,
  limits: JobLimits,
  /** What a job takes of the total: 1 for one that works all the time, less for one that mostly waits. */
  weightOf: (job: J) => number,
  work: (job: J) => Promise<readonly J[]>,
): Promise<void> {
  const waiting = new Map<string, J[]>();
  const active = new Map<string, number>();
  let total = 0;
  let running = 0;
  let failure: { error: unknown } | null = null;

  const add = (jobs: readonly J[]): void => {
    for (const job of jobs) {
      const lane = laneOf(job);
      const queue = waiting.get(lane);
      if (queue) queue.push(job);
      else waiting.set(lane, [job]);
    }
  };

  /** The next job of the lane with the fewest active jobs, first come first served within it. */
  const next = (): { lane: string; job: J } | null => {
    let best: string | null = null;
    for (const lane of waiting.keys()) {
      const count = active.get(lane) ?? 0;
      if (count < limits.perLane && (best === null || count < (active.get(best) ?? 0))) best = lane;
    }
    const job = best === null ? undefined : waiting.get(best)?.shift();
    if (best === null || job === undefined) return null;
    if (waiting.get(best)?.length === 0) waiting.delete(best);
    return { lane: best, job };
  };

  add(first);
  await new Promise<void>((resolve, reject) => {
    const fill = (): void => {
      while (failure === null && total < limits.total) {
        const chosen = next();
        if (!chosen) break;
        const { lane, job } = chosen;
        const weight = weightOf(job);
        total += weight;
        running += 1;
        active.set(lane, (active.get(lane) ?? 0) + 1);
        work(job)
          .then(add, (error: unknown) => {
            failure ??= { error };
          })
          .finally(() => {
            total -= weight;
            running -= 1;
            active.set(lane, (active.get(lane) ?? 1) - 1);
            fill();
          });
      }
      if (running > 0) return;
      if (failure) reject(failure.error);
      else resolve();
    };
    fill();
  });
}
