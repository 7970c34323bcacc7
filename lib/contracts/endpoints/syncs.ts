import type { Endpoint } from "@/lib/contracts/endpoint";
import * as syncs from "@/lib/contracts/syncs";

/** Syncs. */
export const SYNCS_ENDPOINTS = {
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
    query: syncs.syncDetailQuery,
    response: syncs.syncDetail,
  },
} as const satisfies Record<string, Endpoint>;
