import type { ActionSpec, BrokerSpec, Day } from "./broker-spec";
import {
  type BuiltBroker,
  brokerIdOf,
  buildBroker,
  configurationIdOf,
  event,
  maintenanceWindowOf,
  nextWindow,
} from "./build-broker";
import { defaultConfiguration } from "./configuration-text";
import { creatableLines, m7gSince } from "./engine-calendar";
import { engineHistory } from "./engine-history";
import { meshConfiguration, type Peer } from "./meshes";
import type { BrokerEvent, BrokerUser, ConfigurationRef, ConfigurationRevision, LoadProfile } from "./model";
import { dayMs, dayStart, hashText, pick, randomStream, unit } from "./seeded";

const minuteMs = 60_000;

export interface Story {
  readonly seed: number;
  /** Midnight of the anchor day. */
  readonly day: number;
  /** Events are told up to this many days after the anchor. */
  readonly horizonDays: number;
}

/** The instant of a day relative to the anchor, at a working hour that depends on what it is about. */
export function instantOf(story: Story, day: Day, about: string): number {
  const whole = Math.floor(day);
  const fraction = day - whole;
  const minutes =
    fraction > 0 ? Math.round(fraction * 24 * 60) : 7 * 60 + Math.floor(unit(hashText(about), whole) * 10 * 60);
  return story.day + whole * dayMs + minutes * minuteMs;
}

/** When a spec's broker is created: not before its instance family existed. */
export function createdAtOf(
  story: Story,
  account: string,
  spec: Pick<BrokerSpec, "name" | "type" | "created">,
): number {
  const at = instantOf(story, spec.created, `${account}/${spec.name}`);
  return spec.type.startsWith("m7g") ? Math.max(at, m7gSince + 3 * dayMs) : at;
}

function defaultLoad(key: string): LoadProfile {
  const random = randomStream(`load/${key}`);
  return {
    shape: pick(random, ["office", "office", "retail", "flat", "batch"]),
    cpuPercent: 12 + random() * 38,
    memoryPercent: 25 + random() * 35,
    storePercent: 3 + random() * 18,
    connections: Math.round(8 + random() * 90),
    messages: Math.round(20 + random() * 900),
    growth: random() * 0.02,
  };
}

function actionEvents(story: Story, key: string, action: ActionSpec, normalState: string): BrokerEvent[] {
  const from = instantOf(story, action.from, `${key}/${action.code}`);
  const events = [
    event(from, `AWS asks for action: ${action.code}`, {
      actionsRequired: [{ code: action.code, info: action.info }],
      ...(action.critical ? { state: "CRITICAL_ACTION_REQUIRED" } : {}),
      ...(action.unbilled ? { billed: false } : {}),
      ...(action.pendingEngineVersion ? { pendingEngineVersion: action.pendingEngineVersion } : {}),
      ...(action.pendingHostInstanceType ? { pendingHostInstanceType: `mq.${action.pendingHostInstanceType}` } : {}),
    }),
  ];
  if (action.to !== undefined) {
    events.push(
      event(instantOf(story, action.to, `${key}/${action.code}/over`), `${action.code} is over`, {
        actionsRequired: [],
        billed: true,
        ...(action.critical ? { state: normalState } : {}),
        ...(action.pendingEngineVersion ? { pendingEngineVersion: null } : {}),
        ...(action.pendingHostInstanceType ? { pendingHostInstanceType: null } : {}),
      }),
    );
  }
  return events;
}

/** True while an action with the state CRITICAL_ACTION_REQUIRED is open: then nothing else may say RUNNING. */
function criticalAt(story: Story, key: string, spec: BrokerSpec, at: number): boolean {
  return (spec.actions ?? []).some(
    (action) =>
      action.critical &&
      instantOf(story, action.from, `${key}/${action.code}`) <= at &&
      (action.to === undefined || at < instantOf(story, action.to, `${key}/${action.code}/over`)),
  );
}

/** Turns a spec into a broker with its timeline, and its configuration. Pure. */
export function tellBroker(story: Story, account: string, spec: BrokerSpec): BuiltBroker {
  const key = `${account}/${spec.region}/${spec.name}/${spec.generation ?? 1}`;
  const at = (day: Day, about: string) => instantOf(story, day, `${key}/${about}`);
  const window = spec.window ?? maintenanceWindowOf(story.seed, `${account}/${spec.region}/${spec.name}`);
  const createdAt = createdAtOf(story, account, spec);
  const until = story.day + story.horizonDays * dayMs;
  const deletedAt = spec.deleted === undefined ? undefined : at(spec.deleted, "deleted");
  const normalState = spec.replica ? "REPLICA" : "RUNNING";
  const line = spec.line ?? newestLine(spec, createdAt);
  const events: BrokerEvent[] = [];

  const typeChanges = (spec.types ?? []).map(([type, day]) => {
    const asked = Math.max(at(day, "type"), type.startsWith("m7g") ? m7gSince + 5 * dayMs : 0);
    return { type: `mq.${type}`, asked, applied: nextWindow(window, asked + 6 * 3_600_000) };
  });
  const onGravitonFrom = typeChanges.find((change) => change.type.startsWith("mq.m7g"))?.applied;
  for (const { type, asked, applied } of typeChanges) {
    events.push(event(asked, `owner asked for ${type}`, { pendingHostInstanceType: type }));
    events.push(event(applied, `now on ${type}`, { hostInstanceType: type, pendingHostInstanceType: null }));
  }

  const history = engineHistory({
    engine: spec.engine,
    key,
    createdAt,
    line,
    window,
    amvu: spec.amvu ?? true,
    legacy: spec.legacy ?? "forced",
    stuckOn: spec.stuckOn,
    heldAt: spec.heldAt,
    freedAt: spec.freed === undefined ? undefined : at(spec.freed, "freed"),
    upgrades: (spec.upgrades ?? []).map(([to, day]) => ({
      line: to,
      at: Math.max(at(day, "upgrade"), to.startsWith("4.") ? (onGravitonFrom ?? 0) + 7 * dayMs : 0),
    })),
    until,
  });
  for (const entry of spec.creationFails ? [] : history.events) {
    const { state, ...rest } = entry.patch;
    events.push(
      state === undefined || criticalAt(story, key, spec, entry.at)
        ? { ...entry, patch: rest }
        : { ...entry, patch: { ...rest, state: state === "RUNNING" ? normalState : state } },
    );
  }

  for (const day of spec.reboots ?? []) {
    const start = at(day, "reboot");
    events.push(event(start, "rebooted by the owner", { state: "REBOOT_IN_PROGRESS" }));
    events.push(event(start + 25 * minuteMs, "back after the reboot", { state: normalState }));
  }
  for (const action of spec.actions ?? []) events.push(...actionEvents(story, key, action, normalState));

  let tags = { ...spec.tags };
  for (const [day, note, changes] of [...(spec.retags ?? [])].sort(([a], [b]) => a - b)) {
    const merged: Record<string, string> = { ...tags };
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) delete merged[name];
      else merged[name] = value;
    }
    tags = merged;
    events.push(event(at(day, `tags/${note}`), note, { tags }));
  }

  const logs = spec.logs ?? "none";
  if (spec.logsOn !== undefined) {
    const asked = at(spec.logsOn, "logs");
    const audit = spec.engine === "ActiveMQ";
    events.push(event(asked, "owner turned logs on", { pendingLogs: { general: true, audit } }));
    events.push(
      event(nextWindow(window, asked), "logs are on", { generalLogs: true, auditLogs: audit, pendingLogs: null }),
    );
  }
  if (spec.amvuOn !== undefined)
    events.push(event(at(spec.amvuOn, "amvu"), "owner allowed minor upgrades", { autoMinorVersionUpgrade: true }));
  if (spec.idleFrom !== undefined) events.push(event(at(spec.idleFrom, "idle"), "clients are gone", { loadFactor: 0 }));
  for (const [gb, day] of spec.storageSizes ?? []) {
    const asked = at(day, "storage");
    events.push(event(asked, `owner asked for ${gb} GB per node`, { pendingStorageSize: gb }));
    events.push(
      event(nextWindow(window, asked), `now ${gb} GB per node`, { storageSize: gb, pendingStorageSize: null }),
    );
  }
  const users: BrokerUser[] = [...(spec.users ?? defaultUsers(spec))];
  if (spec.userAdded) {
    const [username, day] = spec.userAdded;
    const asked = at(day, "user");
    events.push(
      event(asked, `user ${username} was added`, { users: [...users, { username, pendingChange: "CREATE" }] }),
    );
    events.push(event(nextWindow(window, asked), `user ${username} is there`, { users: [...users, { username }] }));
  }
  const revisions = meshRevisions(story, account, spec, key, createdAt, window, events);
  if (spec.reconfigured) {
    const [description, day, data] = spec.reconfigured;
    const revision = revisions.length + 2;
    const written = at(day, "reconfigured");
    const ref = { id: configurationIdOf(story.seed, account, spec.region, spec.name, spec.generation), revision };
    revisions.push({ revision, createdAt: written, description, data });
    events.push(event(written, `configuration revision ${revision}: ${description}`, { pendingConfiguration: ref }));
    events.push(
      event(nextWindow(window, written), `configuration revision ${revision} is in force`, {
        configuration: ref,
        configurationHistory: [{ id: ref.id, revision: 1 }],
        pendingConfiguration: null,
      }),
    );
  }
  if (spec.laterRevision) {
    const [description, day] = spec.laterRevision;
    const data = revisions.at(-1)?.data ?? defaultConfiguration(spec.engine);
    revisions.push({ revision: revisions.length + 2, createdAt: at(day, "later revision"), description, data });
  }

  if (spec.creationFails) events.push(event(createdAt + 1, "creation goes wrong", { state: "CREATION_FAILED" }));
  else {
    events.push(event(createdAt, "created", { state: "CREATION_IN_PROGRESS" }));
    events.push(event(createdAt + (spec.creatingDays ?? 20 / (24 * 60)) * dayMs, "ready", { state: normalState }));
  }
  if (deletedAt !== undefined) {
    events.push(
      event(deletedAt - (spec.deletingDays ?? 15 / (24 * 60)) * dayMs, "being deleted", {
        state: "DELETION_IN_PROGRESS",
      }),
    );
  }
  return buildBroker(story.seed, {
    account,
    region: spec.region,
    name: spec.name,
    generation: spec.generation,
    engine: spec.engine,
    mode: spec.mode,
    type: `mq.${spec.type}`,
    version: history.version,
    createdAt,
    deletedAt,
    storage: spec.storage,
    amvu: spec.amvu ?? true,
    generalLogs: logs !== "none",
    auditLogs: logs === "all",
    publiclyAccessible: spec.publiclyAccessible,
    tags: spec.tags,
    users,
    ldap: spec.ldap,
    ownKey: spec.ownKey,
    firstZone: spec.firstZone,
    window: spec.window,
    tellsLittle: spec.tellsLittle,
    load: { ...defaultLoad(key), ...spec.load },
    replication: spec.replication,
    events,
    revisions,
  });
}

function newestLine(spec: BrokerSpec, createdAt: number): string {
  const lines = creatableLines(spec.engine, createdAt).filter(
    (entry) => spec.type.startsWith("m7g") || !entry.line.startsWith("4."),
  );
  const newest = lines.at(-1);
  if (!newest) throw new Error(`${spec.name}: no ${spec.engine} line could be created then`);
  return newest.line;
}

function defaultUsers(spec: BrokerSpec): BrokerUser[] {
  if (spec.engine === "RabbitMQ") return [];
  // Who keeps audit logs has given names of their own to users, too.
  const operator = spec.logs === "all" ? `ops-${spec.name.split("-")[0]}` : "admin";
  return [
    { username: operator, consoleAccess: true, groups: ["admins"] },
    { username: `app-${spec.name.split("-")[0]}`, groups: ["apps"] },
    ...(spec.mesh ? [{ username: "mesh-link", groups: ["mesh"] }] : []),
  ];
}

/** Revisions with network connectors; each is pending until the next window, unless it is left pending. */
function meshRevisions(
  story: Story,
  account: string,
  spec: BrokerSpec,
  key: string,
  createdAt: number,
  window: ReturnType<typeof maintenanceWindowOf>,
  events: BrokerEvent[],
): ConfigurationRevision[] {
  const id = configurationIdOf(story.seed, account, spec.region, spec.name, spec.generation);
  const history: ConfigurationRef[] = [{ id, revision: 1 }];
  const revisions: ConfigurationRevision[] = [];
  for (const step of spec.mesh ?? []) {
    const revision = revisions.length + 2;
    const written = Math.max(instantOf(story, step.day, `${key}/mesh/${revision}`), createdAt + 60 * minuteMs);
    const ref = { id, revision };
    revisions.push({ revision, createdAt: written, description: step.note, data: meshConfiguration(step.connectors) });
    events.push(event(written, `configuration revision ${revision}: ${step.note}`, { pendingConfiguration: ref }));
    if (step.notApplied) continue;
    events.push(
      event(nextWindow(window, written), `configuration revision ${revision} is in force`, {
        configuration: ref,
        configurationHistory: [...history].reverse(),
        pendingConfiguration: null,
        networkConnections: step.connected,
      }),
    );
    history.push(ref);
  }
  return revisions;
}

/** A broker of the story as the other end of a network connector. */
export function peerOf(
  story: Story,
  account: string,
  spec: Pick<BrokerSpec, "name" | "region" | "type" | "created" | "mode">,
): Peer {
  return {
    id: brokerIdOf(story.seed, account, spec.region, spec.name),
    region: spec.region,
    createdAt: createdAtOf(story, account, spec),
    mode: spec.mode,
  };
}

/** Midnight of a calendar date in days relative to the anchor: for what real dates dictate. */
export function relativeDay(story: Story, date: string): Day {
  return Math.round((dayStart(date) - story.day) / dayMs);
}
