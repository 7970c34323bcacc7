import { describe, expect, it } from "vitest";
import { type DrawnConnector, mapLines, NODE_HEIGHT, NODE_WIDTH } from "./map-lines";

const connector = (from: string, to: string, over: Partial<DrawnConnector> = {}): DrawnConnector => ({
  id: `${from}>${to}`,
  from,
  to,
  duplex: false,
  external: false,
  revision: "current",
  defects: [],
  ...over,
});
const POSITIONS = new Map([
  ["a", { x: 0, y: 0 }],
  ["b", { x: 1000, y: 0 }],
  ["c", { x: 0, y: 100 }],
]);

describe("mapLines", () => {
  it.each([
    ["one way", [connector("a", "b")], true, false],
    ["one way, the other", [connector("b", "a")], false, true],
    ["duplex", [connector("b", "a", { duplex: true })], true, true],
    ["two connectors", [connector("a", "b"), connector("b", "a")], true, true],
    [
      "a waiting one beside one in force",
      [connector("a", "b"), connector("b", "a", { revision: "pending" })],
      true,
      false,
    ],
  ])("draws %s as one line with its arrows", (_, connectors, forth, back) => {
    const lines = mapLines(connectors, POSITIONS);
    expect(lines).toMatchObject([{ ends: ["a", "b"], forth, back, pending: false }]);
    expect(lines[0]?.arrows.match(/Z/g)?.length).toBe(Number(forth) + Number(back));
    expect(lines[0]?.connectors).toHaveLength(connectors.length);
  });

  it("begins and ends at the borders of the nodes", () => {
    const [line] = mapLines([connector("a", "c")], POSITIONS);
    expect(line?.path).toBe(`M0 ${NODE_HEIGHT / 2 + 3}Q0 50 0 ${100 - NODE_HEIGHT / 2 - 3}`);
    const [long] = mapLines([connector("a", "b")], POSITIONS);
    expect(Number(/^M(\S+)/.exec(long?.path ?? "")?.[1])).toBeCloseTo(NODE_WIDTH / 2 + 3, 0);
  });

  it("marks what is defective, waits or leads outside, and leaves out what has no place", () => {
    const lines = mapLines(
      [
        connector("a", "b", { defects: ["one-way"] }),
        connector("a", "c", { revision: "pending", external: true }),
        connector("a", "nowhere"),
      ],
      POSITIONS,
    );
    expect(lines.map(({ defective, pending, external }) => [defective, pending, external])).toEqual([
      [true, false, false],
      [false, true, true],
    ]);
  });
});
