"use client";

import { TOKENS } from "@/components/ui/tokens";
import type { BrokerDetail } from "@/lib/contracts/brokers";
import { topologyLayout } from "./topology-layout";

type Connector = BrokerDetail["topology"]["connectors"][number];

const NODE_WIDTH = 190;
const NODE_HEIGHT = 36;

/** This broker in the middle, its peers around it. The table below says the same in words, so the picture is one image to assistive technology. */
export function TopologyGraph({ name, connectors }: { name: string; connectors: readonly Connector[] }) {
  const { width, height, center, peers } = topologyLayout(connectors, {
    nodeWidth: NODE_WIDTH,
    nodeHeight: NODE_HEIGHT,
  });
  const summary = `${name} and ${peers.length} ${peers.length === 1 ? "peer" : "peers"}: ${peers.map((peer) => `${peer.label} (${peer.direction}${peer.external ? ", external" : ""})`).join(", ")}`;
  return (
    <svg
      role="img"
      aria-label={summary}
      viewBox={`0 0 ${width} ${height}`}
      style={{ width: "100%", maxWidth: width, height: "auto" }}
    >
      <defs>
        <marker
          id="mqs-arrow"
          viewBox="0 0 10 10"
          refX="9"
          refY="5"
          markerWidth="7"
          markerHeight="7"
          orient="auto-start-reverse"
        >
          <path d="M0 0L10 5L0 10z" fill={TOKENS.colorTextBodySecondary} />
        </marker>
      </defs>
      {peers.map((peer) => (
        <line
          key={peer.key}
          x1={peer.line.x1}
          y1={peer.line.y1}
          x2={peer.line.x2}
          y2={peer.line.y2}
          stroke={TOKENS.colorTextBodySecondary}
          strokeWidth={1.5}
          strokeDasharray={peer.external ? "5 4" : undefined}
          markerEnd={peer.direction === "incoming" ? undefined : "url(#mqs-arrow)"}
          markerStart={peer.direction === "outgoing" ? undefined : "url(#mqs-arrow)"}
        />
      ))}
      {peers.map((peer) => (
        <Node key={peer.key} x={peer.x} y={peer.y} label={peer.label} dashed={peer.external} />
      ))}
      <Node x={center.x} y={center.y} label={name} strong />
    </svg>
  );
}

function Node({
  x,
  y,
  label,
  dashed = false,
  strong = false,
}: {
  x: number;
  y: number;
  label: string;
  dashed?: boolean;
  strong?: boolean;
}) {
  return (
    <g>
      <title>{label}</title>
      <rect
        x={x - NODE_WIDTH / 2}
        y={y - NODE_HEIGHT / 2}
        width={NODE_WIDTH}
        height={NODE_HEIGHT}
        rx={8}
        fill={TOKENS.colorBackgroundContainerContent}
        stroke={strong ? TOKENS.colorBorderItemFocused : TOKENS.colorTextBodySecondary}
        strokeWidth={strong ? 2 : 1}
        strokeDasharray={dashed ? "5 4" : undefined}
      />
      <text
        x={x}
        y={y}
        textAnchor="middle"
        dominantBaseline="central"
        fontSize={13}
        fontWeight={strong ? 700 : 400}
        fill={TOKENS.colorTextBodyDefault}
      >
        {clip(label)}
      </text>
    </g>
  );
}

/** By characters as people see them: an emoji is never cut in half. */
function clip(label: string): string {
  const characters = [...label];
  return characters.length > 24 ? `${characters.slice(0, 23).join("")}…` : label;
}
