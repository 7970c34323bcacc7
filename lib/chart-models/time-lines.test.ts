import { expect, it } from "vitest";
import { timeLines } from "./time-lines";

const HOUR = 3_600_000;
const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour)).toISOString();

it("puts series of different times on one axis, in order", () => {
  const model = timeLines(
    [
      {
        label: "-1",
        points: [
          { at: at(0), value: 1 },
          { at: at(1), value: 2 },
        ],
      },
      { label: "-2", points: [{ at: at(1), value: 5 }] },
    ],
    HOUR,
  );
  expect(model.rows.map(({ time, ...values }) => [new Date(time).getUTCHours(), values])).toEqual([
    [0, { s0: 1 }],
    [1, { s0: 2, s1: 5 }],
  ]);
  expect(model.series.map(({ label }) => label)).toEqual(["-1", "-2"]);
});

it("breaks the line where hours are missing, and keeps known nulls", () => {
  const model = timeLines(
    [
      {
        label: "x",
        points: [
          { at: at(0), value: 1 },
          { at: at(4), value: 2 },
          { at: at(5), value: null },
        ],
      },
    ],
    HOUR,
  );
  expect(model.rows.map(({ time, s0 }) => [new Date(time).getUTCHours(), s0])).toEqual([
    [0, 1],
    [1, null],
    [4, 2],
    [5, null],
  ]);
  expect(model.gaps).toBe(2);
});
