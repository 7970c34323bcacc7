import { describe, expect, it } from "vitest";
import type { Tags } from "./environment";
import { DEFAULT_OWNER_SETTINGS, normalizeOwnerKey, resolveOwner } from "./owner-tag";

function resolve(tags: Tags | undefined, rest: { assignment?: string; accountDefault?: string } = {}) {
  return resolveOwner({
    tags,
    settings: DEFAULT_OWNER_SETTINGS,
    assignment: rest.assignment ?? null,
    accountDefault: rest.accountDefault ?? null,
  });
}

describe("resolveOwner", () => {
  it("prefers an assignment to a tag, a tag to the account's default, and says which it was", () => {
    const tags = { owner: "Payments" };
    expect(resolve(tags, { assignment: "Checkout", accountDefault: "Platform" })).toMatchObject({
      ownerKey: "checkout",
      source: "assignment",
      tagKey: null,
    });
    expect(resolve(tags, { accountDefault: "Platform" })).toMatchObject({
      ownerKey: "payments",
      source: "tag",
      tagKey: "owner",
    });
    expect(resolve({}, { accountDefault: "Platform" })).toMatchObject({
      ownerKey: "platform",
      source: "account-default",
      tagKey: null,
    });
    expect(resolve({})).toEqual({ ownerKey: null, display: null, source: "none", tagKey: null, placeholder: null });
    expect(resolve(undefined)).toMatchObject({ source: "none" });
  });

  it("takes the first key of the list, case ignored", () => {
    expect(resolve({ contact: "c@example.com", SQUAD: "Ravens", Team: "Payments" })).toMatchObject({
      ownerKey: "payments",
      tagKey: "Team",
    });
    expect(resolve({ contact: "c@example.com", "Service-Owner": "Ann" })).toMatchObject({
      ownerKey: "ann",
      tagKey: "Service-Owner",
    });
  });

  it.each(["tbd", "TBD", "none", "N/A", "n/a ", "Unknown", "-", "", "   "])(
    "counts %j as missing, reports it and goes on",
    (value) => {
      expect(resolve({ owner: value, team: "Payments" })).toMatchObject({
        ownerKey: "payments",
        tagKey: "team",
        placeholder: { key: "owner", value },
      });
      expect(resolve({ owner: value })).toMatchObject({
        ownerKey: null,
        source: "none",
        placeholder: { key: "owner", value },
      });
      expect(resolve({ owner: value }, { accountDefault: value, assignment: value })).toMatchObject({ source: "none" });
    },
  );

  it("prefers a spelling of the key that names somebody", () => {
    expect(resolve({ owner: "tbd", Owner: "Ann" })).toMatchObject({ ownerKey: "ann", tagKey: "Owner" });
    expect(resolve({ Owner: "Ann", owner: "Bob" })).toMatchObject({ ownerKey: "bob", tagKey: "owner" });
  });

  it("keeps the name as written for display, and joins spellings by key", () => {
    expect(resolve({ owner: "  Team   Payments " })).toMatchObject({
      display: "Team   Payments",
      ownerKey: "team payments",
    });
    expect(normalizeOwnerKey("ＴＥＡＭ payments")).toBe("team payments");
    expect(normalizeOwnerKey("Ann@Example.com")).toBe("ann@example.com");
    expect(normalizeOwnerKey("payments-team")).not.toBe(normalizeOwnerKey("payments team"));
  });

  it("keeps a key to 256 characters, also where unifying makes eighteen of one", () => {
    expect([...normalizeOwnerKey("\ufdfa".repeat(256))].length).toBeLessThanOrEqual(256);
    expect(normalizeOwnerKey("\u{1F989}".repeat(300))).toBe("\u{1F989}".repeat(256));
  });

  it("takes markup, emoji and formulas as plain names", () => {
    expect(resolve({ owner: "=cmd|'/c calc'!A1" })).toMatchObject({ display: "=cmd|'/c calc'!A1" });
    expect(resolve({ owner: "<b>🦉</b>" })).toMatchObject({ ownerKey: "<b>🦉</b>" });
  });

  it("uses the placeholders of the settings alone", () => {
    const settings = { ownerKeys: ["owner"], placeholders: ["Legacy"] };
    expect(resolveOwner({ assignment: null, tags: { owner: "LEGACY" }, settings, accountDefault: null })).toMatchObject(
      { source: "none" },
    );
    expect(resolveOwner({ assignment: null, tags: { owner: "tbd" }, settings, accountDefault: null })).toMatchObject({
      ownerKey: "tbd",
    });
  });
});
