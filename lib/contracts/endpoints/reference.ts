import type { Endpoint } from "@/lib/contracts/endpoint";
import * as reference from "@/lib/contracts/reference";
import { REFERENCE_TABLES } from "@/lib/domain/reference-kind";

/** Reference data: support calendar, tables, overrides and published sources. */
export const REFERENCE_ENDPOINTS = {
  referenceCalendar: {
    method: "GET",
    path: "/reference/calendar",
    summary: "The support calendar: shipped rows, overrides, published sources and AWS's live offers side by side",
    permission: "reference:read",
    response: reference.calendarView,
  },
  referenceTable: {
    method: "GET",
    path: "/reference/tables/{kind}",
    summary: `Reference data of a kind, every row with its source: ${REFERENCE_TABLES.join(", ")}`,
    permission: "reference:read",
    query: reference.referenceTableQuery,
    response: reference.referenceTable,
  },
  overrideReference: {
    method: "POST",
    path: "/reference/overrides",
    summary: "Override a row of the support calendar, with a reason; every finding is evaluated again",
    permission: "reference:write",
    body: reference.overrideInput,
    response: reference.overrideSaved,
    status: 201,
  },
  withdrawOverride: {
    method: "POST",
    path: "/reference/overrides/{id}/withdraw",
    summary: "Take an override back: the shipped row is in force again",
    permission: "reference:write",
    body: reference.withdrawInput,
    response: reference.overrideSaved,
  },
  referenceImports: {
    method: "GET",
    path: "/reference/imports",
    summary: "Published sources that were loaded, newest first",
    permission: "reference:read",
    response: reference.importList,
  },
  importReference: {
    method: "POST",
    path: "/reference/imports",
    summary:
      "Load a published source from a file or an https address: endoflife.date, OSV or GitHub advisories, AWS price list",
    permission: "reference:import",
    body: reference.importInput,
    maxBodyBytes: reference.MAX_IMPORT_BODY_BYTES,
    response: reference.importResult,
    status: 201,
  },
  withdrawImport: {
    method: "POST",
    path: "/reference/imports/{id}/withdraw",
    summary: "Take an import back: it is no longer compared with, nor judged by",
    permission: "reference:write",
    body: reference.withdrawInput,
    response: reference.importResult,
  },
} as const satisfies Record<string, Endpoint>;
