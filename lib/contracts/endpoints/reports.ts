import type { Endpoint } from "@/lib/contracts/endpoint";
import * as reports from "@/lib/contracts/reports";

/** Quarterly reports: frozen versions and their downloads. */
export const REPORTS_ENDPOINTS = {
  reports: {
    method: "GET",
    path: "/reports",
    summary: "Versions of quarterly reports",
    permission: "reports:read",
    query: reports.reportListQuery,
    response: reports.reportPage,
  },
  issueReport: {
    method: "POST",
    path: "/reports",
    summary: "Compute the report of a quarter and freeze it as a new version, unless nothing changed since the newest",
    permission: "reports:issue",
    body: reports.reportInput,
    response: reports.reportIssued,
    status: 201,
  },
  report: {
    method: "GET",
    path: "/reports/{id}",
    summary: "One version with all its figures",
    permission: "reports:read",
    response: reports.reportDetail,
  },
  reportPdf: {
    method: "GET",
    path: "/reports/{id}/export/pdf",
    summary: "A version as PDF",
    permission: "reports:read",
    query: reports.reportPdfQuery,
    response: "application/pdf",
  },
  reportXlsx: {
    method: "GET",
    path: "/reports/{id}/export/xlsx",
    summary: "A version as a spreadsheet, with the complete lists",
    permission: "reports:read",
    response: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  },
  reportCsv: {
    method: "GET",
    path: "/reports/{id}/export/csv",
    summary: "Every figure of a version, one per line",
    permission: "reports:read",
    response: "text/csv",
  },
  reportJson: {
    method: "GET",
    path: "/reports/{id}/export/json",
    summary: "A version as canonical JSON; its SHA-256 is the version's",
    permission: "reports:read",
    response: "application/json",
  },
} as const satisfies Record<string, Endpoint>;
