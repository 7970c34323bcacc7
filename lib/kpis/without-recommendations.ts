import type { Kpi } from "@/lib/kpis/define-kpi";
import { kpiScope } from "@/lib/kpis/kpi-scope";
import { unavailableValue } from "@/lib/kpis/register-basis";

/** A KPI that rests on cost recommendations: nobody makes any yet, and zero would be a statement. */
export const withoutRecommendations: Pick<Kpi, "compute" | "contributors"> = {
  compute: (snapshot) => [
    unavailableValue("", kpiScope(snapshot).unavailable ?? "No cost recommendations are made yet."),
  ],
  contributors: () => [],
};
