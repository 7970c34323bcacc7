import { PrismaPg } from "@prisma/adapter-pg";
import { unavailableWhenConnectionFailed } from "@/lib/db/connection-error";
import { Prisma, PrismaClient } from "@/lib/db/generated/client";

/** One Prisma client whose every operation turns a lost database into AppError "unavailable". */
function createClient(adapter: PrismaPg) {
  return new PrismaClient({ adapter }).$extends({
    query: {
      async $allOperations({ args, query }) {
        try {
          return await query(args);
        } catch (error) {
          throw unavailableWhenConnectionFailed(error);
        }
      },
    },
  });
}

type RootClient = ReturnType<typeof createClient>;
type Executor = Omit<RootClient, "$connect" | "$disconnect" | "$transaction" | "$extends" | "$on" | "$use">;

/**
 * The handle that repositories take. Inside `transaction` it is the transaction; a nested call reuses it.
 * Raw SQL takes numbered parameters ($1 ...). Cast `numeric` columns to text in raw reads: Prisma's own Decimal keeps
 * only 20 significant digits.
 */
export interface Database {
  readonly prisma: Executor;
  /** Rows of a raw query. The caller's mapper checks their shape. */
  rows<T>(sql: string, ...params: readonly unknown[]): Promise<T[]>;
  /** Number of rows that a raw statement wrote. */
  execute(sql: string, ...params: readonly unknown[]): Promise<number>;
  transaction<T>(work: (tx: Database) => Promise<T>, options?: { timeoutMs?: number }): Promise<T>;
  close(): Promise<void>;
}

function handle(executor: Executor, root: RootClient | null): Database {
  const self: Database = {
    prisma: executor,
    rows: (sql, ...params) => executor.$queryRawUnsafe(sql, ...params),
    execute: (sql, ...params) => executor.$executeRawUnsafe(sql, ...params),
    transaction: async (work, options) => {
      if (!root) return work(self);
      try {
        return await root.$transaction((tx) => work(handle(tx, null)), {
          timeout: options?.timeoutMs ?? 60_000,
          maxWait: 10_000,
        });
      } catch (error) {
        throw unavailableWhenConnectionFailed(error);
      }
    },
    close: async () => {
      await root?.$disconnect();
    },
  };
  return self;
}

/**
 * Opens the pool of one process. `maxConnections` comes from the connection budget. `answerWithinMs` bounds each statement where somebody waits for
 * it: a server that hangs, or a network that drops everything, says nothing at all, and would keep requests for as long as TCP hopes.
 * Errors: connecting is lazy; while the server is away every call fails with AppError "unavailable", and recovers by itself.
 */
export function openDatabase(options: { url: string; maxConnections: number; answerWithinMs?: number }): Database {
  const adapter = new PrismaPg(
    {
      connectionString: options.url,
      max: options.maxConnections,
      connectionTimeoutMillis: 5_000,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
      ...(options.answerWithinMs ? { query_timeout: options.answerWithinMs } : {}),
      options: "-c timezone=UTC",
    },
    // A connection cut while idle (the server restarted) is replaced by the pool; it must not end the process.
    { onPoolError: () => {}, onConnectionError: () => {} },
  );
  const client = createClient(adapter);
  return handle(client, client);
}

export { Prisma };
