import { describe, expect, it } from "vitest";
import { type AmountSeries, REST_KEY, stackedBars } from "./stacked-bars";

const series = (key: string, amounts: Record<string, string | null>, estimated = false): AmountSeries => ({
  key,
  label: key.toUpperCase(),
  points: Object.entries(amounts).map(([start, amount]) => ({ start, amount, estimated })),
});

describe("stackedBars", () => {
  it("adds exactly what no float can", () => {
    const { bars } = stackedBars([series("a", { "2026-01-01": "0.1" }), series("b", { "2026-01-01": "0.2" })]);
    expect(bars[0]?.total).toBe("0.3");
  });

  it("keeps a day nobody knows as a gap and a day of nothing as zero", () => {
    const model = stackedBars([series("a", { "2026-01-01": null, "2026-01-02": "0" })]);
    expect(model.bars.map(({ total, values }) => [total, values.a])).toEqual([
      [null, null],
      ["0", 0],
    ]);
    expect(model.gaps).toBe(1);
  });

  it("has a bar for every day of any series, in order", () => {
    const model = stackedBars([series("a", { "2026-01-03": "1" }), series("b", { "2026-01-01": "1" })]);
    expect(model.bars.map(({ start }) => start)).toEqual(["2026-01-01", "2026-01-03"]);
  });

  it("marks a bar as estimated when any of it is", () => {
    const model = stackedBars([series("a", { "2026-01-01": "1" }), series("b", { "2026-01-01": "1" }, true)]);
    expect([model.bars[0]?.estimated, model.estimatedBars]).toEqual([true, 1]);
  });

  it("folds the smallest series into one whose sum is exact", () => {
    const many = ["a", "b", "c", "d"].map((key, index) =>
      series(key, { "2026-01-01": `${10 - index}.1`, "2026-01-02": null }),
    );
    const model = stackedBars(many, 3);
    expect(model.series.map(({ key }) => key)).toEqual(["a", "b", REST_KEY]);
    expect(model.bars[0]?.texts[REST_KEY]).toBe("15.2");
    expect(model.bars[0]?.total).toBe("34.4");
    expect(model.bars[1]?.total).toBeNull();
  });
});
