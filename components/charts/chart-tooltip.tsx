"use client";

import { TOKENS } from "@/components/ui/tokens";

export interface TooltipLine {
  label: string;
  value: string;
  color?: string;
}

/** What a chart says about the point under the pointer. */
export function ChartTooltip({ title, lines, note }: { title: string; lines: readonly TooltipLine[]; note?: string }) {
  return (
    <div
      style={{
        background: TOKENS.colorBackgroundPopover,
        color: TOKENS.colorTextBodyDefault,
        border: `1px solid ${TOKENS.colorBorderDividerDefault}`,
        borderRadius: 8,
        padding: "8px 12px",
        maxWidth: 320,
        fontSize: 14,
      }}
    >
      <div style={{ fontWeight: 700, marginBlockEnd: 4 }}>{title}</div>
      {lines.map(({ label, value, color }) => (
        <div key={label} style={{ display: "flex", gap: 8, alignItems: "center" }}>
          {color && (
            <span
              aria-hidden="true"
              style={{ width: 10, height: 10, borderRadius: 2, background: color, flex: "none" }}
            />
          )}
          <span style={{ flex: 1, overflowWrap: "anywhere" }}>{label}</span>
          <span style={{ fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" }}>{value}</span>
        </div>
      ))}
      {note && <div style={{ color: TOKENS.colorTextBodySecondary, marginBlockStart: 4 }}>{note}</div>}
    </div>
  );
}
