import { describe, expect, it } from "vitest";
import { parseConnectorUri } from "./endpoint-uri";
import { checkMesh, type MeshBrokerFacts, type MeshCheckId } from "./mesh-checks";
import { buildMesh, type MeshBroker } from "./mesh-graph";
import type { NetworkConnector } from "./network-connectors";

const id = (letter: string) =>
  `b-${letter.repeat(8)}-${letter.repeat(4)}-${letter.repeat(4)}-${letter.repeat(4)}-${letter.repeat(12)}`;

function connector(to: string, duplex = true, userName: string | null = "mesh"): NetworkConnector {
  return {
    name: to,
    duplex,
    userName,
    hasPassword: false,
    ...parseConnectorUri(`static:(ssl://${id(to)}-1.mq.us-east-1.amazonaws.com:61617)`),
  };
}

const broker = (key: string, ...connectors: NetworkConnector[]): MeshBroker => ({ key, brokerId: id(key), connectors });

const good: MeshBrokerFacts = {
  engineVersion: "5.18.4",
  userNames: ["mesh", "app"],
  configurationPending: false,
  load: { peak: 1, capacity: 4 },
};

/** Outcome and brokers of one check over the given brokers; facts of a triangle that passes everything unless overridden. */
function check(checkId: MeshCheckId, brokers: MeshBroker[], overrides: Record<string, MeshBrokerFacts> = {}) {
  const mesh = buildMesh(brokers);
  const facts = new Map(
    brokers.map(({ key, connectors }, index) => [
      key,
      {
        ...good,
        zoneIds: [`use1-az${index + 1}`],
        maintenanceWindow: `MONDAY 0${index}:00 UTC`,
        connectors,
        connectorConnections: connectors?.length ?? null,
        ...overrides[key],
      },
    ]),
  );
  const [component] = mesh.components;
  if (!component) throw new Error("no mesh");
  const found = checkMesh(mesh, component, facts).find((result) => result.id === checkId);
  return found && [found.outcome, found.brokers.join("")];
}

const triangle = [broker("a", connector("b"), connector("c")), broker("b", connector("c")), broker("c")];
const chain = [broker("a", connector("b")), broker("b", connector("c")), broker("c")];

describe("checkMesh", () => {
  it("passes a triangle of two-way connectors in three zones, every check once", () => {
    const ids = [
      "no-articulation-broker",
      "both-ways",
      "several-zones",
      "several-maintenance-windows",
      "one-engine-version",
    ] as const;
    const more = [
      "connector-users-exist",
      "connectors-connected",
      "no-pending-configuration",
      "survives-largest-loss",
    ] as const;
    for (const checkId of [...ids, ...more]) expect(check(checkId, triangle), checkId).toEqual(["pass", ""]);
  });

  it("is unknown, not passed, for brokers without facts", () => {
    const mesh = buildMesh(triangle);
    const [component] = mesh.components;
    if (!component) throw new Error("no mesh");
    const outcomes = checkMesh(mesh, component, new Map()).map((result) => `${result.id} ${result.outcome}`);
    expect(outcomes).toEqual([
      "no-articulation-broker pass",
      "both-ways pass",
      "several-zones unknown",
      "several-maintenance-windows unknown",
      "one-engine-version unknown",
      "connector-users-exist unknown",
      "connectors-connected unknown",
      "no-pending-configuration unknown",
      "survives-largest-loss unknown",
    ]);
  });

  it.each([
    ["no-articulation-broker", "a chain", chain, {}, ["fail", "b"]],
    [
      "no-articulation-broker",
      "a chain with an unread end",
      [chain[0], chain[1], { ...broker("c"), connectors: null }],
      {},
      ["unknown", "b"],
    ],
    ["both-ways", "a one-way connector", [broker("a", connector("b", false)), broker("b")], {}, ["fail", "ab"]],
    [
      "several-zones",
      "one zone for all",
      triangle,
      { a: { zoneIds: ["use1-az1"] }, b: { zoneIds: ["use1-az1"] }, c: { zoneIds: ["use1-az1"] } },
      ["fail", "abc"],
    ],
    [
      "several-zones",
      "one zone, one unknown",
      triangle,
      { a: { zoneIds: ["use1-az1"] }, c: { zoneIds: null } },
      ["pass", ""],
    ],
    [
      "several-zones",
      "one known zone, the rest unknown",
      triangle,
      { b: { zoneIds: null }, c: { zoneIds: [] } },
      ["unknown", "bc"],
    ],
    [
      "several-maintenance-windows",
      "two in one window",
      triangle,
      { c: { maintenanceWindow: "MONDAY 00:00 UTC" } },
      ["fail", "ac"],
    ],
    ["several-maintenance-windows", "one unknown", triangle, { c: { maintenanceWindow: null } }, ["unknown", "c"]],
    ["one-engine-version", "two versions", triangle, { c: { engineVersion: "5.17.6" } }, ["fail", "abc"]],
    ["one-engine-version", "one unknown", triangle, { c: { engineVersion: null } }, ["unknown", "c"]],
    ["connector-users-exist", "user missing on the far side", triangle, { c: { userNames: ["app"] } }, ["fail", "c"]],
    ["connector-users-exist", "users not observed", triangle, { b: { userNames: null } }, ["unknown", "b"]],
    [
      "connector-users-exist",
      "no user at all",
      [broker("a", connector("b", true, null)), broker("b")],
      {},
      ["fail", "a"],
    ],
    ["connectors-connected", "one connector down", triangle, { a: { connectorConnections: 1 } }, ["fail", "a"]],
    ["connectors-connected", "no metric", triangle, { a: { connectorConnections: null } }, ["unknown", "a"]],
    [
      "connectors-connected",
      "more connections than connectors",
      triangle,
      { a: { connectorConnections: 5 } },
      ["pass", ""],
    ],
    ["no-pending-configuration", "a revision waits", triangle, { b: { configurationPending: true } }, ["fail", "b"]],
    ["no-pending-configuration", "not observed", triangle, { b: { configurationPending: null } }, ["unknown", "b"]],
    ["survives-largest-loss", "one too large", triangle, { a: { load: { peak: 9, capacity: 16 } } }, ["fail", "a"]],
    [
      "survives-largest-loss",
      "all nearly full",
      triangle,
      {
        a: { load: { peak: 4, capacity: 4 } },
        b: { load: { peak: 3, capacity: 4 } },
        c: { load: { peak: 3, capacity: 4 } },
      },
      ["fail", "abc"],
    ],
    ["survives-largest-loss", "load unknown", triangle, { c: { load: null } }, ["unknown", "c"]],
  ] as [MeshCheckId, string, MeshBroker[], Record<string, MeshBrokerFacts>, string[]][])(
    "%s: %s",
    (checkId, _, brokers, overrides, expected) => {
      expect(check(checkId, brokers, overrides)).toEqual(expected);
    },
  );
});
