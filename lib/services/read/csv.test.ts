import { describe, expect, it } from "vitest";
import { csvCell } from "@/lib/services/read/csv";

describe("csvCell", () => {
  it.each([
    ["=1+1", "'=1+1"],
    ["+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["-2+3", "'-2+3"],
    ["\t=1", "'\t=1"],
    ["\n=1", '"\'\n=1"'],
    ["-12.50", "-12.50"],
    ["plain", "plain"],
    ['say "hi", now', '"say ""hi"", now"'],
    ["two\nlines", '"two\nlines"'],
    ['=HYPERLINK("x","y")', '"\'=HYPERLINK(""x"",""y"")"'],
  ])("writes %j so that no spreadsheet runs it", (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });
  it("leaves unknown values empty instead of writing null", () => {
    expect(csvCell(null)).toBe("");
  });
});
