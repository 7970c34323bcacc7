import { Client } from "pg";
import { openCluster } from "../embedded-postgres/cluster";
import { OperatorError } from "../operator-error.mjs";

/** The database of a start: a server of our own, or one that somebody else runs. */
export interface DatabaseServer {
  readonly url: string;
  /** One line for the console, without the password. */
  readonly description: string;
  isRunning(): boolean;
  release(options: { urgent: boolean }): Promise<void>;
}

const OLDEST_SERVER = 15;

/** The embedded server of a data folder, with the given database on it. */
export async function openEmbeddedDatabase(
  dataDirectory: string,
  database: string,
  announce: (line: string) => void,
): Promise<DatabaseServer> {
  const cluster = await openCluster({ dataDirectory, announce });
  await cluster.ensureDatabase(database);
  const verb = cluster.adopted ? "already running, adopted" : "started";
  return {
    url: cluster.url(database),
    description: `PostgreSQL ${verb} on 127.0.0.1:${cluster.port}, data in ${cluster.clusterDirectory}`,
    isRunning: () => cluster.isRunning(),
    release: (options) => cluster.release(options),
  };
}

/** Somebody's own server, named by DATABASE_URL. Throws an OperatorError when it cannot be used. */
export async function connectExternalDatabase(url: string): Promise<DatabaseServer> {
  const { host, pathname } = new URL(url);
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number }>(
      "SELECT current_setting('server_version_num')::int AS version",
    );
    const major = Math.floor((rows[0]?.version ?? 0) / 10_000);
    if (major < OLDEST_SERVER) {
      throw new OperatorError(
        `DATABASE_URL names a PostgreSQL ${major}; ${OLDEST_SERVER} or newer is needed.`,
        "use a newer server, or unset DATABASE_URL for the embedded one",
      );
    }
    return {
      url,
      description: `PostgreSQL ${major} at ${host}${pathname}`,
      isRunning: () => true, // its owner's business; the product answers 503 meanwhile and recovers
      release: async () => {},
    };
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    throw new OperatorError(
      `The database that DATABASE_URL names (${host}${pathname}) does not answer: ${error instanceof Error ? error.message : String(error)}`,
      "start it, put DATABASE_URL right, or unset DATABASE_URL for the embedded one",
      { cause: error },
    );
  } finally {
    await client.end().catch(() => {});
  }
}
