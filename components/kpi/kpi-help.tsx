"use client";

import type { HelpTopic } from "@/components/shell/help";
import { formatKpiFigure } from "@/components/ui/figures";
import type { KpiView } from "@/lib/contracts/kpis";

/** The definition of a KPI for the help panel. */
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
        <h3>Target</h3>
        <p>
          {kpi.target === null ? "None is set." : formatKpiFigure(String(kpi.target), kpi.unit, kpi.values[0]?.series)}
        </p>
        <h3>Where it comes from</h3>
        <p>
          {kpi.source} (id <code>{kpi.id}</code>, version {kpi.version} of the definition)
        </p>
        <p>
          A figure that cannot be computed says why; it is never shown as 0 or 100. Snapshots are taken daily and never
          recomputed.
        </p>
      </div>
    ),
  };
}
