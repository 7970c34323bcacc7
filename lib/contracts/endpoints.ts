import { z } from "zod";
import * as accounts from "@/lib/contracts/accounts";
import * as brokers from "@/lib/contracts/brokers";
import * as costs from "@/lib/contracts/costs";
import * as findings from "@/lib/contracts/findings";
import * as kpis from "@/lib/contracts/kpis";
import { overview, overviewQuery } from "@/lib/contracts/overview";
import type { Permission } from "@/lib/contracts/permissions";
import * as settings from "@/lib/contracts/settings";
import * as syncs from "@/lib/contracts/syncs";

export interface Endpoint {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below /api/v1, path parameters in braces. */
  path: string;
  summary: string;
  /** null: no permission needed (health, readiness, the API description). */
  permission: Permission | null;
  query?: z.ZodObject;
  body?: z.ZodType;
  response: z.ZodType | "text/csv";
  status?: number;
}

const empty = z.object({});

/** Every route of /api/v1; the OpenAPI document is made of it and a test compares it with the files of app/api. */
export const ENDPOINTS = {
  health: {
    method: "GET",
    path: "/health",
    summary: "Whether the process answers",
    permission: null,
    response: z.object({ status: z.literal("ok"), version: z.string() }),
  },
  ready: {
    method: "GET",
    path: "/ready",
    summary: "Whether database and migrations are ready",
    permission: null,
    response: z.object({ status: z.literal("ready"), migrations: z.number().int() }),
  },
  openapi: {
    method: "GET",
    path: "/openapi.json",
    summary: "This description",
    permission: null,
    response: z.record(z.string(), z.unknown()),
  },
  overview: {
    method: "GET",
    path: "/overview",
    summary: "The overview page",
    permission: "kpis:read",
    query: overviewQuery,
    response: overview,
  },
  brokers: {
    method: "GET",
    path: "/brokers",
    summary: "Brokers",
    permission: "inventory:read",
    query: brokers.brokerListQuery,
    response: brokers.brokerPage,
  },
  brokersCsv: {
    method: "GET",
    path: "/brokers/export",
    summary: "Exactly the filtered brokers as CSV",
    permission: "inventory:read",
    query: brokers.brokerListQuery,
    response: "text/csv",
  },
  brokerFacets: {
    method: "GET",
    path: "/brokers/facets",
    summary: "Values to filter brokers by",
    permission: "inventory:read",
    query: empty,
    response: brokers.brokerFacets,
  },
  broker: {
    method: "GET",
    path: "/brokers/{id}",
    summary: "One broker (id or URI-encoded ARN)",
    permission: "inventory:read",
    response: brokers.brokerDetail,
  },
  brokerChanges: {
    method: "GET",
    path: "/brokers/{id}/changes",
    summary: "Change history of a broker",
    permission: "inventory:read",
    query: syncs.syncListQuery.omit({ status: true }),
    response: brokers.brokerChanges,
  },
  brokerCosts: {
    method: "GET",
    path: "/brokers/{id}/costs",
    summary: "Daily cost of a broker",
    permission: "costs:read",
    query: costs.costQuery.pick({ from: true, until: true }),
    response: brokers.brokerCostSeries,
  },
  brokerMetrics: {
    method: "GET",
    path: "/brokers/{id}/metrics",
    summary: "CloudWatch metrics of a broker",
    permission: "inventory:read",
    query: brokers.metricsQuery,
    response: brokers.brokerMetrics,
  },
  findings: {
    method: "GET",
    path: "/findings",
    summary: "Findings",
    permission: "findings:read",
    query: findings.findingListQuery,
    response: findings.findingPage,
  },
  findingsCsv: {
    method: "GET",
    path: "/findings/export",
    summary: "Exactly the filtered findings as CSV",
    permission: "findings:read",
    query: findings.findingListQuery,
    response: "text/csv",
  },
  finding: {
    method: "GET",
    path: "/findings/{id}",
    summary: "One finding with episodes and events",
    permission: "findings:read",
    response: findings.findingDetail,
  },
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
  costs: {
    method: "GET",
    path: "/costs",
    summary: "Costs by dimension and day or month",
    permission: "costs:read",
    query: costs.costQuery,
    response: costs.costReport,
  },
  syncs: {
    method: "GET",
    path: "/syncs",
    summary: "Syncs, newest first",
    permission: "syncs:read",
    query: syncs.syncListQuery,
    response: syncs.syncPage,
  },
  startSync: {
    method: "POST",
    path: "/syncs",
    summary: "Start a sync, or join the running one",
    permission: "syncs:start",
    response: syncs.syncStarted,
    status: 202,
  },
  sync: {
    method: "GET",
    path: "/syncs/{id}",
    summary: "One sync with its outcomes",
    permission: "syncs:read",
    response: syncs.syncDetail,
  },
  accounts: {
    method: "GET",
    path: "/accounts",
    summary: "Connected AWS accounts",
    permission: "settings:read",
    response: accounts.accountList,
  },
  connectAccount: {
    method: "POST",
    path: "/accounts",
    summary: "Connect an account",
    permission: "accounts:write",
    body: accounts.accountInput,
    response: accounts.accountItem,
    status: 201,
  },
  updateAccount: {
    method: "PATCH",
    path: "/accounts/{id}",
    summary: "Change an account",
    permission: "accounts:write",
    body: accounts.accountPatch,
    response: accounts.accountItem,
  },
  removeAccount: {
    method: "DELETE",
    path: "/accounts/{id}",
    summary: "Take an account out of scope",
    permission: "accounts:write",
    response: z.object({ removed: z.literal(true) }),
  },
  testAccess: {
    method: "POST",
    path: "/accounts/test-access",
    summary: "Try the credentials and each permission",
    permission: "accounts:write",
    body: accounts.accessTestInput,
    response: accounts.accessReport,
  },
  discoverAccounts: {
    method: "GET",
    path: "/accounts/discover",
    summary: "Accounts of the AWS organization",
    permission: "accounts:write",
    response: accounts.discoveredAccounts,
  },
  policy: {
    method: "GET",
    path: "/accounts/policy",
    summary: "The read-only IAM policy and trust policy",
    permission: "settings:read",
    response: accounts.policyDocuments,
  },
  settings: {
    method: "GET",
    path: "/settings",
    summary: "Settings with defaults",
    permission: "settings:read",
    response: settings.settingsView,
  },
  updateSettings: {
    method: "PATCH",
    path: "/settings",
    summary: "Change settings",
    permission: "settings:write",
    body: settings.settingsPatch,
    response: settings.settingsView,
  },
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof ENDPOINTS;
