import type { Endpoint } from "@/lib/contracts/endpoint";
import * as lifecycle from "@/lib/contracts/lifecycle";

/** Dates of engine lines and instance types. */
export const LIFECYCLE_ENDPOINTS = {
  lifecycle: {
    method: "GET",
    path: "/lifecycle",
    summary: "Engine lines and instance types with their dates, brokers and exposure, whole or cut",
    permission: "inventory:read",
    query: lifecycle.lifecycleQuery,
    response: lifecycle.lifecycleView,
  },
  lifecycleCalendar: {
    method: "GET",
    path: "/lifecycle/calendar.ics",
    summary: "The life cycle of what the brokers of a cut run, as iCalendar (RFC 5545)",
    permission: "inventory:read",
    addressToken: true,
    query: lifecycle.calendarQuery,
    response: "text/calendar",
  },
} as const satisfies Record<string, Endpoint>;
