import fc from "fast-check";
import { expect, it } from "vitest";
import { stableHash, stableStringify } from "@/lib/rules/stable-hash";

it("gives equal text for equal values whatever the order of their keys", () => {
  expect(stableStringify({ b: 1, a: [true, null, "x"], c: undefined })).toBe('{"a":[true,null,"x"],"b":1}');
  expect(stableHash({ b: 1, a: 2 })).toBe(stableHash({ a: 2, b: 1 }));
});

it("keeps apart what only looks alike", () => {
  const values = [
    null,
    "null",
    "",
    0,
    "0",
    false,
    [],
    {},
    [null],
    [[]],
    { a: null },
    "a",
    "aa",
    "a\u0000",
    "\u00e1",
    "a\u0301",
  ];
  expect(new Set(values.map(stableHash)).size).toBe(values.length);
});

it("reads back as the same value", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(stableStringify(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    { seed: 20261121 },
  );
});

it("meets no collision among a hundred thousand near values", () => {
  const hashes = new Set<string>();
  for (let index = 0; index < 100_000; index += 1) hashes.add(stableHash({ engineVersion: `3.13.${index}` }));
  expect(hashes.size).toBe(100_000);
});

it("is the same in every process and version: stored fingerprints stay comparable", () => {
  expect(stableHash({ engineVersion: "5.18.4" })).toBe("c92373c71adf048ca204158a04fede44");
});
