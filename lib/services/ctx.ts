import type { Logger } from "pino";
import type { Authenticator, RequestFacts } from "@/lib/auth/authenticator";
import type { AwsGateway } from "@/lib/aws/gateway";
import type { Permission, Role } from "@/lib/contracts/permissions";
import type { Database } from "@/lib/db/client";
import type { BusinessClock, WallClock } from "@/lib/domain/clock";
import type { JobQueue } from "@/lib/jobs/queue";

/** Who acts: a person with a session, a key of the API, the product itself, whoever runs a command on the machine, or nobody yet. */
export type Actor = PersonActor | KeyActor | ProductActor | Nobody;

/** Somebody who has signed in. */
export interface PersonActor {
  kind: "person";
  id: string;
  /** The e-mail address: unique and lasting, for audit and events. */
  name: string;
  displayName: string;
  role: Role;
  permissions: ReadonlySet<Permission>;
  /** Ids of the owner entities he belongs to; for the role `owner` the limit of what he acts on. */
  ownerIds: readonly number[];
  /** The provider he signs in at; null for a local account. */
  issuer: string | null;
  /** Network address he asks from; null where it is not known. */
  remote: string | null;
  /** His password was given by somebody else: until he has chosen another he has no permission. */
  mustChangePassword: boolean;
  sessionId: string;
  sessionExpiresAt: Date;
  /** He did not sign in: the link of an e-mail speaks for him. Told by the audit. */
  via?: "acknowledge-link";
}

/** A key of the API, or a narrow token of one address. It is no person: what a person answers for is refused to it. */
export interface KeyActor {
  kind: "key";
  /** The part of the key that is shown. */
  id: string;
  /** `key <name>`: for audit and events. */
  name: string;
  /** Decides whether its rights are limited to `ownerIds`. */
  role: Role;
  permissions: ReadonlySet<Permission>;
  ownerIds: readonly number[];
  remote: string | null;
  /** The cut that a calendar token shows, as the address's query; null for others. */
  query: string | null;
}

/** The product itself, or a command line on its machine: needs no session. */
export interface ProductActor {
  kind: "system" | "command-line";
  /** e.g. `system:sync` */
  name: string;
  permissions: "all";
}

/** A request without a session. */
export interface Nobody {
  kind: "nobody";
  name: "nobody";
  permissions: ReadonlySet<Permission>;
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

/** The ctx of a request to the web process: knows sign-in, and where the request comes from. */
export interface WebCtx extends Ctx {
  auth: Authenticator;
  request: RequestFacts;
  /** Forgets sessions and keys that were looked up, of this process: rights have changed. */
  forgetActors(): void;
}
