import { describe, expect, it } from "vitest";
import { toJsonb } from "@/lib/db/to-jsonb";

describe("toJsonb", () => {
  it("replaces NUL and unpaired surrogates by U+FFFD", () => {
    expect(JSON.parse(toJsonb({ a: "x\u0000y", b: "\ud800", c: "\udfff!" }))).toEqual({
      a: "x\ufffdy",
      b: "\ufffd",
      c: "\ufffd!",
    });
  });

  it("leaves text alone that only looks like an escape", () => {
    const value = { a: "\\u0000", b: "\\\\ud800", c: "emoji 🐰", d: "tab\t\u0001" };
    expect(JSON.parse(toJsonb(value))).toEqual(value);
  });

  it("replaces a NUL that follows a backslash", () => {
    expect(JSON.parse(toJsonb("\\\u0000"))).toBe("\\\ufffd");
  });
});
