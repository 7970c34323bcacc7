"use client";

import { memo, useMemo } from "react";
import { sentenceCase } from "@/components/broker/labels";
import { formatNumberOf } from "@/components/ui/figures";
import { TOKENS } from "@/components/ui/tokens";
import { type MapLine, NODE_HEIGHT, NODE_WIDTH } from "@/lib/chart-models/map-lines";
import { clipMiddle, mapNames } from "@/lib/chart-models/map-names";
import type { TopologyBroker, TopologyMap, TopologyPeer } from "@/lib/contracts/topology";

/** Everything that is drawn, behind each other: boxes, lines, nodes. Drawn once per answer; panning and zooming move the whole. */
export const MapDrawing = memo(function MapDrawing({ map, lines }: { map: TopologyMap; lines: readonly MapLine[] }) {
  const names = useMemo(() => mapNames(map.brokers), [map]);
  return (
    <>
      {map.boxes.map((box) => (
        <Box key={`${box.kind} ${box.label} ${box.x} ${box.y}`} box={box} />
      ))}
      {lines.map((line) => (
        <Line key={line.id} line={line} />
      ))}
      {map.brokers.map((broker) => (
        <BrokerNode key={broker.id} broker={broker} short={names.get(broker.id)} />
      ))}
      {map.externalPeers.map((peer) => (
        <PeerNode key={peer.id} peer={peer} />
      ))}
    </>
  );
});

/** What is selected, over everything else, with its lines and the nodes they lead to. */
export function MapSelection({
  map,
  lines,
  selected,
}: {
  map: TopologyMap;
  lines: readonly MapLine[];
  selected: string;
}) {
  const own = lines.filter(({ id, ends }) => id === selected || ends.includes(selected));
  const names = useMemo(() => mapNames(map.brokers), [map]);
  const nodes = new Set([selected, ...own.flatMap(({ ends }) => ends)]);
  return (
    <>
      {own.map((line) => (
        <Line key={line.id} line={line} selected />
      ))}
      {map.brokers
        .filter(({ id }) => nodes.has(id))
        .map((broker) => (
          <BrokerNode key={broker.id} broker={broker} short={names.get(broker.id)} selected={broker.id === selected} />
        ))}
      {map.externalPeers
        .filter(({ id }) => nodes.has(id))
        .map((peer) => (
          <PeerNode key={peer.id} peer={peer} selected={peer.id === selected} />
        ))}
    </>
  );
}

const BOXES: Readonly<
  Record<TopologyMap["boxes"][number]["kind"], { stroke: string; dash?: string; width: number; weight: number }>
> = {
  network: { stroke: TOKENS.colorTextStatusInactive, width: 1.5, weight: 700 },
  region: { stroke: TOKENS.colorBorderItemFocused, width: 1, weight: 600 },
  account: { stroke: TOKENS.colorBorderDividerDefault, width: 1, weight: 400 },
  zone: { stroke: TOKENS.colorBorderDividerDefault, dash: "3 4", width: 1, weight: 400 },
  outside: { stroke: TOKENS.colorTextStatusInactive, dash: "6 5", width: 1, weight: 600 },
};

function Box({ box: { kind, label, x, y, width, height } }: { box: TopologyMap["boxes"][number] }) {
  const { stroke, dash, width: strokeWidth, weight } = BOXES[kind];
  return (
    <g className={kind === "network" ? "mqs-map-network" : "mqs-map-detail"}>
      <rect
        x={x}
        y={y}
        width={width}
        height={height}
        rx={kind === "network" ? 10 : 4}
        fill="none"
        stroke={stroke}
        strokeWidth={strokeWidth}
        strokeDasharray={dash}
      />
      <text
        x={x + 8}
        y={y + 17}
        fontSize={kind === "network" ? 15 : 11.5}
        fontWeight={weight}
        fill={TOKENS.colorTextBodySecondary}
      >
        {clip(label, Math.floor((width - 16) / 6.4))}
      </text>
    </g>
  );
}

function Line({ line, selected = false }: { line: MapLine; selected?: boolean }) {
  const color = selected
    ? TOKENS.colorTextLinkDefault
    : line.defective
      ? TOKENS.colorTextStatusError
      : TOKENS.colorTextBodySecondary;
  const dash = line.pending ? "2 5" : line.external ? "8 5" : undefined;
  return (
    <g data-item={line.id}>
      <path d={line.path} fill="none" stroke="transparent" strokeWidth={12} />
      <path d={line.path} fill="none" stroke={color} strokeWidth={selected ? 3 : 1.5} strokeDasharray={dash} />
      <path d={line.arrows} fill={color} />
      {line.defective && (
        <g className="mqs-map-middle">
          <circle cx={line.middle.x} cy={line.middle.y} r={8} fill={TOKENS.colorTextStatusError} />
          <text {...MARK_TEXT} x={line.middle.x} y={line.middle.y + 4}>
            !
          </text>
        </g>
      )}
    </g>
  );
}

const MARK_TEXT = {
  textAnchor: "middle",
  fontSize: 12,
  fontWeight: 700,
  fill: TOKENS.colorBackgroundContainerContent,
} as const;

function BrokerNode({
  broker,
  short,
  selected = false,
}: {
  broker: TopologyBroker;
  /** Its name as seen from farther away. */
  short: string | undefined;
  selected?: boolean;
}) {
  const { id, name, x, y, matches, stale, defects, undecided } = broker;
  const stroke = selected
    ? TOKENS.colorTextLinkDefault
    : defects.length > 0
      ? TOKENS.colorTextStatusError
      : TOKENS.colorTextBodySecondary;
  return (
    <g data-item={id}>
      <title>{tooltip(broker)}</title>
      <rect
        x={x - NODE_WIDTH / 2}
        y={y - NODE_HEIGHT / 2}
        width={NODE_WIDTH}
        height={NODE_HEIGHT}
        rx={8}
        fill={matches ? TOKENS.colorBackgroundContainerContent : TOKENS.colorBackgroundLayoutMain}
        stroke={stroke}
        strokeWidth={selected ? 3 : 1.5}
        strokeDasharray={stale ? "1 3" : undefined}
      />
      <NodeText x={x} y={y} name={name} short={short ?? name} below={secondLine(broker)} />
      {defects.length > 0 ? (
        <Mark x={x + NODE_WIDTH / 2 - 4} y={y - NODE_HEIGHT / 2 + 2} text={String(defects.length)} />
      ) : (
        undecided.length > 0 && <Question x={x + NODE_WIDTH / 2 - 4} y={y - NODE_HEIGHT / 2 + 2} />
      )}
    </g>
  );
}

/** A warning triangle with the number of defects: a shape and a figure, not a colour alone. */
function Mark({ x, y, text }: { x: number; y: number; text: string }) {
  return (
    <g className="mqs-map-mark">
      <path d={`M${x} ${y - 13}L${x + 13} ${y + 9}L${x - 13} ${y + 9}Z`} fill={TOKENS.colorTextStatusError} />
      <text {...MARK_TEXT} x={x} y={y + 6}>
        {text}
      </text>
    </g>
  );
}

function Question({ x, y }: { x: number; y: number }) {
  return (
    <g className="mqs-map-mark">
      <circle
        cx={x}
        cy={y}
        r={9}
        fill={TOKENS.colorBackgroundContainerContent}
        stroke={TOKENS.colorTextBodySecondary}
      />
      <text {...MARK_TEXT} x={x} y={y + 4} fill={TOKENS.colorTextBodySecondary}>
        ?
      </text>
    </g>
  );
}

function PeerNode({ peer: { id, host, port, x, y }, selected = false }: { peer: TopologyPeer; selected?: boolean }) {
  return (
    <g data-item={id}>
      <title>{`${host}${port === null ? "" : `:${port}`}, external peer`}</title>
      <rect
        x={x - NODE_WIDTH / 2}
        y={y - NODE_HEIGHT / 2}
        width={NODE_WIDTH}
        height={NODE_HEIGHT}
        rx={NODE_HEIGHT / 2}
        fill={TOKENS.colorBackgroundContainerContent}
        stroke={selected ? TOKENS.colorTextLinkDefault : TOKENS.colorTextBodySecondary}
        strokeWidth={selected ? 3 : 1.5}
        strokeDasharray="6 4"
      />
      <NodeText x={x} y={y} name={host} short={clipMiddle(host, 14)} below="External peer" />
    </g>
  );
}

/** Name and state; seen from farther away the name alone, larger. */
function NodeText({ x, y, name, short, below }: { x: number; y: number; name: string; short: string; below: string }) {
  const left = x - NODE_WIDTH / 2 + 12;
  return (
    <>
      <g className="mqs-map-detail">
        <text x={left} y={y - 3} fontSize={12.5} fontWeight={600} fill={TOKENS.colorTextBodyDefault}>
          {clipMiddle(name, 21)}
        </text>
        <text x={left} y={y + 13} fontSize={11} fill={TOKENS.colorTextBodySecondary}>
          {clip(below, 26)}
        </text>
      </g>
      <text
        className="mqs-map-name"
        x={x}
        y={y + 8}
        fontSize={21}
        textAnchor="middle"
        fill={TOKENS.colorTextBodyDefault}
      >
        {short}
      </text>
    </>
  );
}

/** What matters most of its state, else version and environment. */
function secondLine({ engineVersion, environment, state, stale, configurationRead }: TopologyBroker): string {
  if (stale) return "Stale: seen long ago";
  if (state !== "RUNNING") return sentenceCase(state);
  if (!configurationRead) return "Configuration not read";
  return `${engineVersion ?? "Version unknown"}, ${environment}`;
}

function tooltip({ name, engineVersion, defects, undecided, openFindings, matches }: TopologyBroker): string {
  return [
    `${name}, ActiveMQ ${engineVersion ?? "of unknown version"}`,
    ...(defects.length > 0 ? [formatNumberOf(defects.length, "defect")] : []),
    ...(undecided.length > 0 ? [`${formatNumberOf(undecided.length, "check")} undecided`] : []),
    formatNumberOf(openFindings, "open finding"),
    ...(matches ? [] : ["outside the filter"]),
  ].join(", ");
}

/** By characters as people see them: an emoji is never cut in half. */
function clip(label: string, most: number): string {
  const characters = [...label];
  return characters.length > most ? `${characters.slice(0, Math.max(1, most - 1)).join("")}…` : label;
}
