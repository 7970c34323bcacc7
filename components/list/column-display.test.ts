import { describe, expect, it } from "vitest";
import { type ColumnOption, columnDisplay, sortControlLabel, standardColumns } from "./column-display";

const option = (id: string, width: number, rank: number | null, always?: boolean): ColumnOption => ({
  id,
  label: id,
  width,
  rank,
  always,
});
const OPTIONS = [
  option("severity", 100, 2),
  option("summary", 300, 1, true),
  option("account", 140, 4),
  option("due", 140, 3),
  option("rule", 200, null),
];

describe("columns without a choice", () => {
  it.each([
    [0, ["summary"]],
    [399, ["summary"]],
    [400, ["severity", "summary"]],
    [539, ["severity", "summary"]],
    [540, ["severity", "summary", "due"]],
    [680, ["severity", "summary", "account", "due"]],
    [5000, ["severity", "summary", "account", "due"]],
  ])("are, in %d pixels, as many as fit, by rank and in their own order", (room, expected) => {
    expect(standardColumns(OPTIONS, room)).toEqual(expected);
  });

  it("do not let a narrow column of a later rank pass a wide one", () => {
    expect(standardColumns([option("wide", 300, 1), option("narrow", 50, 2)], 200)).toEqual([]);
  });
});

describe("columns that were chosen", () => {
  it("come in the order of the choice, the others hidden behind them", () => {
    expect(columnDisplay(OPTIONS, ["due", "summary", "unknown"])).toEqual([
      { id: "due", visible: true },
      { id: "summary", visible: true },
      { id: "severity", visible: false },
      { id: "account", visible: false },
      { id: "rule", visible: false },
    ]);
  });

  it("have the one that names the row in front, if it was left out", () => {
    expect(columnDisplay(OPTIONS, ["rule"]).slice(0, 2)).toEqual([
      { id: "summary", visible: true },
      { id: "rule", visible: true },
    ]);
  });
});

it.each([
  [{ sorted: false, descending: false }, "Version, not sorted"],
  [{ sorted: true, descending: false }, "Version, sorted ascending"],
  [{ sorted: true, descending: true }, "Version, sorted descending"],
])("says of %j how the column is sorted", (state, expected) => {
  expect(sortControlLabel("Version")(state)).toBe(expected);
});
