import { join } from "node:path";
import { type Cluster, openCluster, reserveCluster } from "./cluster";

/**
 * The PostgreSQL server for tests and for writing migrations: one per checkout, in .cache/postgres, without durability.
 * Every process that uses it releases it, the last one stops it; the cluster itself is kept, so later starts are quick.
 */
export async function openScratchServer(projectRoot: string): Promise<Cluster> {
  return await openCluster({ dataDirectory: scratchDirectory(projectRoot), durability: "scratch" });
}

/** Keeps the scratch server, once somebody starts it, running until the returned function is called. */
export async function reserveScratchServer(projectRoot: string): Promise<() => Promise<void>> {
  return await reserveCluster(scratchDirectory(projectRoot));
}

/** Folder of the scratch server and of the locks around it. */
export function scratchDirectory(projectRoot: string): string {
  return join(projectRoot, ".cache", "postgres");
}
