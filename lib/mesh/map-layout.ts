/** What is placed: a broker with where it runs, or (region null) a peer outside. Lengths are in units of the drawing, which are pixels unzoomed. */
export interface LayoutNode {
  readonly id: string;
  readonly network: string;
  readonly region: string | null;
  readonly account: string;
  /** Lane within the region, for example a zone id or several of them. */
  readonly zone: string;
  readonly label: string;
}

export interface LayoutBox {
  readonly network: string;
  readonly kind: "network" | "region" | "account" | "zone" | "outside";
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface MapLayout {
  /** Middle of every node, by id. */
  readonly positions: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
  readonly boxes: readonly LayoutBox[];
  readonly width: number;
  readonly height: number;
}

export const NODE_WIDTH = 168;
export const NODE_HEIGHT = 46;
/** Between nodes: wide enough for an arrow that is seen. */
const GAP_X = 56;
const GAP_Y = 34;
const PADDING = 14;
const HEADING = 24;
const BETWEEN_REGIONS = 64;
const BETWEEN_NETWORKS = 56;
/** Width to height that drawings aim at, as screens have it. */
const ASPECT = 2;

interface Placed {
  width: number;
  height: number;
  nodes: { id: string; x: number; y: number }[];
  boxes: LayoutBox[];
}

/**
 * Places networks as AWS draws them: a box per region with a row per account and a lane per zone, so that brokers in one zone stand below each other
 * and brokers of one account beside each other; peers outside have a box of their own. Equal graphs get equal coordinates, whatever the
 * order of the input: there is no randomness and no iteration to converge. Networks keep the order given.
 */
export function layoutMap(nodes: readonly LayoutNode[], networks: readonly { id: string; label: string }[]): MapLayout {
  const byNetwork = groupBy(nodes, ({ network }) => network);
  const blocks = networks.map((network) => networkBlock(network, byNetwork.get(network.id) ?? []));
  const sheet = shelve(blocks, BETWEEN_NETWORKS);
  return {
    positions: new Map(sheet.nodes.map(({ id, x, y }) => [id, { x: round(x), y: round(y) }])),
    boxes: sheet.boxes.map((box) => ({ ...box, x: round(box.x), y: round(box.y) })),
    width: round(sheet.width),
    height: round(sheet.height),
  };
}

function networkBlock({ id, label }: { id: string; label: string }, nodes: readonly LayoutNode[]): Placed {
  const regions = groupBy(
    nodes.filter(({ region }) => region !== null),
    ({ region }) => region ?? "",
  );
  const outside = nodes.filter(({ region }) => region === null);
  const blocks = [...regions]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([region, members]) => regionBlock(id, region, members));
  if (outside.length > 0) blocks.push(outsideBlock(id, outside));
  return framed(shelve(blocks, BETWEEN_REGIONS), { network: id, kind: "network", label });
}

/** A matrix: rows are accounts, lanes are zones. A cell with many brokers becomes a block of its own rows. */
function regionBlock(network: string, region: string, nodes: readonly LayoutNode[]): Placed {
  const zones = [...new Set(nodes.map(({ zone }) => zone))].sort();
  const accounts = [...groupBy(nodes, ({ account }) => account)].sort(([a], [b]) => (a < b ? -1 : 1));
  const cells = accounts.map(([account, members]) => ({
    account,
    byZone: zones.map((zone) => members.filter((node) => node.zone === zone).sort(byLabel)),
  }));
  const columns = zones.map((_, lane) => columnsFor(Math.max(...cells.map(({ byZone }) => byZone[lane]?.length ?? 0))));
  const laneWidths = columns.map((count) => count * (NODE_WIDTH + GAP_X));
  const lefts = laneWidths.map((_, lane) => laneWidths.slice(0, lane).reduce((sum, width) => sum + width, 0));
  const width = laneWidths.reduce((sum, one) => sum + one, 0);
  const placed: Placed = { width, height: 0, nodes: [], boxes: [] };
  let top = HEADING;
  for (const { account, byZone } of cells) {
    const rows = Math.max(...byZone.map((cell, lane) => Math.ceil(cell.length / (columns[lane] ?? 1))));
    const height = HEADING + rows * (NODE_HEIGHT + GAP_Y);
    placed.boxes.push({ network, kind: "account", label: account, x: 0, y: top, width, height });
    byZone.forEach((cell, lane) => {
      const across = columns[lane] ?? 1;
      cell.forEach((node, index) => {
        const x = (lefts[lane] ?? 0) + ((index % across) + 0.5) * (NODE_WIDTH + GAP_X);
        const y = top + HEADING + (Math.floor(index / across) + 0.5) * (NODE_HEIGHT + GAP_Y) - GAP_Y / 4;
        placed.nodes.push({ id: node.id, x, y });
      });
    });
    top += height;
  }
  placed.height = top;
  zones.forEach((zone, lane) => {
    const box = { x: lefts[lane] ?? 0, y: 0, width: laneWidths[lane] ?? 0, height: top };
    placed.boxes.push({ network, kind: "zone", label: zone, ...box });
  });
  return framed(placed, { network, kind: "region", label: region });
}

function outsideBlock(network: string, nodes: readonly LayoutNode[]): Placed {
  const across = columnsFor(nodes.length);
  const placed = [...nodes].sort(byLabel).map((node, index) => ({
    id: node.id,
    x: ((index % across) + 0.5) * (NODE_WIDTH + GAP_X),
    y: (Math.floor(index / across) + 0.5) * (NODE_HEIGHT + GAP_Y),
  }));
  const height = Math.ceil(nodes.length / across) * (NODE_HEIGHT + GAP_Y);
  return framed(
    { width: across * (NODE_WIDTH + GAP_X), height, nodes: placed, boxes: [] },
    { network, kind: "outside", label: "Outside the inventory" },
  );
}

/** Few brokers stand below each other; many in a block that is as wide as high to the eye. */
function columnsFor(count: number): number {
  return count <= 3 ? 1 : Math.ceil(Math.sqrt((count * (NODE_HEIGHT + GAP_Y) * ASPECT) / (NODE_WIDTH + GAP_X)));
}

function framed(inner: Placed, box: Pick<LayoutBox, "network" | "kind" | "label">): Placed {
  const width = inner.width + 2 * PADDING;
  const height = inner.height + HEADING + 2 * PADDING;
  const moved = shifted(inner, PADDING, HEADING + PADDING);
  return { width, height, nodes: moved.nodes, boxes: [{ ...box, x: 0, y: 0, width, height }, ...moved.boxes] };
}

/** Puts blocks beside each other in their order and starts a new row where the whole comes nearest to a screen's shape. */
function shelve(blocks: readonly Placed[], gap: number): Placed {
  const widest = Math.max(0, ...blocks.map(({ width }) => width));
  let end = -gap;
  const ends = blocks.map(({ width }) => {
    end += gap + width;
    return end;
  });
  const bare = blocks.map(({ width, height }): Placed => ({ width, height, nodes: [], boxes: [] }));
  const tried = ends
    .filter((most) => most >= widest)
    .map((most) => ({ most, screen: screenOf(inRows(bare, gap, most)) }));
  const smallest = Math.min(...tried.map(({ screen }) => screen));
  return inRows(blocks, gap, tried.find(({ screen }) => screen === smallest)?.most ?? widest);
}

/** Width of the smallest screen that shows all of it. */
const screenOf = ({ width, height }: Placed): number => Math.max(width, height * ASPECT);

/** Blocks in rows that are `most` wide at most. */
function inRows(blocks: readonly Placed[], gap: number, most: number): Placed {
  const sheet: Placed = { width: 0, height: 0, nodes: [], boxes: [] };
  let [x, y, rowHeight] = [0, 0, 0];
  for (const block of blocks) {
    if (x > 0 && x + block.width > most) {
      y += rowHeight + gap;
      x = 0;
      rowHeight = 0;
    }
    const moved = shifted(block, x, y);
    sheet.nodes.push(...moved.nodes);
    sheet.boxes.push(...moved.boxes);
    rowHeight = Math.max(rowHeight, block.height);
    sheet.width = Math.max(sheet.width, x + block.width);
    sheet.height = Math.max(sheet.height, y + rowHeight);
    x += block.width + gap;
  }
  return sheet;
}

function shifted({ width, height, nodes, boxes }: Placed, dx: number, dy: number): Placed {
  return {
    width,
    height,
    nodes: nodes.map(({ id, x, y }) => ({ id, x: x + dx, y: y + dy })),
    boxes: boxes.map((box) => ({ ...box, x: box.x + dx, y: box.y + dy })),
  };
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

function byLabel(a: LayoutNode, b: LayoutNode): number {
  return a.label < b.label ? -1 : a.label > b.label ? 1 : a.id < b.id ? -1 : 1;
}

const round = (value: number): number => Math.round(value * 10) / 10;
