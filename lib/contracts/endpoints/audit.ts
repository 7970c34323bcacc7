import * as audit from "@/lib/contracts/audit";
import type { Endpoint } from "@/lib/contracts/endpoint";

/** The audit trail. */
export const AUDIT_ENDPOINTS = {
  audit: {
    method: "GET",
    path: "/audit",
    summary: "Who changed what, newest first",
    permission: "audit:read",
    query: audit.auditQuery,
    response: audit.auditPage,
  },
  auditCsv: {
    method: "GET",
    path: "/audit/export",
    summary: "Exactly the filtered audit events as CSV",
    permission: "audit:read",
    query: audit.auditQuery,
    response: "text/csv",
  },
  auditSeals: {
    method: "GET",
    path: "/audit/seals",
    summary: "What keeps the audit from being rewritten, and its sealed months",
    permission: "audit:read",
    response: audit.auditSeals,
  },
} as const satisfies Record<string, Endpoint>;
