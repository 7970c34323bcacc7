"use client";

import Box from "@cloudscape-design/components/box";
import type { ReactNode } from "react";
import { TOKENS } from "@/components/ui/tokens";

const LINE = { stroke: TOKENS.colorTextBodySecondary, strokeWidth: 1.5 } as const;
const HEAD = { fill: TOKENS.colorTextBodySecondary } as const;
const NODE = {
  fill: TOKENS.colorBackgroundContainerContent,
  stroke: TOKENS.colorTextBodySecondary,
  strokeWidth: 1.5,
} as const;

const ENTRIES: readonly { label: string; sign: ReactNode }[] = [
  { label: "Broker", sign: <rect x={2} y={3} width={30} height={12} rx={3} {...NODE} /> },
  {
    label: "External peer, drawn but not counted",
    sign: <rect x={2} y={3} width={30} height={12} rx={6} strokeDasharray="4 3" {...NODE} />,
  },
  {
    label: "Stale broker",
    sign: <rect x={2} y={3} width={30} height={12} rx={3} strokeDasharray="1 3" {...NODE} />,
  },
  {
    label: "Both ways",
    sign: (
      <>
        <path d="M6 9L28 9" {...LINE} />
        <path d="M32 9L25 5.5L25 12.5ZM2 9L9 5.5L9 12.5Z" {...HEAD} />
      </>
    ),
  },
  {
    label: "One way",
    sign: (
      <>
        <path d="M2 9L28 9" {...LINE} />
        <path d="M32 9L25 5.5L25 12.5Z" {...HEAD} />
      </>
    ),
  },
  {
    label: "Not applied yet",
    sign: (
      <>
        <path d="M2 9L28 9" strokeDasharray="2 4" {...LINE} />
        <path d="M32 9L25 5.5L25 12.5Z" {...HEAD} />
      </>
    ),
  },
  {
    label: "Connector with a defect",
    sign: (
      <>
        <circle cx={17} cy={9} r={7} fill={TOKENS.colorTextStatusError} />
        <text
          x={17}
          y={13}
          textAnchor="middle"
          fontSize={11}
          fontWeight={700}
          fill={TOKENS.colorBackgroundContainerContent}
        >
          !
        </text>
      </>
    ),
  },
  {
    label: "Broker with so many failed checks",
    sign: (
      <>
        <path d="M17 1L27 17L7 17Z" fill={TOKENS.colorTextStatusError} />
        <text
          x={17}
          y={15}
          textAnchor="middle"
          fontSize={10}
          fontWeight={700}
          fill={TOKENS.colorBackgroundContainerContent}
        >
          2
        </text>
      </>
    ),
  },
  {
    label: "Broker with undecided checks",
    sign: (
      <>
        <circle cx={17} cy={9} r={7} {...NODE} />
        <text x={17} y={13} textAnchor="middle" fontSize={10} fontWeight={700} fill={TOKENS.colorTextBodySecondary}>
          ?
        </text>
      </>
    ),
  },
];

/** What the signs of the map mean. Rows are accounts, lanes are zones. */
export function MapLegend() {
  return (
    <ul className="mqs-map-legend" aria-label="Legend">
      {ENTRIES.map(({ label, sign }) => (
        <li key={label}>
          <svg width={34} height={18} aria-hidden="true" focusable="false">
            {sign}
          </svg>
          <Box variant="small">{label}</Box>
        </li>
      ))}
      <li>
        <Box variant="small" color="text-body-secondary">
          Boxes: network, region, row per account, lane per zone id
        </Box>
      </li>
    </ul>
  );
}
