export interface TopologyConnector {
  direction: "outgoing" | "incoming" | "duplex";
  peerBrokerId: string | null;
  peerName: string | null;
  peerHost: string;
  external: boolean;
}

export interface PeerNode {
  key: string;
  label: string;
  external: boolean;
  direction: TopologyConnector["direction"];
  x: number;
  y: number;
  /** From the middle node's edge to the peer's. */
  line: { x1: number; y1: number; x2: number; y2: number };
}

export interface TopologyLayout {
  width: number;
  height: number;
  center: { x: number; y: number };
  peers: PeerNode[];
}

const GAP = 20;
const REACH = 130;

/**
 * Places the broker in the middle and its peers in a column at either side, alternating, so that labels never overlap whatever their number. Several
 * connectors to one peer are one line; both directions together are duplex.
 */
export function topologyLayout(
  connectors: readonly TopologyConnector[],
  size: { nodeWidth: number; nodeHeight: number },
): TopologyLayout {
  const { nodeWidth, nodeHeight } = size;
  const peers = mergePeers(connectors);
  const left = peers.filter((_, index) => index % 2 === 1);
  const right = peers.filter((_, index) => index % 2 === 0);
  const rows = Math.max(right.length, left.length, 1);
  const height = rows * (nodeHeight + GAP) + GAP;
  const width = 3 * nodeWidth + 2 * REACH + 2 * GAP;
  const center = { x: width / 2, y: height / 2 };
  const place = (column: typeof peers, side: 1 | -1) =>
    column.map((peer, index): PeerNode => {
      const x = center.x + side * (nodeWidth + REACH);
      const y = height / 2 + (index - (column.length - 1) / 2) * (nodeHeight + GAP);
      const line = { x1: center.x + (side * nodeWidth) / 2, y1: center.y, x2: x - (side * nodeWidth) / 2, y2: y };
      return { ...peer, x, y, line };
    });
  return { width, height, center, peers: [...place(right, 1), ...place(left, -1)] };
}

function mergePeers(connectors: readonly TopologyConnector[]): Omit<PeerNode, "x" | "y" | "line">[] {
  const peers = new Map<string, Omit<PeerNode, "x" | "y" | "line">>();
  for (const { peerBrokerId, peerName, peerHost, external, direction } of connectors) {
    const key = peerBrokerId ?? peerHost;
    const known = peers.get(key);
    const merged = known && known.direction !== direction ? "duplex" : direction;
    peers.set(key, { key, label: peerName ?? peerHost, external, direction: merged });
  }
  return [...peers.values()];
}
