import { defaultConfiguration } from "./configuration-text";
import type {
  AttributePatch,
  Broker,
  BrokerAttributes,
  BrokerEvent,
  BrokerUser,
  Configuration,
  ConfigurationRevision,
  DeploymentMode,
  Engine,
  LoadProfile,
  MaintenanceWindow,
} from "./model";
import { openGroupId, ordinaryGroupId, subnetIdOf } from "./network";
import { findRegion } from "./regions";
import { hashText, pick, randomStream, unit, uuidOf } from "./seeded";

/** What has to be said about a broker; the rest follows from the seed. */
export interface BrokerPlan {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly engine: Engine;
  readonly mode: DeploymentMode;
  readonly type: string;
  readonly version: string;
  readonly createdAt: number;
  readonly deletedAt?: number;
  readonly storage?: "EFS" | "EBS";
  readonly storageSize?: number;
  readonly amvu?: boolean;
  readonly generalLogs?: boolean;
  readonly auditLogs?: boolean;
  readonly publiclyAccessible?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
  readonly users?: readonly BrokerUser[];
  readonly ldap?: readonly string[];
  readonly ownKey?: boolean;
  readonly firstZone?: number;
  readonly window?: MaintenanceWindow;
  readonly tellsLittle?: boolean;
  readonly load?: Partial<LoadProfile>;
  readonly replication?: Broker["replication"];
  /** 2 for a broker that took over the name of a deleted one, and so on. */
  readonly generation?: number;
  readonly events?: readonly BrokerEvent[];
  /** Revisions after the first; the first is AWS's default. A revision is applied by an event of its own. */
  readonly revisions?: readonly ConfigurationRevision[];
}

export interface BuiltBroker {
  readonly broker: Broker;
  readonly configuration?: Configuration;
}

const days = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"] as const;

/** Id of the broker with that name, known before it is built: connectors of a mesh name it. */
export function brokerIdOf(seed: number, account: string, region: string, name: string, generation = 1): string {
  return `b-${uuidOf(`broker/${seed}/${account}/${region}/${name}/${generation}`)}`;
}

export function configurationIdOf(seed: number, account: string, region: string, name: string, generation = 1): string {
  return `c-${uuidOf(`configuration/${seed}/${account}/${region}/${name}/${generation}`)}`;
}

/** The weekly window of a broker, as its creator left it: mostly nights, always UTC as AWS's default. */
export function maintenanceWindowOf(seed: number, name: string): MaintenanceWindow {
  const random = randomStream(`window/${seed}/${name}`);
  return {
    dayOfWeek: pick(random, days),
    timeOfDay: `${String(Math.floor(random() * 24)).padStart(2, "0")}:00`,
    timeZone: "UTC",
  };
}

/** The first start of the broker's maintenance window at or after an instant. */
export function nextWindow(window: MaintenanceWindow, from: number): number {
  const start = new Date(from);
  const [hours = 0, minutes = 0] = window.timeOfDay.split(":").map(Number);
  for (let offset = 0; offset <= 7; offset += 1) {
    const candidate = Date.UTC(
      start.getUTCFullYear(),
      start.getUTCMonth(),
      start.getUTCDate() + offset,
      hours,
      minutes,
    );
    const weekday = days[(new Date(candidate).getUTCDay() + 6) % 7];
    if (weekday === window.dayOfWeek && candidate >= from) return candidate;
  }
  throw new Error(`no window ${window.dayOfWeek}`);
}

function subnetCount(plan: BrokerPlan): number {
  if (plan.engine === "RabbitMQ" && plan.publiclyAccessible) return 0;
  if (plan.mode === "ACTIVE_STANDBY_MULTI_AZ") return 2;
  return plan.mode === "CLUSTER_MULTI_AZ" ? 3 : 1;
}

const quietLoad: LoadProfile = {
  shape: "office",
  cpuPercent: 22,
  memoryPercent: 38,
  storePercent: 9,
  connections: 24,
  messages: 120,
  growth: 0.005,
};

/** Makes the broker and, where AWS makes one, its configuration. Pure: the same seed and plan give the same value. */
export function buildBroker(seed: number, plan: BrokerPlan): BuiltBroker {
  const key = `${seed}/${plan.account}/${plan.region}/${plan.name}`;
  const id = brokerIdOf(seed, plan.account, plan.region, plan.name, plan.generation);
  const zones = findRegion(plan.region)?.zones ?? [];
  const firstZone = plan.firstZone ?? Math.floor(unit(hashText(`zone/${key}`), 0) * zones.length);
  const rabbit = plan.engine === "RabbitMQ";
  const secured = !(rabbit && plan.publiclyAccessible);
  const configurationId = configurationIdOf(seed, plan.account, plan.region, plan.name, plan.generation);
  const initial: BrokerAttributes = {
    state: "RUNNING",
    engineVersion: plan.version,
    hostInstanceType: plan.type,
    autoMinorVersionUpgrade: plan.amvu ?? true,
    authenticationStrategy: plan.ldap ? "ldap" : "simple",
    tags: plan.tags ?? {},
    generalLogs: plan.generalLogs ?? false,
    auditLogs: rabbit ? false : (plan.auditLogs ?? false),
    actionsRequired: [],
    users: rabbit ? [] : (plan.users ?? [{ username: "admin", consoleAccess: true, groups: ["admins"] }]),
    securityGroups: secured
      ? [(plan.publiclyAccessible ? openGroupId : ordinaryGroupId)(plan.account, plan.region)]
      : [],
    maintenanceWindow: plan.window ?? maintenanceWindowOf(seed, `${plan.account}/${plan.region}/${plan.name}`),
    ...(plan.ldap ? { ldapHosts: plan.ldap } : {}),
    billed: true,
    loadFactor: 1,
    configuration: { id: configurationId, revision: 1 },
    ...(plan.storageSize === undefined ? {} : { storageSize: plan.storageSize }),
  };
  const createdAt = plan.createdAt;
  const broker: Broker = {
    account: plan.account,
    region: plan.region,
    id,
    name: plan.name,
    arn: `arn:aws:mq:${plan.region}:${plan.account}:broker:${plan.name}:${id}`,
    engine: plan.engine,
    deploymentMode: plan.mode,
    storageType: plan.storage ?? (rabbit ? "EBS" : "EFS"),
    publiclyAccessible: plan.publiclyAccessible ?? false,
    // AWS refuses two subnets of a broker in one zone.
    subnetIds: Array.from({ length: Math.min(subnetCount(plan), zones.length) }, (_, index) =>
      subnetIdOf(plan.account, zones[(index + firstZone) % zones.length] ?? "", index),
    ),
    ...(plan.ownKey
      ? { kmsKeyId: `arn:aws:kms:${plan.region}:${plan.account}:key/${uuidOf(`key/${plan.account}/${plan.region}`)}` }
      : {}),
    ...(plan.replication ? { replication: plan.replication } : {}),
    ...(plan.tellsLittle ? { tellsLittle: true } : {}),
    createdAt,
    ...(plan.deletedAt === undefined ? {} : { deletedAt: plan.deletedAt }),
    initial,
    events: [...(plan.events ?? [])].sort((a, b) => a.at - b.at),
    load: { ...quietLoad, ...plan.load },
  };
  const configuration: Configuration = {
    account: plan.account,
    region: plan.region,
    id: configurationId,
    arn: `arn:aws:mq:${plan.region}:${plan.account}:configuration:${configurationId}`,
    name: `${plan.name}-configuration`,
    engine: plan.engine,
    engineVersion: plan.version,
    createdAt,
    revisions: [
      {
        revision: 1,
        createdAt,
        description: `Auto-generated default for ${plan.name} on ${plan.engine} ${plan.version}`,
        data: defaultConfiguration(plan.engine),
      },
      ...(plan.revisions ?? []),
    ],
  };
  return { broker, configuration };
}

/** Shorthand for an event. */
export function event(at: number, note: string, patch: AttributePatch): BrokerEvent {
  return { at, note, patch };
}
