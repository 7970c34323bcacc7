import { NODE_HEIGHT, NODE_WIDTH } from "@/lib/mesh/map-layout";

export { NODE_HEIGHT, NODE_WIDTH };

/** A connector as far as it is drawn. */
export interface DrawnConnector {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly duplex: boolean;
  readonly external: boolean;
  readonly revision: "current" | "pending" | "ending";
  readonly defects: readonly string[];
}

/** All connectors between two nodes as one line. */
export interface MapLine {
  readonly id: string;
  /** The ends, in the order of their ids. */
  readonly ends: readonly [string, string];
  readonly connectors: readonly string[];
  /** Messages flow to the second end, to the first. */
  readonly forth: boolean;
  readonly back: boolean;
  readonly external: boolean;
  /** Nothing of it is in force yet. */
  readonly pending: boolean;
  readonly defective: boolean;
  /** SVG path of the line, and of its arrowheads. */
  readonly path: string;
  readonly arrows: string;
  readonly middle: Point;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const MARGIN = 3;
const ARROW = 11;
/** How far lines bend aside, so that those behind a row of brokers are told apart. */
const MOST_BEND = 70;
/** Neighbours in a row or lane are joined straight. */
const NEAR = 260;

/** One line per pair of nodes, with its arrows. What has no position is left out. */
export function mapLines(
  connectors: readonly DrawnConnector[],
  positions: ReadonlyMap<string, Point>,
): readonly MapLine[] {
  const pairs = new Map<string, DrawnConnector[]>();
  for (const connector of connectors) {
    const key = [connector.from, connector.to].sort().join("\n");
    const known = pairs.get(key);
    if (known) known.push(connector);
    else pairs.set(key, [connector]);
  }
  return [...pairs].flatMap(([key, of]): MapLine[] => {
    const [first = "", second = ""] = key.split("\n");
    const [a, b] = [positions.get(first), positions.get(second)];
    if (!a || !b || first === second) return [];
    const inForce = of.filter(({ revision }) => revision !== "pending");
    const flowing = inForce.length > 0 ? inForce : of;
    const forth = flowing.some(({ to, duplex }) => duplex || to === second);
    const back = flowing.some(({ to, duplex }) => duplex || to === first);
    return [
      {
        id: `line ${first} ${second}`,
        ends: [first, second],
        connectors: of.map(({ id }) => id),
        forth,
        back,
        external: of.some(({ external }) => external),
        pending: inForce.length === 0,
        defective: of.some(({ defects }) => defects.length > 0),
        ...curve(a, b, { forth, back }),
      },
    ];
  });
}

function curve(a: Point, b: Point, { forth, back }: { forth: boolean; back: boolean }) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const distance = Math.hypot(dx, dy) || 1;
  const bend = distance < NEAR ? 0 : Math.min(MOST_BEND, distance * 0.14);
  const control = { x: (a.x + b.x) / 2 - (dy / distance) * bend, y: (a.y + b.y) / 2 + (dx / distance) * bend };
  const [start, end] = [border(a, control), border(b, control)];
  return {
    path: `M${text(start)}Q${text(control)} ${text(end)}`,
    arrows: (forth ? arrow(control, end) : "") + (back ? arrow(control, start) : ""),
    middle: { x: (start.x + 2 * control.x + end.x) / 4, y: (start.y + 2 * control.y + end.y) / 4 },
  };
}

/** Where the way from a node's middle leaves its rectangle. */
function border(middle: Point, towards: Point): Point {
  const [dx, dy] = [towards.x - middle.x, towards.y - middle.y];
  const scale = Math.min(
    1,
    dx === 0 ? Number.POSITIVE_INFINITY : (NODE_WIDTH / 2 + MARGIN) / Math.abs(dx),
    dy === 0 ? Number.POSITIVE_INFINITY : (NODE_HEIGHT / 2 + MARGIN) / Math.abs(dy),
  );
  return { x: middle.x + dx * scale, y: middle.y + dy * scale };
}

function arrow(from: Point, tip: Point): string {
  const length = Math.hypot(tip.x - from.x, tip.y - from.y) || 1;
  const [ux, uy] = [(tip.x - from.x) / length, (tip.y - from.y) / length];
  const side = (sign: number) =>
    text({ x: tip.x - ARROW * ux + sign * 0.5 * ARROW * -uy, y: tip.y - ARROW * uy + sign * 0.5 * ARROW * ux });
  return `M${text(tip)}L${side(1)}L${side(-1)}Z`;
}

const text = ({ x, y }: Point) => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
