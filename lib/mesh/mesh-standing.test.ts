import { describe, expect, it } from "vitest";
import { type MeshStandingInput, meshStandings } from "./mesh-standing";
import { parseNetworkConnectors } from "./network-connectors";

function connectorTo(...brokerIds: string[]) {
  const uris = brokerIds.map((id) => `ssl://${id}-1.mq.eu-west-1.amazonaws.com:61617`).join(",");
  const parse = parseNetworkConnectors(
    `<broker xmlns="http://activemq.apache.org/schema/core"><networkConnectors><networkConnector name="n" uri="static:(${uris})" userName="mesh"/></networkConnectors></broker>`,
  );
  if (!parse.ok) throw new Error(parse.error.message);
  return parse.connectors;
}

const A = "b-aaaaaaaa-0000-4000-8000-000000000001";
const B = "b-bbbbbbbb-0000-4000-8000-000000000002";
const broker = (brokerId: string, overrides: Partial<MeshStandingInput> = {}): MeshStandingInput => ({
  key: brokerId,
  brokerId,
  connectors: [],
  production: true,
  zoneIds: ["euw1-az1", "euw1-az2"],
  connectorConnections: null,
  ...overrides,
});
const standing = (a: Partial<MeshStandingInput>, b: Partial<MeshStandingInput> = {}) =>
  meshStandings([broker(A, { connectors: connectorTo(B), connectorConnections: 1, ...a }), broker(B, b)]).get(A)
    ?.joined;

describe("mesh standing", () => {
  it("is joined when connected to a production broker over two zone ids, from either end", () => {
    expect(standing({})).toBe(true);
    const standings = meshStandings([broker(A, { connectors: connectorTo(B), connectorConnections: 1 }), broker(B)]);
    expect(standings.get(B)?.joined).toBe(true);
  });

  it("is not joined without connector, production peer, second zone or connection", () => {
    expect(standing({ connectors: [] })).toBe(false);
    expect(standing({}, { production: false })).toBe(false);
    expect(standing({ zoneIds: ["euw1-az1"] }, { zoneIds: ["euw1-az1"] })).toBe(false);
    expect(standing({ connectorConnections: 0 })).toBe(false);
  });

  it("is unknown where a configuration, the zones or the metric are not known", () => {
    expect(meshStandings([broker(A, { connectors: null })]).get(A)?.joined).toBeNull();
    expect(standing({ zoneIds: null }, { zoneIds: ["euw1-az1"] })).toBeNull();
    expect(standing({ connectorConnections: null })).toBeNull();
  });

  it("counts two zone ids as known although a peer's are not", () => {
    expect(standing({}, { zoneIds: null })).toBe(true);
  });
});
