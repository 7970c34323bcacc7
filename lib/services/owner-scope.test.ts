import { describe, expect, it } from "vitest";
import { isAppError } from "@/lib/domain/errors";
import type { Actor } from "@/lib/services/ctx";
import { assertMayActFor, ownersToActFor } from "@/lib/services/owner-scope";
import { buildPersonActor } from "@/lib/testing/build-actor";

const refusal = (actor: Actor, ownerId: number | null): string | null => {
  // Only the actor of the ctx is looked at.
  const ctx = Object.defineProperty(Object.create(null), "actor", { value: actor });
  try {
    assertMayActFor(ctx, "findings:acknowledge", ownerId);
    return null;
  } catch (error) {
    return isAppError(error) ? error.code : String(error);
  }
};

describe("acting on what belongs to an owner", () => {
  it("is for the role owner limited to his own entities", () => {
    const owner = buildPersonActor({ role: "owner", ownerIds: [3, 5] });
    expect([3, 5, 4, null].map((id) => refusal(owner, id))).toEqual([null, null, "forbidden", "forbidden"]);
    expect(ownersToActFor(owner, "findings:acknowledge")).toEqual([3, 5]);
  });

  it("is nothing for an owner without entities", () => {
    const owner = buildPersonActor({ role: "owner" });
    expect(refusal(owner, 3)).toBe("forbidden");
    expect(ownersToActFor(owner, "findings:acknowledge")).toEqual([]);
  });

  it("is not limited for managers, administrators and the product itself", () => {
    for (const role of ["manager", "administrator"] as const) {
      expect(refusal(buildPersonActor({ role }), null)).toBeNull();
      expect(ownersToActFor(buildPersonActor({ role }), "findings:acknowledge")).toBe("all");
    }
    expect(refusal({ kind: "system", name: "system:sync", permissions: "all" }, null)).toBeNull();
  });
});
