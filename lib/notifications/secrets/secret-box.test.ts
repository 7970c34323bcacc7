import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { open, SecretUnreadable, seal, signedId, signId } from "./secret-box";

const key = randomBytes(32);

describe("a sealed secret", () => {
  const sealed = seal(key, "channel:1:url", "https://hooks.example.com/T000/secret");

  it("opens in its place alone, and is another text each time", () => {
    expect(open(key, "channel:1:url", sealed)).toBe("https://hooks.example.com/T000/secret");
    expect(seal(key, "channel:1:url", "https://hooks.example.com/T000/secret")).not.toBe(sealed);
    expect(() => open(key, "channel:2:url", sealed)).toThrow(SecretUnreadable);
    expect(() => open(randomBytes(32), "channel:1:url", sealed)).toThrow(SecretUnreadable);
  });

  it.each([0, 1, 2, 3])("is refused when its part %i is changed", (part) => {
    const parts = sealed.split(".");
    const old = parts[part] ?? "";
    parts[part] = `${old.startsWith("A") ? "B" : "A"}${old.slice(1)}`;
    expect(() => open(key, "channel:1:url", parts.join("."))).toThrow(SecretUnreadable);
  });
});

describe("a signed link", () => {
  it("gives its id, and none once anything of it is changed", () => {
    const token = signId(key, "abc");
    expect(signedId(key, token)).toBe("abc");
    for (const wrong of [
      "",
      "abc",
      "abc.",
      `abd${token.slice(3)}`,
      `${token}x`,
      `${token}.x`,
      signId(randomBytes(32), "abc"),
    ])
      expect(signedId(key, wrong), wrong).toBeNull();
  });
});
