/**
 * How many PostgreSQL connections each process may hold. A pool larger than its budget would not make anything faster
 * on the two cores this is sized for, and would starve the others: the server refuses connections beyond its maximum.
 */
export const CONNECTION_BUDGET = {
  /** Prisma and SQL of the web process. */
  web: 10,
  /** Prisma and SQL of the worker process. */
  worker: 10,
  /** graphile-worker's own pool, once in the worker and once (to enqueue) in the web process. */
  queue: 5,
  /** `npm run sync`, the migration run, the demo's history: each for its time. */
  commandLine: 3,
} as const;

/** A process that owns a pool. */
export type ConnectionOwner = keyof typeof CONNECTION_BUDGET;

/** `max_connections` of the embedded server. */
export const SERVER_MAX_CONNECTIONS = 60;

/**
 * The most connections that can be open at once: web and worker with a queue pool each, and up to three command lines
 * (a sync, a migration run, a demo history) beside them.
 */
export function peakConnections(): number {
  const { web, worker, queue, commandLine } = CONNECTION_BUDGET;
  return web + worker + 2 * queue + 3 * commandLine;
}
