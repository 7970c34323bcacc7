import { describe, expect, it } from "vitest";
import { peakConnections, SERVER_MAX_CONNECTIONS } from "./connection-budget";

/** PostgreSQL keeps this many of max_connections for superusers (superuser_reserved_connections). */
const RESERVED_FOR_SUPERUSERS = 3;

describe("connection budget", () => {
  it("leaves the server room for its own three reserved connections and for a person with psql", () => {
    expect(peakConnections()).toBeLessThanOrEqual(SERVER_MAX_CONNECTIONS - RESERVED_FOR_SUPERUSERS - 5);
  });

  it("also fits a managed PostgreSQL with a maximum of 50 connections", () => {
    expect(peakConnections()).toBeLessThanOrEqual(50 - RESERVED_FOR_SUPERUSERS);
  });
});
