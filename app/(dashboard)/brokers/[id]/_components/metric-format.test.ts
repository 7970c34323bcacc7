import { expect, it } from "vitest";
import { formatMetric } from "./metric-format";

it.each([
  [12.34, "Percent", "12.3 %"],
  [1_500_000_000, "Bytes", "1.5 GB"],
  [2048, "Bytes/Second", "2 kB/s"],
  [0.0042, "Count", "0.004"],
  [1234, "Count", "1,234"],
  [56_789, "Count", "56.8 k"],
  [12_000_000, "Count", "12 M"],
  [7.5, "Milliseconds", "7.5 ms"],
  [1e-7, "Count", "0"],
])("writes %d %s as %s", (value, unit, expected) => {
  expect(formatMetric(value, unit)).toBe(expected);
});
