"use client";

import { Fragment } from "react";
import type { HelpTopic } from "@/components/shell/help";
import { formatKpiFigure } from "@/components/ui/figures";
import type { KpiView } from "@/lib/contracts/kpis";
import { backingInWords, seriesLabel } from "./kpi-words";

/** The definition of a KPI and what is behind its figures now, for the help panel. */
export function kpiHelp(kpi: KpiView): HelpTopic {
  return {
    title: kpi.title,
    body: (
      <div>
        <h3>Definition</h3>
        <p>{kpi.definition}</p>
        {kpi.numeratorLabel && (
          <>
            <h3>Numerator</h3>
            <p>{kpi.numeratorLabel}</p>
          </>
        )}
        {kpi.denominatorLabel && (
          <>
            <h3>Denominator</h3>
            <p>{kpi.denominatorLabel}</p>
          </>
        )}
        {kpi.values.map((value) => (
          <Fragment key={value.series}>
            <h3>{value.series === "" ? "Now" : `Now: ${seriesLabel(value.series)}`}</h3>
            <ul>
              {backingInWords(kpi, value).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </Fragment>
        ))}
        <h3>Target</h3>
        <p>
          {kpi.target === null ? "None is set." : formatKpiFigure(String(kpi.target), kpi.unit, kpi.values[0]?.series)}
        </p>
        <h3>Goal behind it</h3>
        <p>
          {goalOf(kpi.source)} (id <code>{kpi.id}</code>, version {kpi.version} of the definition)
        </p>
        <p>
          A figure that cannot be computed says why; it is never shown as 0 or 100. Snapshots are taken daily and never
          recomputed.
        </p>
      </div>
    ),
  };
}

/** The goal in words; the number of the document that set it says something to maintainers only. */
function goalOf(source: string): string {
  const goal = source.replace(/^Seeds? \d+( and \d+)*: /, "");
  return goal.charAt(0).toUpperCase() + goal.slice(1);
}
