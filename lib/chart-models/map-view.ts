/** What part of a drawing is seen: `scale` pixels per unit, and where its origin is, in pixels of the window. */
export interface MapView {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

export const SMALLEST_SCALE = 0.04;
export const LARGEST_SCALE = 2.5;
const EDGE = 16;

/** The whole drawing, in the middle of the window, never larger than it is. */
export function fitted(drawing: Size, window: Size): MapView {
  const scale = limited(
    Math.min(
      1,
      (window.width - 2 * EDGE) / Math.max(1, drawing.width),
      (window.height - 2 * EDGE) / Math.max(1, drawing.height),
    ),
  );
  return {
    x: (window.width - drawing.width * scale) / 2,
    y: (window.height - drawing.height * scale) / 2,
    scale,
  };
}

/** Zoomed by a factor, with the point at (x, y) of the window staying where it is. */
export function zoomed(view: MapView, factor: number, at: { readonly x: number; readonly y: number }): MapView {
  const scale = limited(view.scale * factor);
  const ratio = scale / view.scale;
  return { x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio, scale };
}

/** A point of the drawing in the middle of the window, at `scale` at least. */
export function centred(
  view: MapView,
  point: { readonly x: number; readonly y: number },
  window: Size,
  scale: number,
): MapView {
  const wanted = limited(Math.max(view.scale, scale));
  return { x: window.width / 2 - point.x * wanted, y: window.height / 2 - point.y * wanted, scale: wanted };
}

/** A point brought into sight: the whole drawing where that can be read (at `scale` at least), else the point in the middle. */
export function focused(
  view: MapView,
  point: { readonly x: number; readonly y: number },
  drawing: Size,
  window: Size,
  scale: number,
): MapView {
  const whole = fitted(drawing, window);
  return whole.scale >= scale ? whole : centred(view, point, window, scale);
}

function limited(scale: number): number {
  return Math.min(LARGEST_SCALE, Math.max(SMALLEST_SCALE, scale));
}
