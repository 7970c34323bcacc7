import { describe, expect, it } from "vitest";
import { buildMesh, componentOf, expectedConnectorConnections, type MeshBroker, meshPeers } from "./mesh-graph";
import { parseNetworkConnectors } from "./network-connectors";

const id = (letter: string) =>
  `b-${letter.repeat(8)}-${letter.repeat(4)}-${letter.repeat(4)}-${letter.repeat(4)}-${letter.repeat(12)}`;
const host = (letter: string, instance = 1) => `${id(letter)}-${instance}.mq.eu-west-1.amazonaws.com`;
const ssl = (letter: string, instance = 1) => `ssl://${host(letter, instance)}:61617`;

interface Link {
  name?: string;
  uri: string;
  duplex?: boolean;
}

/** A broker named by a letter, with connectors read from real configuration XML. */
function broker(letter: string, ...links: Link[]): MeshBroker {
  const lines = links.map(
    ({ name, uri, duplex }) =>
      `<networkConnector name="${name ?? uri.length}" duplex="${duplex ?? false}" userName="mesh" uri="${uri}"/>`,
  );
  const parsed = parseNetworkConnectors(`<broker><networkConnectors>${lines.join("")}</networkConnectors></broker>`);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return { key: letter, brokerId: id(letter), connectors: parsed.connectors };
}

const unread = (letter: string): MeshBroker => ({ key: letter, brokerId: id(letter), connectors: null });
const to = (letter: string, duplex = true): Link => ({ uri: `static:(${ssl(letter)})`, duplex });

describe("buildMesh", () => {
  it("draws the four brokers of the developer guide across two regions", () => {
    const mesh = buildMesh([
      broker("a", to("b"), to("c"), to("d")),
      broker("b", to("c")),
      broker("c"),
      broker("d", to("c"), to("b")),
    ]);
    expect(mesh.edges.map(({ from, to: target }) => `${from}${target}`)).toEqual(["ab", "ac", "ad", "bc", "dc", "db"]);
    expect(mesh.components).toEqual([{ brokers: ["a", "b", "c", "d"], articulationBrokers: [], incomplete: false }]);
    expect([mesh.standalone, mesh.unknown, mesh.oneWayPairs, mesh.externalPeers, mesh.uselessConnectors]).toEqual([
      [],
      [],
      [],
      [],
      [],
    ]);
    expect(meshPeers(mesh, "a")).toEqual(["b", "c", "d"]);
  });

  it("finds the broker that holds a star together", () => {
    const mesh = buildMesh([broker("h"), broker("a", to("h")), broker("b", to("h")), broker("c", to("h"))]);
    expect(componentOf(mesh, "a")?.articulationBrokers).toEqual(["h"]);
  });

  it("tells one-way pairs from duplex ones and from two one-way connectors", () => {
    const mesh = buildMesh([
      broker("a", to("b", false)),
      broker("b", to("c", false)),
      broker("c", to("b", false)),
      broker("d", to("a", true)),
    ]);
    expect(mesh.oneWayPairs).toEqual([{ from: "a", to: "b" }]);
  });

  it("takes both endpoints of an active/standby pair for one broker", () => {
    const mesh = buildMesh([
      broker("a", { uri: `masterslave:(${ssl("b", 1)},${ssl("b", 2)})`, duplex: true }),
      broker("b"),
    ]);
    expect(mesh.edges).toEqual([
      expect.objectContaining({ from: "a", to: "b", oneOfSeveral: false, userName: "mesh" }),
    ]);
  });

  it("marks a fail-over connector between several brokers as one of several", () => {
    const mesh = buildMesh([
      broker("a", { uri: `static:(failover:(${ssl("b")},${ssl("c")}))` }),
      broker("b"),
      broker("c"),
    ]);
    expect(mesh.edges.map((edge) => [edge.to, edge.oneOfSeveral])).toEqual([
      ["b", true],
      ["c", true],
    ]);
  });

  it("keeps external peers apart: drawn, not counted", () => {
    const mesh = buildMesh([
      broker("a", { name: "dc", uri: "static:(ssl://mq.example.com:61617)", duplex: true }),
      broker(
        "b",
        { name: "dc", uri: "static:(ssl://MQ.example.com:61617)" },
        { name: "other", uri: `masterslave:(${ssl("x", 1)},${ssl("x", 2)})` },
      ),
    ]);
    expect(mesh.components).toEqual([]);
    expect(mesh.standalone).toEqual(["a", "b"]);
    expect(mesh.externalPeers).toEqual([
      {
        host: host("x"),
        port: 61617,
        brokerId: id("x"),
        connectors: [{ from: "b", connector: "other", duplex: false }],
      },
      {
        host: "mq.example.com",
        port: 61617,
        brokerId: null,
        connectors: [
          { from: "a", connector: "dc", duplex: true },
          { from: "b", connector: "dc", duplex: false },
        ],
      },
    ]);
  });

  it("recognises a broker by the host names of its own endpoints", () => {
    const named: MeshBroker = { ...broker("b"), hosts: ["Orders.Internal.Example.com"] };
    const mesh = buildMesh([broker("a", { uri: "static:(ssl://orders.internal.example.com:61617)" }), named]);
    expect(mesh.edges).toMatchObject([{ from: "a", to: "b" }]);
  });

  it("calls a broker whose configuration was not read unknown, never standalone, and its mesh incomplete", () => {
    const mesh = buildMesh([broker("a", to("b")), unread("b"), unread("c"), broker("d")]);
    expect(mesh.components).toEqual([{ brokers: ["a", "b"], articulationBrokers: [], incomplete: true }]);
    expect(mesh.unknown).toEqual(["c"]);
    expect(mesh.standalone).toEqual(["d"]);
  });

  it("reports connectors that lead nowhere", () => {
    const mesh = buildMesh([broker("a", { name: "me", uri: `static:(${ssl("a")})` }, { name: "empty", uri: "" })]);
    expect(mesh.uselessConnectors).toEqual([
      { from: "a", connector: "me", reason: "own-broker" },
      { from: "a", connector: "empty", reason: "no-endpoint" },
    ]);
    expect(mesh.components).toEqual([]);
  });

  it("does not depend on the order of the brokers, and a name like orders-Broker-1 proves nothing", () => {
    const fleet = [
      broker("c", to("a")),
      broker("a"),
      broker("b", to("a", false)),
      { ...broker("e"), key: "orders-Broker-1" },
    ];
    expect(buildMesh(fleet)).toEqual(buildMesh([...fleet].reverse()));
    expect(buildMesh(fleet).standalone).toEqual(["orders-Broker-1"]);
  });
});

describe("expectedConnectorConnections", () => {
  it.each([
    [[], 0],
    [[to("b"), to("c")], 2],
    [[{ uri: `static:(${ssl("b")},${ssl("c")})` }], 2],
    [[{ uri: `masterslave:(${ssl("b", 1)},${ssl("b", 2)})` }, to("c")], 2],
    [[{ uri: `static:(${ssl("b", 1)},${ssl("b", 2)})` }], 1],
    [[{ uri: "" }], 0],
  ])("of %j is %i", (links, expected) => {
    expect(expectedConnectorConnections(broker("a", ...links).connectors ?? [])).toBe(expected);
  });
});
