import pg from "pg";

/** Key of the advisory lock whose holder alone executes syncs ("MQST"). */
const LOCK_KEY = 0x4d51_5354;
/** Channel on which somebody asks the holder to let go. */
const CHANNEL = "mq_steward_executor_wanted";

export interface ExecutorLock {
  /** Resolves when somebody asks for the lock (the demo's history asks the worker). */
  readonly wanted: Promise<void>;
  /** Resolves when the connection broke and with it the lock: the holder must stop executing. */
  readonly lost: Promise<void>;
  release(): Promise<void>;
}

/**
 * The lock of the one process that executes syncs: the request limits per AWS account hold only if nobody else asks beside it. It is a session lock
 * of PostgreSQL on a connection of its own, so it goes with the process, however that ends. Returns null when another process holds it.
 */
export async function tryExecutorLock(databaseUrl: string): Promise<ExecutorLock | null> {
  const client = await connect(databaseUrl);
  try {
    const { rows } = await client.query<{ locked: boolean }>("SELECT pg_try_advisory_lock($1) AS locked", [LOCK_KEY]);
    if (rows[0]?.locked) return await hold(client);
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
  await client.end();
  return null;
}

/** As `tryExecutorLock`, but waits in line. `ask` tells the present holder that somebody waits; a worker then lets go when its jobs are done. */
export async function waitForExecutorLock(
  databaseUrl: string,
  options: { ask: boolean; signal?: AbortSignal },
): Promise<ExecutorLock | null> {
  const client = await connect(databaseUrl);
  const abort = (): void => void client.end().catch(() => {});
  options.signal?.addEventListener("abort", abort, { once: true });
  const asking = options.ask ? setInterval(() => void askForLock(databaseUrl).catch(() => {}), ASK_AGAIN_MS) : null;
  try {
    if (options.signal?.aborted) return null;
    if (options.ask) await askForLock(databaseUrl);
    await client.query("SELECT pg_advisory_lock($1)", [LOCK_KEY]);
    return await hold(client);
  } catch (error) {
    await client.end().catch(() => {});
    if (options.signal?.aborted) return null;
    throw error;
  } finally {
    if (asking) clearInterval(asking);
    options.signal?.removeEventListener("abort", abort);
  }
}

const ASK_AGAIN_MS = 2_000;

async function askForLock(databaseUrl: string): Promise<void> {
  const client = await connect(databaseUrl);
  try {
    await client.query(`NOTIFY ${CHANNEL}`);
  } finally {
    await client.end();
  }
}

async function connect(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    keepAlive: true,
    application_name: "mq-steward executor",
  });
  // Without a listener a connection that breaks would end the process.
  client.on("error", () => {});
  await client.connect();
  return client;
}

async function hold(client: pg.Client): Promise<ExecutorLock> {
  const wanted = new Promise<void>((resolve) => client.once("notification", () => resolve()));
  const lost = new Promise<void>((resolve) => client.once("end", () => resolve()));
  await client.query(`LISTEN ${CHANNEL}`);
  return { wanted, lost, release: () => client.end() };
}
