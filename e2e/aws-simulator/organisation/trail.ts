import type { AttributePatch, Broker, BrokerEvent } from "./model";
import { hashText, uuidOf } from "./seeded";

/** A change of a broker that somebody asked for, as CloudTrail would record it. */
export interface TrailEvent {
  readonly id: string;
  readonly at: number;
  readonly name: string;
  readonly broker: Broker;
  readonly actor: { readonly arn: string; readonly username: string };
  readonly parameters: Readonly<Record<string, unknown>>;
}

const people = ["ines.moreau", "tariq.haddad", "wen.li", "olga.petrov"] as const;

/** Who looks after a broker in the story: a person through a role, or a pipeline. */
function actorOf(broker: Broker): TrailEvent["actor"] {
  const number = hashText(`actor/${broker.id}`);
  const session = number % 3 === 0 ? "terraform" : (people[number % people.length] ?? people[0]);
  const role = session === "terraform" ? "Deployment" : "Engineering";
  return { arn: `arn:aws:sts::${broker.account}:assumed-role/${role}/${session}`, username: session };
}

/** Wire names of what UpdateBroker was asked to change. */
function updateOf(patch: AttributePatch): Record<string, unknown> {
  return {
    ...(patch.pendingEngineVersion ? { engineVersion: patch.pendingEngineVersion } : {}),
    ...(patch.pendingHostInstanceType ? { hostInstanceType: patch.pendingHostInstanceType } : {}),
    ...(patch.pendingStorageSize ? { storageSize: patch.pendingStorageSize } : {}),
    ...(patch.pendingLogs ? { logs: patch.pendingLogs } : {}),
    ...(patch.pendingConfiguration ? { configuration: patch.pendingConfiguration } : {}),
    ...(patch.autoMinorVersionUpgrade === undefined ? {} : { autoMinorVersionUpgrade: patch.autoMinorVersionUpgrade }),
    ...(patch.securityGroups ? { securityGroups: patch.securityGroups } : {}),
  };
}

function ofEvent({
  note,
  patch,
}: BrokerEvent): readonly (readonly [name: string, parameters: Record<string, unknown>])[] {
  // What AWS did by itself is in nobody's name.
  if (note.startsWith("AWS ")) return [];
  if (patch.state === "REBOOT_IN_PROGRESS" && patch.engineVersion === undefined) return [["RebootBroker", {}]];
  const created = patch.users?.filter((user) => user.pendingChange === "CREATE") ?? [];
  const update = updateOf(patch);
  return [
    ...created.map(({ username, groups = [], consoleAccess = false }) => {
      // CloudTrail hides the password, and a reader that repeats it all the same repeats nothing.
      return ["CreateUser", { username, groups, consoleAccess, password: "HIDDEN_DUE_TO_SECURITY_REASONS" }] as const;
    }),
    ...(Object.keys(update).length > 0 ? [["UpdateBroker", update] as const] : []),
  ];
}

/** Everything people and programs did to a broker, oldest first. Pure. */
export function trailOf(broker: Broker): readonly TrailEvent[] {
  const actor = actorOf(broker);
  const entry = (at: number, name: string, parameters: Record<string, unknown>): TrailEvent => ({
    id: uuidOf(`trail/${broker.id}/${at}/${name}/${JSON.stringify(parameters)}`),
    at,
    name,
    broker,
    actor,
    parameters,
  });
  const { initial } = broker;
  return [
    entry(broker.createdAt, "CreateBroker", {
      brokerName: broker.name,
      deploymentMode: broker.deploymentMode,
      engineType: broker.engine,
      engineVersion: initial.engineVersion,
      hostInstanceType: initial.hostInstanceType,
      publiclyAccessible: broker.publiclyAccessible,
      users: initial.users.map(({ username }) => ({ username, password: "HIDDEN_DUE_TO_SECURITY_REASONS" })),
    }),
    ...[...broker.events, ...(broker.pins ?? [])].flatMap((event) =>
      ofEvent(event).map(([name, parameters]) => entry(event.at, name, { brokerId: broker.id, ...parameters })),
    ),
    ...(broker.deletedAt === undefined
      ? []
      : [entry(Math.max(broker.createdAt, broker.deletedAt - 15 * 60_000), "DeleteBroker", { brokerId: broker.id })]),
  ].sort((a, b) => a.at - b.at);
}
