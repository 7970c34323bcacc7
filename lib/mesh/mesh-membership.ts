import { buildMesh, type MeshBroker } from "./mesh-graph";

/**
 * Whether each broker is in a network of brokers, by key: joined to another known broker, or with a connector to anywhere (an on-premises peer counts).
 * Null: its configuration was not read and nobody is known to connect to it.
 */
export function meshMembership(brokers: readonly MeshBroker[]): ReadonlyMap<string, boolean | null> {
  const joined = new Set(buildMesh(brokers).components.flatMap((component) => component.brokers));
  return new Map(
    brokers.map(({ key, connectors }) => [
      key,
      joined.has(key) || (connectors !== null && connectors.length > 0) ? true : connectors === null ? null : false,
    ]),
  );
}
