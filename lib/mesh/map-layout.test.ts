import { describe, expect, it } from "vitest";
import { type LayoutNode, layoutMap, NODE_HEIGHT, NODE_WIDTH } from "./map-layout";

const ZONES = ["use1-az1", "use1-az2", "use1-az1 and use1-az2"];

function fleet(count: number): LayoutNode[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `b-${index}`,
    network: `n-${index % 7}`,
    region: index % 31 === 0 ? null : (["us-east-1", "eu-west-1"][index % 2] ?? ""),
    account: `account ${index % 3}`,
    zone: ZONES[index % 5] ?? "Zone unknown",
    label: `broker-${index}`,
  }));
}
const NETWORKS = Array.from({ length: 7 }, (_, index) => ({ id: `n-${index}`, label: `Network ${index}` }));

describe("layoutMap", () => {
  const nodes = fleet(500);
  const layout = layoutMap(nodes, NETWORKS);

  it("places every node inside the drawing, none over another", () => {
    const placed = [...layout.positions.values()];
    expect(placed).toHaveLength(500);
    for (const { x, y } of placed) {
      expect(x - NODE_WIDTH / 2).toBeGreaterThanOrEqual(0);
      expect(y - NODE_HEIGHT / 2).toBeGreaterThanOrEqual(0);
      expect(x + NODE_WIDTH / 2).toBeLessThanOrEqual(layout.width);
      expect(y + NODE_HEIGHT / 2).toBeLessThanOrEqual(layout.height);
    }
    const overlapping = placed.filter((a, index) =>
      placed.some((b, other) => other > index && Math.abs(a.x - b.x) < NODE_WIDTH && Math.abs(a.y - b.y) < NODE_HEIGHT),
    );
    expect(overlapping).toEqual([]);
  });

  it("places every node inside the boxes of its network, region, account and zone, and in no other region", () => {
    for (const node of nodes) {
      const at = layout.positions.get(node.id) ?? { x: -1, y: -1 };
      const around = layout.boxes.filter(
        ({ x, y, width, height }) => at.x > x && at.x < x + width && at.y > y && at.y < y + height,
      );
      const labels = around.map(({ kind, label }) => `${kind} ${label}`).sort();
      const network = `network Network ${node.network.slice(2)}`;
      expect(labels).toEqual(
        (node.region === null
          ? [network, "outside Outside the inventory"]
          : [network, `region ${node.region}`, `account ${node.account}`, `zone ${node.zone}`]
        ).sort(),
      );
    }
  });

  it("gives equal coordinates for equal graphs, whatever the order of the nodes", () => {
    const again = layoutMap([...nodes].reverse(), NETWORKS);
    expect(new Map([...again.positions].sort())).toEqual(new Map([...layout.positions].sort()));
    expect(again.boxes).toEqual(layout.boxes);
  });

  it("puts networks of all shapes into rows that fill a screen", () => {
    const shapes = [2, 5, 2, 3, 2, 2];
    const small = shapes.flatMap((count, network) =>
      Array.from({ length: count }, (_, index) => ({
        id: `${network}-${index}`,
        network: `n-${network}`,
        region: network === 1 ? `region ${index}` : "us-east-1",
        account: "account",
        zone: `zone ${index}`,
        label: `broker-${index}`,
      })),
    );
    const { width, height } = layoutMap(small, NETWORKS);
    expect(width / height).toBeGreaterThan(1.5);
    expect(width / height).toBeLessThan(3);
  });

  it("is empty without networks", () => {
    expect(layoutMap([], [])).toMatchObject({ boxes: [], width: 0, height: 0 });
  });
});
