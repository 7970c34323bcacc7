import { randomBytes } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { OperatorError } from "../operator-error.mjs";
import { isAlive, parseRef, refOf } from "../process/process-identity.mjs";

const recordSchema = z.object({
  /** The data directory the record was written for: a copied folder must not use the original's cluster. */
  dataDirectory: z.string(),
  clusterDirectory: z.string(),
  port: z.number().int().positive(),
});

/** What is remembered about a cluster from one start to the next. */
export type ClusterRecord = z.infer<typeof recordSchema>;

/** How often this process uses the server of each users' folder: two tests of one file may hold a database each. */
const ownUses = new Map<string, number>();

/** The small files that lie beside a cluster, in the data directory. */
export class ClusterFiles {
  readonly dataDirectory: string;

  constructor(dataDirectory: string) {
    mkdirSync(dataDirectory, { recursive: true });
    this.dataDirectory = realpathSync(dataDirectory);
  }

  get lock(): string {
    return join(this.dataDirectory, "postgres.lock");
  }

  get log(): string {
    return join(this.dataDirectory, "postgres.log");
  }

  readRecord(): ClusterRecord | undefined {
    const record = recordSchema.safeParse(parseOrUndefined(this.#recordPath)).data;
    if (record === undefined) return undefined; // missing or cut by a crash: the standard place and a new port are chosen
    const moved = record.dataDirectory !== this.dataDirectory && !existsSync(record.dataDirectory);
    return moved || record.dataDirectory === this.dataDirectory ? record : undefined;
  }

  writeRecord({ clusterDirectory, port }: { clusterDirectory: string; port: number }): void {
    const draft = `${this.#recordPath}.${process.pid}`;
    writeFileSync(draft, JSON.stringify({ dataDirectory: this.dataDirectory, clusterDirectory, port }));
    renameSync(draft, this.#recordPath);
  }

  /** The password of this cluster; made up and written (mode 0600) when `create` is set and there is none. */
  password({ create }: { create: boolean }): string {
    const path = join(this.dataDirectory, "postgres-password");
    if (existsSync(path)) return readFileSync(path, "utf8").trim();
    if (!create) {
      throw new OperatorError(
        `There is a database in ${this.dataDirectory}, but its password file ${path} is missing.`,
        "put the file back, or move the whole folder aside to start with an empty database",
      );
    }
    const password = randomBytes(24).toString("hex");
    writeFileSync(path, `${password}\n`, { mode: 0o600, flag: "wx" });
    return password;
  }

  /** Notes one more use of the server by this process. The last of all users stops it. */
  addUser(): void {
    const self = refOf(process.pid);
    if (self === undefined) throw new Error("cannot read this process's own start time");
    ownUses.set(this.#usersPath, this.#ownUses + 1);
    mkdirSync(this.#usersPath, { recursive: true });
    writeFileSync(join(this.#usersPath, String(process.pid)), JSON.stringify(self));
  }

  /** Takes one use back. Returns whether the server is unused now, by this process and by every other live one. */
  removeUser(): boolean {
    ownUses.set(this.#usersPath, this.#ownUses - 1);
    if (this.#ownUses > 0) return false;
    rmSync(join(this.#usersPath, String(process.pid)), { force: true });
    return !this.#hasUsers();
  }

  #hasUsers(): boolean {
    if (!existsSync(this.#usersPath)) return false;
    let found = false;
    for (const name of readdirSync(this.#usersPath)) {
      const path = join(this.#usersPath, name);
      const user = parseRef(parseOrUndefined(path));
      if (user !== undefined && isAlive(user)) found = true;
      else rmSync(path, { force: true }); // it died without taking its use back
    }
    return found;
  }

  get #ownUses(): number {
    return ownUses.get(this.#usersPath) ?? 0;
  }

  get #recordPath(): string {
    return join(this.dataDirectory, "postgres.json");
  }

  get #usersPath(): string {
    return join(this.dataDirectory, "postgres-users");
  }
}

function parseOrUndefined(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}
