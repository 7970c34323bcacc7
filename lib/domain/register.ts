/** Why an incident happened. The register's owner chooses; candidates suggest one. */
export const INCIDENT_CAUSES = [
  "broker-failure",
  "forced-upgrade",
  "version-incompatibility",
  "maintenance",
  "capacity",
  "network",
  "configuration",
  "client",
  "aws-event",
  "other",
] as const;
export type IncidentCause = (typeof INCIDENT_CAUSES)[number];

/** An interruption that somebody recorded. Times are what the person says; the interval is half-open. */
export interface IncidentRecord {
  id: number;
  title: string;
  startedAt: Date;
  /** Null while it lasts. */
  endedAt: Date | null;
  cause: IncidentCause;
  /** Announced and agreed: shown apart, never counted as downtime. */
  planned: boolean;
  applicationIds: readonly number[];
}

/** A fail-over drill: planned, then run. */
export interface DrillRecord {
  id: number;
  /** ISO day it is or was planned for. */
  plannedOn: string;
  startedAt: Date | null;
  recoveredAt: Date | null;
  /** Whether clients went on as expected; null before it was run. */
  successful: boolean | null;
}

/** Something people use that depends on brokers. */
export interface RegisteredApplication {
  id: number;
  name: string;
  /** Promised share of the time, in percent; null where nothing was promised. */
  slaTarget: number | null;
}
