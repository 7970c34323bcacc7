import { describe, expect, it } from "vitest";
import { centred, fitted, focused, LARGEST_SCALE, SMALLEST_SCALE, zoomed } from "./map-view";

const WINDOW = { width: 1000, height: 500 };

describe("the view of a map", () => {
  it("fits the whole drawing into the middle, never enlarged", () => {
    expect(fitted({ width: 200, height: 100 }, WINDOW)).toEqual({ x: 400, y: 200, scale: 1 });
    const large = fitted({ width: 9680, height: 1000 }, WINDOW);
    expect(large.scale).toBeCloseTo(0.1);
    expect(large.x).toBeCloseTo(16);
  });

  it("keeps the point under the pointer when it zooms, within limits", () => {
    const before = { x: 10, y: 20, scale: 0.5 };
    const after = zoomed(before, 2, { x: 110, y: 70 });
    expect(after).toEqual({ x: -90, y: -30, scale: 1 });
    expect(zoomed(before, 1000, { x: 0, y: 0 }).scale).toBe(LARGEST_SCALE);
    expect(zoomed(before, 0, { x: 0, y: 0 }).scale).toBe(SMALLEST_SCALE);
  });

  it("centres a point without zooming out", () => {
    expect(centred({ x: 0, y: 0, scale: 2 }, { x: 100, y: 100 }, WINDOW, 1)).toEqual({ x: 300, y: 50, scale: 2 });
    expect(centred({ x: 0, y: 0, scale: 0.1 }, { x: 100, y: 100 }, WINDOW, 1).scale).toBe(1);
  });

  it("shows the whole drawing around a point where that can be read, else the point", () => {
    const view = { x: 5, y: 5, scale: 1 };
    const point = { x: 10, y: 10 };
    const small = { width: 900, height: 400 };
    expect(focused(view, point, small, WINDOW, 0.8)).toEqual(fitted(small, WINDOW));
    expect(focused(view, point, { width: 5000, height: 400 }, WINDOW, 0.8)).toEqual(centred(view, point, WINDOW, 0.8));
  });
});
