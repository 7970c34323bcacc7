import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
} from "@prisma/driver-adapter-utils";
import * as engineModule from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

export type SchemaEngine = engineModule.SchemaEngine;

/**
 * Runs `work` with Prisma's schema engine on the given database. The engine is the WebAssembly build of an npm package,
 * because Prisma's command line would download a native one. It holds an advisory lock for as long as its connection
 * lives, which is why it serves short-lived processes only (the migration run, never web or worker).
 */
export async function withSchemaEngine<T>(
  databaseUrl: string,
  schema: { path: string; content: string } | undefined,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  await instantiate();
  const adapters = new MigrationAdapterFactory(databaseUrl);
  const datamodels: [string, string][] | undefined = schema === undefined ? undefined : [[schema.path, schema.content]];
  const engine = await engineModule.SchemaEngine.new(
    { datamodels },
    () => {}, // the engine's own log: what matters arrives as an error
    bindMigrationAwareSqlAdapterFactory(adapters),
  );
  try {
    return await work(engine);
  } finally {
    engine.free();
    await adapters.dispose();
  }
}

let instance: Promise<void> | undefined;

/** Node cannot import .wasm files as modules, so the package's own entry point (for bundlers) is done by hand here. */
async function instantiate(): Promise<void> {
  instance ??= (async () => {
    // Where the module leaves the message of a panic; without it a panic shows as a TypeError about this very object.
    Object.assign(globalThis, {
      PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => console.error(`schema engine: ${message}`) },
    });
    const modulePath = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
    const bytes = await readFile(join(dirname(modulePath), "schema_engine_bg.wasm"));
    const module = await WebAssembly.compile(new Uint8Array(bytes));
    const imports = { "./schema_engine_bg.js": Object.fromEntries(wasmImports()) };
    const { exports } = await WebAssembly.instantiate(module, imports);
    engineModule.__wbg_set_wasm(exports);
    const start = exports.__wbindgen_start;
    if (typeof start !== "function") throw new Error("the schema engine's WebAssembly module has no start function");
    start();
  })();
  await instance;
}

function wasmImports(): [string, WebAssembly.ImportValue][] {
  return Object.entries<unknown>({ ...engineModule }).filter(
    (entry): entry is [string, WebAssembly.ImportValue] => typeof entry[1] === "function",
  );
}

/**
 * PrismaPg with corrections. A shadow database (where the engine replays migrations to compare) is dropped after its
 * connections are closed, not before; and its name really replaces that of the connection string. Connections that the
 * engine leaves open are closed by `dispose`, so that the process can end and the advisory lock goes.
 */
class MigrationAdapterFactory extends PrismaPg {
  readonly #databaseUrl: string;
  readonly #pools: pg.Pool[] = [];

  constructor(databaseUrl: string) {
    super({ connectionString: databaseUrl, max: 1 });
    this.#databaseUrl = databaseUrl;
  }

  override connect() {
    return this.#connectTo(this.#databaseUrl);
  }

  override async connectToShadowDb() {
    const name = `mq_steward_shadow_${crypto.randomUUID().replaceAll("-", "")}`;
    const url = new URL(this.#databaseUrl);
    url.pathname = `/${name}`;
    await this.#execute(`CREATE DATABASE "${name}"`);
    return await this.#connectTo(url.href, () => this.#execute(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`));
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#pools.map((pool) => (pool.ended ? undefined : pool.end())));
  }

  async #connectTo(url: string, afterwards?: () => Promise<void>) {
    const pool = new pg.Pool({ connectionString: url, max: 1 });
    this.#pools.push(pool);
    const adapter = await new PrismaPg(pool, { disposeExternalPool: true }).connect();
    deliverSystemChars(pool, adapter);
    // PrismaPg cuts a script at every semicolon, also inside function bodies. Without parameters PostgreSQL takes all
    // statements in one message, and in one transaction: a migration that fails leaves nothing half-done.
    adapter.executeScript = async (script) => {
      await adapter.executeRaw({ sql: script, args: [], argTypes: [] });
    };
    if (afterwards !== undefined) {
      const dispose = adapter.dispose.bind(adapter);
      adapter.dispose = async () => {
        await dispose();
        await afterwards();
      };
    }
    return adapter;
  }

  async #execute(sql: string): Promise<void> {
    const client = new pg.Client(this.#databaseUrl);
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  }
}

const SYSTEM_CHAR_OID = 18;
const TEXT_OID = 25;

/**
 * The engine reads pg_constraint.contype, whose type is PostgreSQL's internal "char". PrismaPg refuses that type, the engine
 * insists on it: the column travels past PrismaPg as text and gets its type back before the engine sees it.
 */
function deliverSystemChars(pool: pg.Pool, adapter: SqlDriverAdapter): void {
  const systemChars = new Set<string>();
  pool.on("connect", (client) => {
    client.connection.prependListener("rowDescription", ({ fields }: pg.QueryResult) => {
      for (const field of fields) {
        if (field.dataTypeID !== SYSTEM_CHAR_OID) continue;
        field.dataTypeID = TEXT_OID;
        systemChars.add(field.name);
      }
    });
  });
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    systemChars.clear(); // the pool has one connection, so queries do not overlap
    const result = await queryRaw(query);
    const columnTypes = result.columnTypes.map((type, index) =>
      systemChars.has(result.columnNames[index] ?? "") ? ColumnTypeEnum.Character : type,
    );
    return { ...result, columnTypes };
  };
}
