import { describe, expect, it } from "vitest";
import { passwordProblems } from "@/lib/domain/password-rule";

describe("passwordProblems", () => {
  it.each(["Tr0mbone-Lattice", "grün Fenster 7 Wolken", "many small words make it", "x9$kQw2!mLp0"])(
    "takes %s",
    (password) => expect(passwordProblems(password, { name: "Ana Sousa", email: "ana@example.com" })).toEqual([]),
  );

  it.each([
    ["x9$kQw2!mLp", "at least 12 characters"],
    [`Aa1!${"xyzvwq".repeat(21)}`, "at most 128"],
    ["Aa1!Aa1!Aa1!", "different characters"],
    ["trombonelattice", "Mix three"],
    ["tromboneLattice", "Mix three"],
    ["Password1234!", "tried first"],
    ["Welcome2026!!!", "tried first"],
    ["Ana.Sousa-2026x", "name and e-mail"],
    ["x9$kQw2-sousa", "name and e-mail"],
  ])("refuses %s", (password, why) => {
    const problems = passwordProblems(password, { name: "Ana Sousa", email: "ana.sousa@example.com" });
    expect(problems.join(" ")).toContain(why);
  });
});
