import { describe, expect, it } from "vitest";
import { canonicalJson } from "@/lib/domain/canonical-json";

describe("canonicalJson", () => {
  it("is the same whatever the order of keys, and keeps the order of lists", () => {
    expect(canonicalJson({ b: [2, 1], a: { d: null, c: new Date(0) } })).toBe(
      '{"a":{"c":"1970-01-01T00:00:00.000Z","d":null},"b":[2,1]}',
    );
    expect(canonicalJson({ x: undefined, y: 1 })).toBe(canonicalJson({ y: 1 }));
  });
});
