"use client";

import Box from "@cloudscape-design/components/box";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import type { ReactNode } from "react";
import { TOKENS } from "@/components/ui/tokens";

export interface LegendEntry {
  label: string;
  color: string;
  hatched?: boolean;
}

interface ChartFrameProps {
  title: string;
  /** What the picture says, in a sentence, for those who do not see it. */
  summary: string;
  legend?: readonly LegendEntry[];
  /** What the reader must know: gaps, estimates. */
  notes?: readonly string[];
  /** The same data as a table. */
  table: { columns: readonly string[]; rows: readonly (readonly string[])[] };
  children: ReactNode;
}

const cell = { borderBlockEnd: `1px solid ${TOKENS.colorBorderDividerDefault}`, padding: "4px 12px 4px 0" } as const;

/** A chart with its legend, notes, and the same figures as a table. */
export function ChartFrame({ title, summary, legend = [], notes = [], table, children }: ChartFrameProps) {
  return (
    <figure aria-label={`${title}. ${summary}`} className="mqs-chart" style={{ margin: 0 }}>
      {children}
      <figcaption>
        {legend.length > 1 && <Legend entries={legend} />}
        {notes.map((note) => (
          <Box key={note} variant="small" display="block" color="text-body-secondary">
            {note}
          </Box>
        ))}
        <ExpandableSection headerText="Show as a table" headerAriaLabel={`Show ${title} as a table`} variant="default">
          <section
            aria-label={`${title} as a table`}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard (axe: scrollable-region-focusable)
            tabIndex={0}
            style={{ maxHeight: 280, overflow: "auto" }}
          >
            <table style={{ borderCollapse: "collapse", fontVariantNumeric: "tabular-nums" }}>
              <thead>
                <tr>
                  {table.columns.map((column, index) => (
                    <th key={column} scope="col" style={{ ...cell, textAlign: index === 0 ? "start" : "end" }}>
                      {column}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {table.rows.map(([first = "", ...rest]) => (
                  <tr key={first}>
                    <th scope="row" style={{ ...cell, textAlign: "start", fontWeight: "normal", whiteSpace: "nowrap" }}>
                      {first}
                    </th>
                    {rest.map((text, index) => (
                      <td key={table.columns[index + 1]} style={{ ...cell, textAlign: "end", whiteSpace: "nowrap" }}>
                        {text}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </ExpandableSection>
      </figcaption>
    </figure>
  );
}

function Legend({ entries }: { entries: readonly LegendEntry[] }) {
  return (
    <ul
      style={{ display: "flex", flexWrap: "wrap", gap: "4px 16px", listStyle: "none", margin: "4px 0 8px", padding: 0 }}
    >
      {entries.map(({ label, color, hatched }) => (
        <li key={label} style={{ display: "flex", alignItems: "center", gap: 6 }}>
          <span
            aria-hidden="true"
            style={{
              width: 12,
              height: 12,
              borderRadius: 2,
              background: hatched ? `repeating-linear-gradient(45deg, ${color} 0 2px, transparent 2px 4px)` : color,
              border: hatched ? `1px solid ${color}` : undefined,
            }}
          />
          <Box variant="small">{label}</Box>
        </li>
      ))}
    </ul>
  );
}
