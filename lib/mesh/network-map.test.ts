import { describe, expect, it } from "vitest";
import type { MeshBrokerFacts } from "./mesh-checks";
import type { NetworkConnector } from "./network-connectors";
import { buildNetworkMap, type MapBroker } from "./network-map";

const connectorTo = (to: string, over: Partial<NetworkConnector> = {}): NetworkConnector => ({
  name: `to-${to}`,
  duplex: true,
  userName: "link",
  hasPassword: false,
  transport: "static",
  unreadable: [],
  oneOf: false,
  endpoints: [
    {
      host: `${to}.example`,
      port: 61617,
      scheme: "ssl",
      instance: null,
      region: null,
      brokerId: to.startsWith("b-") ? to : null,
    },
  ],
  ...over,
});

const broker = (id: string, over: Partial<MapBroker> = {}, facts: MeshBrokerFacts = {}): MapBroker => {
  const connectors = over.connectors === undefined ? [] : over.connectors;
  return {
    key: `arn:${id}`,
    brokerId: id,
    pendingConnectors: null,
    ...over,
    connectors,
    facts: { userNames: ["link"], connectors, connectorConnections: connectors?.length ? 1 : 0, ...facts },
  };
};

describe("buildNetworkMap", () => {
  it("joins brokers by the connectors in force and judges each connector", () => {
    const { networks, standalone } = buildNetworkMap([
      broker("b-2"),
      broker("b-1", { connectors: [connectorTo("b-2")] }),
      broker("b-3"),
    ]);
    expect(networks).toHaveLength(1);
    expect(networks[0]).toMatchObject({ id: "b-1", kind: "network", brokers: ["arn:b-1", "arn:b-2"] });
    expect(networks[0]?.connectors).toMatchObject([
      {
        from: "arn:b-1",
        to: "arn:b-2",
        duplex: true,
        user: "known",
        connected: "connected",
        revision: "current",
        defects: [],
      },
    ]);
    expect(standalone).toEqual(["arn:b-3"]);
  });

  it.each([
    ["a user that one end lacks", { facts: { userNames: ["other"] } }, "missing", "connected", ["user-missing"]],
    ["users that were never told", { facts: { userNames: null } }, "unknown", "connected", []],
    [
      "no connection in the last day",
      { facts: { connectorConnections: 0 } },
      "known",
      "not-connected",
      ["not-connected"],
    ],
    ["no metric", { facts: { connectorConnections: null } }, "known", "no-metric", []],
    ["one way", { connector: { duplex: false } }, "known", "connected", ["one-way"]],
    ["no user named", { connector: { userName: null } }, "none-named", "connected", ["no-user"]],
  ] as const)(
    "marks a connector with %s",
    (_, {
      facts,
      connector,
    }: { facts?: MeshBrokerFacts; connector?: Partial<NetworkConnector> }, user, connected, defects) => {
      const { networks } = buildNetworkMap([
        broker("b-1", { connectors: [connectorTo("b-2", connector)] }, facts),
        broker("b-2"),
      ]);
      expect(networks[0]?.connectors).toMatchObject([{ user, connected, defects }]);
    },
  );

  it("does not say which of two connectors is down when the metric counts one", () => {
    const { networks } = buildNetworkMap([
      broker("b-1", { connectors: [connectorTo("b-2"), connectorTo("b-3")] }),
      broker("b-2"),
      broker("b-3"),
    ]);
    expect(networks[0]?.connectors.map(({ connected }) => connected)).toEqual(["some", "some"]);
  });

  it("draws external peers with the brokers that name them, but counts no network", () => {
    const { networks, standalone } = buildNetworkMap([
      broker("b-1", { connectors: [connectorTo("dc1")] }),
      broker("b-2", { connectors: [connectorTo("dc1")] }),
    ]);
    expect(networks.map(({ kind, id, externalPeers, checks }) => [kind, id, externalPeers.length, checks])).toEqual([
      ["outside-only", "b-1", 1, []],
      ["outside-only", "b-2", 1, []],
    ]);
    expect(networks[0]?.connectors[0]).toMatchObject({
      external: true,
      to: "dc1.example:61617",
      user: "not-visible",
      userName: "link",
    });
    expect(standalone).toEqual([]);
  });

  it("tells connectors that a waiting revision adds or takes away from those in force", () => {
    const { networks } = buildNetworkMap([
      broker("b-1", { connectors: [connectorTo("b-2")], pendingConnectors: [connectorTo("b-3")] }),
      broker("b-2"),
      broker("b-3"),
    ]);
    expect(networks).toHaveLength(1);
    expect(networks[0]?.connectors.map(({ to, revision, connected }) => [to, revision, connected])).toEqual([
      ["arn:b-2", "ending", "connected"],
      ["arn:b-3", "pending", "not-applied"],
    ]);
    // Checks are about what is in force.
    expect(networks[0]?.checks.flatMap(({ brokers }) => brokers)).not.toContain("arn:b-3");
  });

  it("calls brokers that only a waiting revision joins no network yet", () => {
    const { networks } = buildNetworkMap([broker("b-1", { pendingConnectors: [connectorTo("b-2")] }), broker("b-2")]);
    expect(networks).toMatchObject([{ kind: "pending-only", checks: [] }]);
  });

  it("leaves a broker whose configuration was not read unknown, and puts the worst network first", () => {
    const zones = (zone: string): MeshBrokerFacts => ({ zoneIds: [zone] });
    const { networks, unknown } = buildNetworkMap([
      broker("b-1", { connectors: [connectorTo("b-2")] }, zones("use1-az1")),
      broker("b-2", {}, zones("use1-az2")),
      broker("b-3", { connectors: [connectorTo("b-4", { duplex: false })] }, zones("use1-az1")),
      broker("b-4", {}, zones("use1-az1")),
      broker("b-5", { connectors: null }),
    ]);
    expect(networks.map(({ id }) => id)).toEqual(["b-3", "b-1"]);
    expect(unknown).toEqual(["arn:b-5"]);
  });

  it("gives the same map whatever the order of the brokers", () => {
    const fleet = [
      broker("b-1", { connectors: [connectorTo("b-2"), connectorTo("dc1")] }),
      broker("b-2", { connectors: [connectorTo("b-3")] }),
      broker("b-3"),
      broker("b-9", { connectors: [connectorTo("b-8")] }),
      broker("b-8"),
    ];
    expect(buildNetworkMap([...fleet].reverse())).toEqual(buildNetworkMap(fleet));
  });
});
