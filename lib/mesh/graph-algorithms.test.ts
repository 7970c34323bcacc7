import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adjacencyOf, articulationPoints, connectedComponents } from "./graph-algorithms";

const letters = (text: string) => text.split("");
const graph = (nodes: string, ...pairs: string[]) =>
  adjacencyOf(
    letters(nodes),
    pairs.map((pair) => [pair[0] ?? "", pair[1] ?? ""] as const),
  );

describe("connectedComponents", () => {
  it.each([
    ["", [], []],
    ["a", [], [["a"]]],
    [
      "abcde",
      ["ab", "bc", "de"],
      [
        ["a", "b", "c"],
        ["d", "e"],
      ],
    ],
    ["cba", ["aa", "ax"], [["a"], ["b"], ["c"]]],
  ])("of %s with %j", (nodes, pairs, expected) => {
    expect(connectedComponents(graph(nodes, ...pairs))).toEqual(expected);
  });
});

describe("articulationPoints", () => {
  it.each([
    ["ab", ["ab"], ""],
    ["abc", ["ab", "bc"], "b"],
    ["abc", ["ab", "bc", "ca"], ""],
    ["abcde", ["ab", "ac", "ad", "ae"], "a"],
    ["abcdef", ["ab", "bc", "ca", "cd", "de", "ef", "fd"], "cd"],
    ["abcd", ["ab", "ab", "ba", "cd"], ""],
    ["abcdxyz", ["ab", "bc", "cd", "xy", "yz"], "bcy"],
  ])("of %s with %j are %s", (nodes, pairs, expected) => {
    expect(articulationPoints(graph(nodes, ...pairs))).toEqual(letters(expected));
  });

  it("are exactly the nodes whose removal leaves more components", () => {
    const anyGraph = fc.array(fc.tuple(fc.nat(8), fc.nat(8)), { maxLength: 16 });
    fc.assert(
      fc.property(anyGraph, (edges) => {
        const nodes = letters("012345678");
        const pairs = edges.map(([a, b]) => [String(a), String(b)] as const);
        const count = (kept: string[]) => connectedComponents(adjacencyOf(kept, pairs)).length;
        const all = count(nodes);
        const isolated = (node: string) => !pairs.some(([a, b]) => a !== b && (a === node || b === node));
        const expected = nodes.filter(
          (node) => !isolated(node) && count(nodes.filter((other) => other !== node)) > all,
        );
        expect(articulationPoints(adjacencyOf(nodes, pairs))).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it("survive a chain of ten thousand", () => {
    const nodes = Array.from({ length: 10_000 }, (_, index) => String(index));
    const chain = adjacencyOf(
      nodes,
      nodes.slice(1).map((node, index) => [String(index), node] as const),
    );
    expect(articulationPoints(chain)).toHaveLength(9_998);
  });
});
