import type { Connector } from "./meshes";
import type { Broker, BrokerUser, DeploymentMode, Engine, LoadProfile, MaintenanceWindow } from "./model";

/** Days relative to the anchor D: -30 is a month before, 0 is D itself. Fractions are hours. */
export type Day = number;

export interface ActionSpec {
  readonly code: string;
  readonly info: string;
  readonly from: Day;
  /** Never cleared, if absent. */
  readonly to?: Day;
  /** The broker's state is CRITICAL_ACTION_REQUIRED meanwhile. */
  readonly critical?: boolean;
  /** The broker cannot be reached and is not billed meanwhile. */
  readonly unbilled?: boolean;
  readonly pendingEngineVersion?: string;
  readonly pendingHostInstanceType?: string;
}

export interface MeshSpec {
  readonly day: Day;
  readonly note: string;
  readonly connectors: readonly Connector[];
  /** Brokers that really are connected afterwards. */
  readonly connected: number;
  /** The revision is written, but left pending. */
  readonly notApplied?: boolean;
}

/** The life of one broker, told in days relative to D. Whatever is not said is ordinary. */
export interface BrokerSpec {
  readonly name: string;
  readonly region: string;
  readonly engine: Engine;
  readonly mode: DeploymentMode;
  /** Without the `mq.`. */
  readonly type: string;
  readonly created: Day;
  readonly deleted?: Day;
  readonly creatingDays?: number;
  readonly deletingDays?: number;
  readonly creationFails?: boolean;
  readonly generation?: number;
  /** Line at creation; the newest that could be created then, if absent. */
  readonly line?: string;
  readonly legacy?: "early" | "forced";
  readonly stuckOn?: string;
  /** The version at which it stays: nobody, not even AWS, can reach it any more. */
  readonly heldAt?: string;
  readonly freed?: Day;
  readonly upgrades?: readonly (readonly [line: string, day: Day])[];
  readonly types?: readonly (readonly [type: string, day: Day])[];
  readonly amvu?: boolean;
  readonly amvuOn?: Day;
  readonly tags?: Readonly<Record<string, string>>;
  /** Changes of single tags; null removes one. */
  readonly retags?: readonly (readonly [day: Day, note: string, changes: Readonly<Record<string, string | null>>])[];
  readonly logs?: "none" | "general" | "all";
  readonly logsOn?: Day;
  readonly publiclyAccessible?: boolean;
  /** Index of the zone of its first subnet. */
  readonly firstZone?: number;
  readonly window?: MaintenanceWindow;
  /** A preview: its description says no more than the listing. */
  readonly tellsLittle?: boolean;
  readonly storage?: "EFS" | "EBS";
  readonly storageSizes?: readonly (readonly [gb: number, day: Day])[];
  /** Hosts of the directory that knows the users. */
  readonly ldap?: readonly string[];
  readonly ownKey?: boolean;
  readonly users?: readonly BrokerUser[];
  readonly userAdded?: readonly [user: string, day: Day];
  readonly load?: Partial<LoadProfile>;
  /** Nobody uses the broker from this day on. */
  readonly idleFrom?: Day;
  readonly actions?: readonly ActionSpec[];
  readonly reboots?: readonly Day[];
  readonly mesh?: readonly MeshSpec[];
  /** Another configuration is in force from this day on. */
  readonly reconfigured?: readonly [note: string, day: Day, text: string];
  /** A newer revision of its configuration is written, and nobody applies it. */
  readonly laterRevision?: readonly [note: string, day: Day];
  readonly replication?: Broker["replication"];
  /** State REPLICA instead of RUNNING. */
  readonly replica?: boolean;
}
