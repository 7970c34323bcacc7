import { LRUCache } from "lru-cache";
import { databaseSnapshot } from "@/lib/db/database-snapshot";
import type { Ctx } from "@/lib/services/ctx";

/** Ages and staleness move with the business clock: an answer is computed anew at least this often. */
const BUCKET_MS = 10_000;
/** Answers kept per database: a list page of 500 brokers takes about 1 MB. */
const KEPT = 200;

interface Answers {
  snapshot: string;
  kept: LRUCache<string, Promise<object>>;
}

// One per database handle, so that tests with several databases in one process do not mix.
const answersOf = new WeakMap<object, Answers>();

/**
 * The answer of `read`, computed once for all who ask the same while nothing in the database has changed: what PostgreSQL's snapshot sees is the key,
 * so whoever asks after a write has committed, in whatever process, gets the new state. Callers share the object and must not change it. An
 * error is not kept.
 */
export async function remembered<T extends object>(
  { ctx, input }: { ctx: Ctx; input: object },
  name: string,
  read: () => Promise<T>,
): Promise<T> {
  const snapshot = await databaseSnapshot(ctx.db);
  let answers = answersOf.get(ctx.db);
  if (answers?.snapshot !== snapshot) {
    answers = { snapshot, kept: new LRUCache({ max: KEPT }) };
    answersOf.set(ctx.db, answers);
  }
  const bucket = Math.floor(ctx.clock.now().getTime() / BUCKET_MS);
  const key = JSON.stringify([name, ctx.actor.name, bucket, input]);
  const known = answers.kept.get(key);
  // The key names the reader, so it is T that was kept under it.
  if (known) return known as Promise<T>;
  const answer = read();
  answers.kept.set(key, answer);
  answer.catch(() => answers.kept.delete(key));
  return answer;
}
