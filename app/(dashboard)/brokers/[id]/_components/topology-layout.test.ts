import { describe, expect, it } from "vitest";
import { type TopologyConnector, topologyLayout } from "./topology-layout";

const connector = (peer: string, direction: TopologyConnector["direction"]): TopologyConnector => ({
  direction,
  peerBrokerId: peer,
  peerName: peer,
  peerHost: `${peer}.example`,
  external: false,
});
const size = { nodeWidth: 100, nodeHeight: 30 };

describe("topologyLayout", () => {
  it("draws one line per peer, duplex where both directions exist", () => {
    const { peers } = topologyLayout(
      [connector("a", "outgoing"), connector("a", "incoming"), connector("b", "outgoing")],
      size,
    );
    expect(peers.map(({ key, direction }) => [key, direction])).toEqual([
      ["a", "duplex"],
      ["b", "outgoing"],
    ]);
  });

  it("keeps nodes apart and inside the picture for any number of peers", () => {
    const many = Array.from({ length: 15 }, (_, index) => connector(`p${index}`, "duplex"));
    const { peers, width, height, center } = topologyLayout(many, size);
    const nodes = [...peers, center];
    for (const [index, a] of nodes.entries()) {
      expect(a.x - 50 >= 0 && a.x + 50 <= width && a.y - 15 >= 0 && a.y + 15 <= height).toBe(true);
      for (const b of nodes.slice(index + 1))
        expect(Math.abs(a.x - b.x) >= 100 || Math.abs(a.y - b.y) >= 30).toBe(true);
    }
  });

  it("has room for a broker without peers", () => {
    expect(topologyLayout([], size)).toMatchObject({ peers: [], center: { y: 35 } });
  });
});
