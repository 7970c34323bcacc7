import { expect, it } from "vitest";
import { runJobs } from "@/lib/services/run-jobs";

interface Job {
  lane: string;
  weight: number;
  next?: readonly Job[];
}

/** The most jobs that were under way at a time. */
async function mostUnderWay(jobs: readonly Job[], limits: { total: number; perLane: number }): Promise<number> {
  let running = 0;
  let most = 0;
  await runJobs(
    jobs,
    (job) => job.lane,
    limits,
    (job) => job.weight,
    async (job) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 2));
      running -= 1;
      return job.next ?? [];
    },
  );
  return most;
}

const jobs = (count: number, lane: (index: number) => string, weight = 1): Job[] =>
  Array.from({ length: count }, (_, index) => ({ lane: lane(index), weight }));

it.each([
  ["as many as there is room for", jobs(20, String), 4],
  ["no more than its lane has of one lane", jobs(20, () => "a"), 2],
  ["more of those that mostly wait", jobs(20, String, 0.25), 16],
])("runs %s", async (_, list, most) => expect(await mostUnderWay(list, { total: 4, perLane: 2 })).toBe(most));

it("runs the jobs that jobs return, and ends when none is left", async () => {
  const done: string[] = [];
  const job = (lane: string, next: readonly Job[] = []): Job => ({ lane, weight: 0.25, next });
  await runJobs(
    [job("a", [job("b", [job("c")])])],
    ({ lane }) => lane,
    { total: 1, perLane: 1 },
    ({ weight }) => weight,
    async ({ lane, next }) => {
      done.push(lane);
      return next ?? [];
    },
  );
  expect(done).toEqual(["a", "b", "c"]);
});

it("rejects with the first error after those under way have ended, and starts none after it", async () => {
  const done: number[] = [];
  const run = runJobs(
    [0, 1, 2, 3],
    String,
    { total: 2, perLane: 1 },
    () => 1,
    async (job) => {
      await new Promise((resolve) => setTimeout(resolve, job === 0 ? 1 : 10));
      done.push(job);
      if (job === 0) throw new Error("first");
      return [];
    },
  );
  await expect(run).rejects.toThrow("first");
  expect(done).toEqual([0, 1]);
});
