import { z } from "zod";
import type { FleetIndex } from "./fleet-index";
import type { AttributePatch, Broker } from "./organisation/model";
import { uuidOf } from "./organisation/seeded";

const configurationRef = z.strictObject({ id: z.string(), revision: z.int().positive() });
const logs = z.strictObject({ general: z.boolean(), audit: z.boolean() });
const user = z.strictObject({
  username: z.string(),
  pendingChange: z.enum(["CREATE", "UPDATE", "DELETE"]).optional(),
  consoleAccess: z.boolean().optional(),
  groups: z.array(z.string()).optional(),
  replicationUser: z.boolean().optional(),
});

/** Attributes as in `BrokerAttributes`; null takes an optional one away. */
const patchSchema = z
  .strictObject({
    state: z.string(),
    engineVersion: z.string(),
    hostInstanceType: z.string(),
    autoMinorVersionUpgrade: z.boolean(),
    authenticationStrategy: z.string(),
    tags: z.record(z.string(), z.string()),
    generalLogs: z.boolean(),
    auditLogs: z.boolean(),
    actionsRequired: z.array(z.strictObject({ code: z.string(), info: z.string() })),
    users: z.array(user),
    securityGroups: z.array(z.string()),
    maintenanceWindow: z.strictObject({ dayOfWeek: z.string(), timeOfDay: z.string(), timeZone: z.string() }),
    billed: z.boolean(),
    loadFactor: z.number().nonnegative(),
    networkConnections: z.int().nonnegative().nullable(),
    configuration: configurationRef.nullable(),
    configurationHistory: z.array(configurationRef).nullable(),
    pendingConfiguration: configurationRef.nullable(),
    pendingLogs: logs.nullable(),
    pendingEngineVersion: z.string().nullable(),
    pendingHostInstanceType: z.string().nullable(),
    pendingStorageSize: z.int().nullable(),
    pendingSecurityGroups: z.array(z.string()).nullable(),
    pendingAuthenticationStrategy: z.string().nullable(),
    storageSize: z.int().nullable(),
  })
  .partial();

/** A broker by id, ARN or name (the first of that name, by ARN). */
const target = z.string();

export const mutationSchema = z.union([
  /** Changes attributes from now on; `tags` replaces all tags. */
  z.strictObject({ broker: target, set: patchSchema }),
  /** Merges tags; null removes one. */
  z.strictObject({ broker: target, tags: z.record(z.string(), z.string().nullable()) }),
  /** Deletes: listed no more, not-found when described. */
  z.strictObject({ broker: target, delete: z.literal(true) }),
  /** Adds a copy of a broker under another name, with changes. */
  z.strictObject({
    add: z.strictObject({
      like: target,
      name: z.string(),
      account: z.string().optional(),
      region: z.string().optional(),
      set: patchSchema.optional(),
    }),
  }),
  /** Appends a configuration revision to the broker's configuration and applies it, leaves it pending, or only writes it. */
  z.strictObject({
    broker: target,
    configuration: z.strictObject({
      data: z.string(),
      description: z.string().optional(),
      pending: z.boolean().optional(),
      onlyWritten: z.boolean().optional(),
    }),
  }),
  /** Deletes a configuration by its id; AWS refuses it while a broker uses it, this does not. */
  z.strictObject({ deleteConfiguration: z.string() }),
  /** Takes all mutations back. */
  z.strictObject({ reset: z.literal(true) }),
]);

export type Mutation = z.infer<typeof mutationSchema>;

function resolve(fleet: FleetIndex, name: string, now: number): Broker {
  const broker =
    fleet.byBrokerId(name.split(":").at(-1) ?? name) ??
    fleet.state(now).find((entry) => entry.broker.name === name)?.broker;
  if (!broker) throw new Error(`no broker ${name} at ${new Date(now).toISOString()}`);
  return broker;
}

/** Changes the organisation from `now` on. @throws Error when the broker does not exist. */
export function mutate(
  fleet: FleetIndex,
  mutation: Mutation,
  now: number,
): { brokerId?: string; arn?: string; configurationId?: string } {
  if ("reset" in mutation) {
    fleet.reset();
    return {};
  }
  if ("deleteConfiguration" in mutation) {
    fleet.dropConfiguration(mutation.deleteConfiguration);
    return { configurationId: mutation.deleteConfiguration };
  }
  if ("add" in mutation) {
    const { like, name, set } = mutation.add;
    const model = resolve(fleet, like, now);
    const account = mutation.add.account ?? model.account;
    const region = mutation.add.region ?? model.region;
    const id = `b-${uuidOf(`${account}/${region}/${name}/${now}`)}`;
    const arn = `arn:aws:mq:${region}:${account}:broker:${name}:${id}`;
    fleet.put({
      ...model,
      account,
      region,
      name,
      id,
      arn,
      createdAt: now,
      deletedAt: undefined,
      replication: undefined,
      events: [],
      pins: [],
      initial: attributesNow(fleet, model, now),
    });
    const added = fleet.byBrokerId(id);
    if (added && set) fleet.pin(added, { at: now, note: "set by a test", patch: set });
    return { brokerId: id, arn };
  }
  const broker = resolve(fleet, mutation.broker, now);
  const pin = (patch: AttributePatch) => fleet.pin(broker, { at: now, note: "set by a test", patch });
  if ("set" in mutation) pin(mutation.set);
  if ("delete" in mutation) fleet.put({ ...broker, deletedAt: now });
  if ("tags" in mutation) {
    const tags: Record<string, string> = { ...attributesNow(fleet, broker, now).tags };
    for (const [key, value] of Object.entries(mutation.tags)) {
      if (value === null) delete tags[key];
      else tags[key] = value;
    }
    pin({ tags });
  }
  if ("configuration" in mutation) {
    const current = attributesNow(fleet, broker, now).configuration;
    const configuration = current && fleet.configuration(current.id);
    if (!current || !configuration) throw new Error(`broker ${broker.name} has no configuration`);
    const revision = (configuration.revisions.at(-1)?.revision ?? 0) + 1;
    const { data, description, pending, onlyWritten } = mutation.configuration;
    fleet.putConfiguration({
      ...configuration,
      revisions: [
        ...configuration.revisions,
        { revision, createdAt: now, description: description ?? "Changed by a test", data },
      ],
    });
    const ref = { id: configuration.id, revision };
    if (!onlyWritten) pin(pending ? { pendingConfiguration: ref } : { configuration: ref, pendingConfiguration: null });
    return { brokerId: broker.id, arn: broker.arn, configurationId: configuration.id };
  }
  return { brokerId: broker.id, arn: broker.arn };
}

function attributesNow(fleet: FleetIndex, broker: Broker, now: number): Broker["initial"] {
  return fleet.state(now).find((entry) => entry.broker.id === broker.id)?.attributes ?? broker.initial;
}
