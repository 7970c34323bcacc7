"use client";

import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import {
  type KeyboardEvent,
  type PointerEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { mapLines } from "@/lib/chart-models/map-lines";
import { fitted, focused, type MapView, zoomed } from "@/lib/chart-models/map-view";
import type { TopologyMap } from "@/lib/contracts/topology";
import { MapDrawing, MapSelection } from "./map-drawing";

const STEP = 80;
const ZOOM = 1.25;
/** Below these scales nobody can read all labels, or names alone: those are not drawn. */
const READABLE = 0.7;
const NAMEABLE = 0.32;
const SELECTED_SCALE = 0.8;
/** Pixels that a pointer may move and still have clicked. */
const STILL = 4;

interface Size {
  width: number;
  height: number;
}

/**
 * The drawing in a window that is panned (drag, arrow keys) and zoomed (ctrl and wheel, plus and minus, buttons). The view is kept outside React's
 * state and written to the drawing's transformation, once a frame: moving never renders anything again.
 */
export function MapCanvas({
  map,
  selected,
  onSelect,
}: {
  map: TopologyMap;
  /** Id of a broker, an external peer or a line. */
  selected: string | null;
  onSelect(id: string | null): void;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const drawing = useRef<SVGGElement>(null);
  const view = useRef<MapView>({ x: 0, y: 0, scale: 1 });
  const pending = useRef(0);
  const drag = useRef<{ x: number; y: number; moved: boolean; target: Element } | null>(null);
  const clicked = useRef<string | null>(null);
  const [size, setSize] = useState<Size | null>(null);
  const positions = useMemo(
    () => new Map([...map.brokers, ...map.externalPeers].map(({ id, x, y }) => [id, { x, y }] as const)),
    [map],
  );
  const lines = useMemo(() => mapLines(map.connectors, positions), [map, positions]);

  const write = useCallback(() => {
    pending.current = 0;
    const { x, y, scale } = view.current;
    drawing.current?.setAttribute("transform", `translate(${x} ${y}) scale(${scale})`);
    frame.current?.setAttribute("data-zoom", scale >= READABLE ? "near" : scale >= NAMEABLE ? "middle" : "far");
  }, []);
  const show = useCallback(
    (next: MapView) => {
      view.current = next;
      if (pending.current === 0) pending.current = requestAnimationFrame(write);
    },
    [write],
  );

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    // React listens passively, and a passive listener cannot keep the page from zooming.
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const box = element.getBoundingClientRect();
      const at = { x: event.clientX - box.left, y: event.clientY - box.top };
      show(zoomed(view.current, Math.exp(-event.deltaY / 300), at));
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => {
      observer.disconnect();
      element.removeEventListener("wheel", onWheel);
      cancelAnimationFrame(pending.current);
      pending.current = 0;
    };
  }, [show]);

  const fit = useCallback(() => {
    if (size) show(fitted(map.size, size));
  }, [map, size, show]);
  // Another drawing is shown whole, and what was shown whole stays so in another window; of a part the middle stays the middle.
  const shown = useRef<{ map: TopologyMap; size: Size } | null>(null);
  useLayoutEffect(() => {
    if (!size) return;
    const before = shown.current;
    shown.current = { map, size };
    const { x, y, scale } = view.current;
    const whole = before && fitted(before.map.size, before.size);
    const untouched = whole && whole.x === x && whole.y === y && whole.scale === scale;
    view.current =
      before?.map.boxes === map.boxes && !untouched
        ? { x: x + (size.width - before.size.width) / 2, y: y + (size.height - before.size.height) / 2, scale }
        : fitted(map.size, size);
    write();
  }, [map, size, write]);
  // What is selected elsewhere (address, table, list) is brought into the middle; what was clicked here stays where it is.
  useLayoutEffect(() => {
    const at = selected === null || clicked.current === selected ? undefined : positions.get(selected);
    clicked.current = null;
    if (!size || !at) return;
    view.current = focused(view.current, at, map.size, size, SELECTED_SCALE);
    write();
  }, [selected, positions, map, size, write]);

  const zoom = (factor: number) => {
    if (size) show(zoomed(view.current, factor, { x: size.width / 2, y: size.height / 2 }));
  };
  const move = (dx: number, dy: number) => {
    const { x, y, scale } = view.current;
    show({ x: x + dx, y: y + dy, scale });
  };
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => move(STEP, 0),
    ArrowRight: () => move(-STEP, 0),
    ArrowUp: () => move(0, STEP),
    ArrowDown: () => move(0, -STEP),
    "+": () => zoom(ZOOM),
    "=": () => zoom(ZOOM),
    "-": () => zoom(1 / ZOOM),
    "0": fit,
    Escape: () => onSelect(null),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  };
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0 || !(event.target instanceof Element)) return;
    drag.current = { x: event.clientX, y: event.clientY, moved: false, target: event.target };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent) => {
    const from = drag.current;
    if (!from) return;
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    if (!from.moved && Math.hypot(dx, dy) < STILL) return;
    drag.current = { ...from, x: event.clientX, y: event.clientY, moved: true };
    move(dx, dy);
  };
  const onPointerUp = () => {
    const from = drag.current;
    drag.current = null;
    if (!from || from.moved) return;
    clicked.current = from.target.closest("[data-item]")?.getAttribute("data-item") ?? null;
    onSelect(clicked.current);
  };
  return (
    <div>
      <div className="mqs-map-tools">
        <SpaceBetween direction="horizontal" size="xxs">
          <Button iconName="zoom-in" ariaLabel="Zoom in" onClick={() => zoom(ZOOM)} />
          <Button iconName="zoom-out" ariaLabel="Zoom out" onClick={() => zoom(1 / ZOOM)} />
          <Button iconName="zoom-to-fit" ariaLabel="Show all of it" onClick={fit} />
        </SpaceBetween>
      </div>
      <div
        ref={frame}
        role="application"
        aria-label="Map of the networks. Arrow keys move it, plus and minus zoom, 0 shows all. The other tabs say the same in tables."
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys move the map
        tabIndex={0}
        className="mqs-map"
        data-dim={selected === null ? undefined : ""}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={() => {
          drag.current = null;
        }}
      >
        {size && (
          <svg width={size.width} height={size.height} aria-hidden="true" focusable="false">
            <g ref={drawing}>
              <g className="mqs-map-base">
                <MapDrawing map={map} lines={lines} />
              </g>
              {selected !== null && <MapSelection map={map} lines={lines} selected={selected} />}
            </g>
          </svg>
        )}
      </div>
    </div>
  );
}
