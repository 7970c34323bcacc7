import type { Endpoint } from "@/lib/contracts/endpoint";
import * as kpis from "@/lib/contracts/kpis";

/** KPIs, their histories and targets. */
export const KPIS_ENDPOINTS = {
  kpis: {
    method: "GET",
    path: "/kpis",
    summary: "All KPIs now, whole or cut",
    permission: "kpis:read",
    query: kpis.kpiQuery,
    response: kpis.kpiList,
  },
  kpi: {
    method: "GET",
    path: "/kpis/{id}",
    summary: "One KPI now, whole or cut",
    permission: "kpis:read",
    query: kpis.kpiQuery,
    response: kpis.kpiView,
  },
  kpiHistory: {
    method: "GET",
    path: "/kpis/{id}/history",
    summary: "Daily history of a KPI",
    permission: "kpis:read",
    query: kpis.kpiHistoryQuery,
    response: kpis.kpiHistory,
  },
  kpiBreakdown: {
    method: "GET",
    path: "/kpis/{id}/breakdown",
    summary: "A KPI by every key of a dimension",
    permission: "kpis:read",
    query: kpis.kpiBreakdownQuery,
    response: kpis.kpiBreakdown,
  },
  kpiContributors: {
    method: "GET",
    path: "/kpis/{id}/contributors",
    summary: "Exactly the brokers, findings or records behind a KPI",
    permission: "kpis:read",
    query: kpis.kpiContributorsQuery,
    response: kpis.kpiContributors,
  },
  kpiTargets: {
    method: "GET",
    path: "/kpis/{id}/targets",
    summary: "Targets of a KPI by quarter",
    permission: "kpis:read",
    response: kpis.kpiTargets,
  },
  setKpiTarget: {
    method: "POST",
    path: "/kpis/{id}/targets",
    summary: "Set a KPI's target from a coming quarter on",
    permission: "kpi-targets:write",
    body: kpis.kpiTargetInput,
    response: kpis.kpiTargets,
  },
} as const satisfies Record<string, Endpoint>;
