import { z } from "zod";
import type { Endpoint } from "@/lib/contracts/endpoint";
import * as people from "@/lib/contracts/people";

/** Whether the product answers, what it offers, and its first administrator. */
export const INSTALLATION_ENDPOINTS = {
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
    permission: "signed-in",
    response: z.record(z.string(), z.unknown()),
  },
  metrics: {
    method: "GET",
    path: "/metrics",
    summary: "Figures of the whole fleet for Prometheus, in its text format",
    permission: "kpis:read",
    response: "text/plain; version=0.0.4",
  },
  setUp: {
    method: "POST",
    path: "/set-up",
    summary: "Create the first administrator of an installation that has nobody yet, and sign in",
    permission: null,
    body: people.setUpInput,
    response: people.signedIn,
    status: 201,
  },
} as const satisfies Record<string, Endpoint>;
