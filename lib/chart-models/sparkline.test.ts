import { describe, expect, it } from "vitest";
import { sparkline } from "./sparkline";

describe("sparkline", () => {
  it("spans the box over calendar time, not over the number of points", () => {
    const model = sparkline(
      [
        { day: "2026-01-01", value: "0" },
        { day: "2026-01-02", value: "10" },
        { day: "2026-01-05", value: "5" },
      ],
      46,
      26,
    );
    expect(model.paths).toEqual(["M3 23L13 3L43 13"]);
    expect(model.last).toEqual({ x: 43, y: 13 });
  });

  it("breaks where a value is missing and where snapshots stopped", () => {
    const model = sparkline(
      [
        { day: "2026-01-01", value: "1" },
        { day: "2026-01-02", value: null },
        { day: "2026-01-03", value: "2" },
        { day: "2026-01-31", value: "3" },
      ],
      100,
      20,
    );
    expect(model.paths).toHaveLength(3);
  });

  it("draws a flat line through the middle", () => {
    const model = sparkline(
      [
        { day: "2026-01-01", value: "100" },
        { day: "2026-01-02", value: "100" },
      ],
      46,
      20,
    );
    expect(model.paths).toEqual(["M3 10L43 10"]);
  });

  it("draws nothing for nothing known, rather than a line at zero", () => {
    expect(sparkline([{ day: "2026-01-01", value: null }], 46, 20)).toMatchObject({ paths: [], last: null });
    expect(sparkline([], 46, 20)).toMatchObject({ paths: [], last: null });
  });
});
