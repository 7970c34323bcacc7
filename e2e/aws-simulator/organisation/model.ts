/**
 * The vocabulary of a simulated organisation: accounts, brokers with timelines, configurations with revisions.
 * An organisation is a plain value. What AWS would show at some instant is derived from it by `stateAt`, a pure
 * function, so the same organisation serves any "as of" date and any number of simulators.
 * Instants are milliseconds since the epoch (UTC).
 */

export type Engine = "ActiveMQ" | "RabbitMQ";
export type DeploymentMode = "SINGLE_INSTANCE" | "ACTIVE_STANDBY_MULTI_AZ" | "CLUSTER_MULTI_AZ";

export interface ActionRequired {
  readonly code: string;
  readonly info: string;
}

export interface ConfigurationRef {
  readonly id: string;
  readonly revision: number;
}

export interface BrokerUser {
  readonly username: string;
  readonly pendingChange?: "CREATE" | "UPDATE" | "DELETE";
  readonly consoleAccess?: boolean;
  readonly groups?: readonly string[];
  readonly replicationUser?: boolean;
}

export interface MaintenanceWindow {
  readonly dayOfWeek: string;
  readonly timeOfDay: string;
  readonly timeZone: string;
}

/** Everything about a broker that may change while it lives. Optional attributes that are absent are not sent. */
export interface BrokerAttributes {
  readonly state: string;
  readonly engineVersion: string;
  readonly hostInstanceType: string;
  readonly autoMinorVersionUpgrade: boolean;
  readonly authenticationStrategy: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly generalLogs: boolean;
  readonly auditLogs: boolean;
  readonly actionsRequired: readonly ActionRequired[];
  readonly users: readonly BrokerUser[];
  readonly securityGroups: readonly string[];
  readonly maintenanceWindow: MaintenanceWindow;
  /** False while AWS does not charge for the broker (an unreachable one past its instance type's end of support). */
  readonly billed: boolean;
  /** Multiplies the load profile: 0 means nobody uses the broker any more. */
  readonly loadFactor: number;
  /** Brokers connected through network connectors, as the metric of that name counts them. */
  readonly networkConnections?: number;
  readonly configuration?: ConfigurationRef;
  readonly configurationHistory?: readonly ConfigurationRef[];
  readonly pendingConfiguration?: ConfigurationRef;
  readonly pendingLogs?: { readonly general: boolean; readonly audit: boolean };
  readonly pendingEngineVersion?: string;
  readonly pendingHostInstanceType?: string;
  readonly pendingStorageSize?: number;
  readonly pendingSecurityGroups?: readonly string[];
  readonly pendingAuthenticationStrategy?: string;
  readonly storageSize?: number;
  /** Hosts of the directory that knows the users. */
  readonly ldapHosts?: readonly string[];
}

/** A change of some attributes; `null` takes an optional attribute away. */
export type AttributePatch = { readonly [K in keyof BrokerAttributes]?: BrokerAttributes[K] | null };

export interface BrokerEvent {
  readonly at: number;
  /** What happened, in words: for people who read the scenario, never sent over the wire. */
  readonly note: string;
  readonly patch: AttributePatch;
}

/** How much a broker is used. Percentages at the busiest hour of an average day; counts likewise. */
export interface LoadProfile {
  readonly shape: "office" | "retail" | "batch" | "flat" | "idle";
  readonly cpuPercent: number;
  readonly memoryPercent: number;
  readonly storePercent: number;
  readonly connections: number;
  /** Of RabbitMQ; follows the connections where it is absent. */
  readonly queues?: number;
  readonly messages: number;
  /** Growth per 30 days, 0.02 = two percent. */
  readonly growth: number;
}

export interface Broker {
  readonly account: string;
  readonly region: string;
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly engine: Engine;
  readonly deploymentMode: DeploymentMode;
  readonly storageType: "EFS" | "EBS";
  readonly publiclyAccessible: boolean;
  readonly subnetIds: readonly string[];
  readonly kmsKeyId?: string;
  /** A preview: its description says no more than the listing. */
  readonly tellsLittle?: boolean;
  readonly replication?: { readonly role: "PRIMARY" | "REPLICA"; readonly brokerId: string; readonly region: string };
  readonly createdAt: number;
  /** The instant from which AWS answers not-found; absent while no deletion is planned. */
  readonly deletedAt?: number;
  readonly initial: BrokerAttributes;
  /** Sorted by `at`. */
  readonly events: readonly BrokerEvent[];
  /** Changes made by a test through the control address: they win over the timeline from their instant on. */
  readonly pins?: readonly BrokerEvent[];
  readonly load: LoadProfile;
}

export interface ConfigurationRevision {
  readonly revision: number;
  readonly createdAt: number;
  readonly description: string;
  /** XML for ActiveMQ, Cuttlefish for RabbitMQ; base64 is made on the wire. */
  readonly data: string;
}

export interface Configuration {
  readonly account: string;
  readonly region: string;
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly engine: Engine;
  readonly engineVersion: string;
  readonly createdAt: number;
  /** Sorted by revision; a revision exists from its `createdAt` on. */
  readonly revisions: readonly ConfigurationRevision[];
}

export interface Role {
  readonly name: string;
  /** Demanded by the role's trust policy when present. */
  readonly externalId?: string;
}

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly status: "ACTIVE" | "SUSPENDED";
  readonly joinedAt: number;
  readonly roles: readonly Role[];
  /** Opt-in regions that this account has switched on. */
  readonly optInRegions: readonly string[];
}

export interface Organisation {
  readonly id: string;
  /** The day D around which the story is told, YYYY-MM-DD. */
  readonly anchor: string;
  readonly seed: number;
  readonly managementAccountId: string;
  readonly accounts: readonly Account[];
  readonly brokers: readonly Broker[];
  readonly configurations: readonly Configuration[];
}

/** A broker as AWS would show it at one instant. */
export interface BrokerState {
  readonly broker: Broker;
  readonly attributes: BrokerAttributes;
}

export interface Segment {
  readonly from: number;
  readonly attributes: BrokerAttributes;
}

const segmentCache = new WeakMap<Broker, readonly Segment[]>();

function applyPatch(attributes: BrokerAttributes, patch: AttributePatch): BrokerAttributes {
  const next: Record<string, unknown> = { ...attributes };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null || value === undefined) delete next[key];
    else next[key] = value;
  }
  // The patch type only holds attributes of the same type, so the merged record has the shape again.
  return next as unknown as BrokerAttributes;
}

/** The periods in which a broker's attributes do not change, oldest first; computed once per broker value. */
export function segmentsOf(broker: Broker): readonly Segment[] {
  const cached = segmentCache.get(broker);
  if (cached) return cached;
  const instants = new Set<number>([broker.createdAt]);
  for (const event of [...broker.events, ...(broker.pins ?? [])]) instants.add(Math.max(event.at, broker.createdAt));
  const segments: Segment[] = [];
  let fromTimeline = broker.initial;
  let nextEvent = 0;
  for (const from of [...instants].sort((a, b) => a - b)) {
    for (let event = broker.events[nextEvent]; event && event.at <= from; event = broker.events[nextEvent]) {
      fromTimeline = applyPatch(fromTimeline, event.patch);
      nextEvent += 1;
    }
    let attributes = fromTimeline;
    for (const pin of broker.pins ?? []) if (pin.at <= from) attributes = applyPatch(attributes, pin.patch);
    segments.push({ from, attributes });
  }
  segmentCache.set(broker, segments);
  return segments;
}

/** Index into `segmentsOf(broker)` at an instant; the first segment for instants before the creation. */
export function segmentIndexAt(segments: readonly Segment[], instant: number): number {
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const segment = segments[middle];
    if (segment && segment.from <= instant) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** True from the creation call until the deletion has finished: the time in which AWS lists the broker. */
export function existsAt(broker: Broker, instant: number): boolean {
  return broker.createdAt <= instant && (broker.deletedAt === undefined || instant < broker.deletedAt);
}

/** A broker's attributes at an instant at which it exists. */
export function attributesAt(broker: Broker, instant: number): BrokerAttributes {
  const segments = segmentsOf(broker);
  return segments[segmentIndexAt(segments, instant)]?.attributes ?? broker.initial;
}

/** Every broker that AWS would list at the instant, over all accounts and regions, ordered by ARN. Pure. */
export function stateAt(organisation: Organisation, instant: number): BrokerState[] {
  return organisation.brokers
    .filter((broker) => existsAt(broker, instant))
    .map((broker) => ({ broker, attributes: attributesAt(broker, instant) }))
    .sort((a, b) => (a.broker.arn < b.broker.arn ? -1 : a.broker.arn > b.broker.arn ? 1 : 0));
}
