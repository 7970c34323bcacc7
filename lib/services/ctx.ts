import type { Logger } from "pino";
import type { AwsGateway } from "@/lib/aws/gateway";
import type { Database } from "@/lib/db/client";
import type { BusinessClock, WallClock } from "@/lib/domain/clock";
import type { JobQueue } from "@/lib/jobs/queue";

/** Who acts. Until sign-in exists every person is `local`. */
export interface Actor {
  kind: "local" | "system" | "command-line";
  /** Stable name for audit and events, e.g. `local`, `system:sync`. */
  name: string;
  permissions: ReadonlySet<string> | "all";
}

/** What every service verb gets: clocks, database, AWS, queue, log, and who acts. Built by lib/context.ts. */
export interface Ctx {
  /** Business clock: may be moved in demo and test mode. */
  clock: BusinessClock;
  /** Wall clock: queue, sessions, heartbeats, rate limits. */
  wall: WallClock;
  db: Database;
  aws: AwsGateway;
  queue: JobQueue;
  log: Logger;
  actor: Actor;
  requestId: string | null;
}
