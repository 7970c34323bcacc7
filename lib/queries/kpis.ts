import { keepPreviousData, mutationOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { kpiTargetInput } from "@/lib/contracts/kpis";
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

/** All KPIs now. */
export const kpisQuery = () =>
  queryOptions({ queryKey: kpiKeys.list(), queryFn: ({ signal }) => fetchApi("kpis", { signal }) });

/** One KPI now. */
export const kpiQuery = (id: string) =>
  queryOptions({
    queryKey: kpiKeys.detail(id),
    queryFn: ({ signal }) => fetchApi("kpi", { params: { id }, signal }),
  });

/** A page of what is behind a KPI. */
export const kpiContributorsQuery = (id: string, search: string) =>
  queryOptions({
    queryKey: kpiKeys.contributors(id, search),
    queryFn: ({ signal }) => fetchApi("kpiContributors", { params: { id }, search, signal }),
    placeholderData: keepPreviousData,
  });

/** Targets of a KPI by quarter. */
export const kpiTargetsQuery = (id: string) =>
  queryOptions({
    queryKey: kpiKeys.targets(id),
    queryFn: ({ signal }) => fetchApi("kpiTargets", { params: { id }, signal }),
  });

/** Sets a target; every page that shows one is read again. */
export const setKpiTargetMutation = (client: QueryClient, id: string) =>
  mutationOptions({
    mutationFn: (body: z.input<typeof kpiTargetInput>) => fetchApi("setKpiTarget", { params: { id }, body }),
    onSuccess: () => client.invalidateQueries(),
  });
