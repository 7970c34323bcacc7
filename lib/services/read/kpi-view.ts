import type { z } from "zod";
import type { KpiView, kpiValue } from "@/lib/contracts/kpis";
import { type Decimal, decimalToText } from "@/lib/domain/money";
import type { FleetSnapshot, Kpi, KpiValue } from "@/lib/kpis/define-kpi";

const text = (value: Decimal | null) => (value === null ? null : decimalToText(value));

/** A KPI's value on the wire: decimals as exact text. */
export function kpiValueOf(value: KpiValue): z.input<typeof kpiValue> {
  return {
    ...value,
    value: text(value.value),
    numerator: text(value.numerator),
    denominator: text(value.denominator),
    exclusions: [...value.exclusions],
    parts: [...value.parts],
    asOf: value.asOf?.toISOString() ?? null,
    caveats: [...value.caveats],
  };
}

/** A KPI with its definition, the target in force, and its values for a snapshot. */
export function kpiViewOf(kpi: Kpi, snapshot: FleetSnapshot, target: number | null): KpiView {
  const { compute, contributors: _, headlineSeries: __, ...declaration } = kpi;
  return { ...declaration, target, values: compute(snapshot).map(kpiValueOf) };
}
