import { statfsSync } from "node:fs";
import { totalmem } from "node:os";
import { SERVER_MAX_CONNECTIONS } from "@/lib/db/connection-budget";

const MB = 1024 * 1024;

/** "durable" keeps every committed row over a power cut; "scratch" is for tests, whose data nobody needs tomorrow. */
export type Durability = "durable" | "scratch";

/** Server settings as `-c name=value` arguments. `memoryBytes` is what the machine (or container) has in all. */
export function serverArguments(port: number, durability: Durability, memoryBytes = availableMemory()): string[] {
  const sharedBuffersMb = Math.max(32, Math.min(256, Math.floor(memoryBytes / MB / 8)));
  const settings: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    // No Unix socket: its path would be too long in deep folders, and everybody connects by TCP anyway.
    unix_socket_directories: "",
    max_connections: String(SERVER_MAX_CONNECTIONS),
    shared_buffers: `${sharedBuffersMb}MB`,
    effective_cache_size: `${Math.max(128, Math.floor(memoryBytes / MB / 2))}MB`,
    work_mem: "16MB",
    maintenance_work_mem: "128MB",
    // Two cores: short queries by many clients. Compiling plans costs more than it saves, and so do parallel workers.
    jit: "off",
    max_parallel_workers_per_gather: "1",
    random_page_cost: "1.1",
    // Nobody replicates from this server: the least WAL is enough.
    wal_level: "minimal",
    max_wal_senders: "0",
    max_wal_size: "2GB",
    timezone: "UTC",
    log_timezone: "UTC",
    log_checkpoints: "off",
    log_line_prefix: "%m [%p] ",
    dynamic_shared_memory_type: sharedMemoryFolderIsSmall() ? "mmap" : "posix",
  };
  if (durability === "scratch") {
    Object.assign(settings, { fsync: "off", synchronous_commit: "off", full_page_writes: "off", autovacuum: "off" });
  }
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** Bytes this process may use: the container's limit where there is one. */
function availableMemory(): number {
  const limit = process.constrainedMemory();
  return limit !== undefined && limit > 0 && limit < totalmem() ? limit : totalmem();
}

/** Containers get 64 MB of /dev/shm by default, on which parallel queries fail with "could not resize shared memory". */
function sharedMemoryFolderIsSmall(): boolean {
  if (process.platform !== "linux") return false;
  try {
    const { bavail, bsize } = statfsSync("/dev/shm");
    return bavail * bsize < 256 * MB;
  } catch {
    return true;
  }
}
