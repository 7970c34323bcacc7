import { describe, expect, it } from "vitest";
import { DEFAULT_OWNER_SETTINGS, ownerTagsOf, tagValueOf } from "@/lib/domain/owner-tag";
import { ownershipKind } from "@/lib/domain/ownership";

describe("ownershipKind", () => {
  const tag = { assigned: false, source: "tag", named: ["payments"] } as const;
  it.each([
    ["tags that agree", tag, null],
    ["tags that agree in two keys", { ...tag, named: ["payments", "payments"] }, null],
    ["tags that name two owners", { ...tag, named: ["payments", "sre"] }, "ambiguous"],
    ["a placeholder beside a name", { ...tag, named: ["payments", null] }, null],
    ["placeholders alone", { ...tag, source: "none", named: [null] }, "none"],
    ["the account's default", { ...tag, source: "account-default", named: [] }, "account-default"],
    ["an assignment over tags that disagree", { assigned: true, source: "assignment", named: ["a", "b"] }, "assigned"],
    // Its owner may be gone from the settings' view; it stays to be taken back.
    ["an assignment that does not count", { assigned: true, source: "none", named: [] }, "assigned"],
  ] as const)("of %s", (_, input, expected) => expect(ownershipKind(input)).toBe(expected));
});

describe("ownerTagsOf", () => {
  it("lists owner tags by trust, whatever their case, and says which name nobody", () => {
    const tags = { contact: "ops", Team: "TBD", OWNER: "Payments", env: "prod", squad: " " };
    expect(ownerTagsOf(tags, DEFAULT_OWNER_SETTINGS)).toEqual([
      { key: "OWNER", value: "Payments", namesSomebody: true },
      { key: "Team", value: "TBD", namesSomebody: false },
      { key: "squad", value: " ", namesSomebody: false },
      { key: "contact", value: "ops", namesSomebody: true },
    ]);
  });
});

describe("tagValueOf", () => {
  it.each([
    [{ key: "team payments", displayName: "Team  Payments" }, "Team  Payments"],
    [{ key: "payments", displayName: "Payments & Billing" }, "payments"],
  ])("of %o leads back to the owner", (owner, expected) => expect(tagValueOf(owner)).toBe(expected));
});
