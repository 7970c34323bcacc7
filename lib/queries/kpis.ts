import { queryOptions } from "@tanstack/react-query";
import { fetchApi } from "@/lib/queries/fetch-api";
import { type KpiDimension, kpiKeys } from "@/lib/queries/kpis.keys";

/** A KPI by every key of one dimension, now. */
export const kpiBreakdownQuery = (id: string, by: KpiDimension) =>
  queryOptions({
    queryKey: kpiKeys.breakdown(id, by),
    queryFn: ({ signal }) => fetchApi("kpiBreakdown", { params: { id }, search: `by=${by}`, signal }),
  });

/** The daily snapshots of a KPI over the whole fleet. */
export const kpiHistoryQuery = (id: string) =>
  queryOptions({
    queryKey: kpiKeys.history(id),
    queryFn: ({ signal }) => fetchApi("kpiHistory", { params: { id }, signal }),
  });
