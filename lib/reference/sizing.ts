import { type Engine, normalizeEngine } from "@/lib/domain/engine-version";
import data from "./data/sizing.json";
import { openReferenceFile, type Provenance } from "./reference-row";

/** Resource limits of RabbitMQ on an instance type. ActiveMQ has no such table; its connection limits are quotas. */
export interface Sizing extends Provenance {
  /** `maximum`: hard limit; `default`: configurable default of RabbitMQ 4; `default-policy`: policy of new brokers' default vhost. */
  readonly kind: "maximum" | "default" | "default-policy";
  readonly engine: Engine;
  readonly deploymentMode: string;
  readonly instanceType: string;
  /** Lines it holds for, in words; null for all. */
  readonly engineLines: string | null;
  readonly connectionsPerNode: number | null;
  readonly channelsPerNode: number | null;
  readonly consumersPerChannel: number | null;
  readonly queues: number | null;
  readonly vhosts: number | null;
  readonly shovels: number | null;
  readonly exchanges: number | null;
  readonly maxMessageBytes: number | null;
  readonly policyMaxLength: number | null;
  readonly vhostMaxQueues: number | null;
  readonly vhostMaxConnections: number | null;
  /** Queue type the figures assume; null when not said. */
  readonly queueTypeBasis: string | null;
}

const file = openReferenceFile("sizing", data);

/** Every row. Source: Amazon MQ developer guide, sizing guidelines and default limits. */
export const SIZINGS: readonly Sizing[] = file.rows.map((row) => ({
  kind: row.oneOf("kind", ["maximum", "default", "default-policy"]),
  engine: normalizeEngine(row.text("engine")),
  deploymentMode: row.text("deployment_mode"),
  instanceType: row.text("instance_type"),
  engineLines: row.optionalText("engine_line"),
  connectionsPerNode: row.optionalNumber("connections_per_node"),
  channelsPerNode: row.optionalNumber("channels_per_node"),
  consumersPerChannel: row.optionalNumber("consumers_per_channel"),
  queues: row.optionalNumber("queues"),
  vhosts: row.optionalNumber("vhosts"),
  shovels: row.optionalNumber("shovels"),
  exchanges: row.optionalNumber("exchanges"),
  maxMessageBytes: row.optionalNumber("max_message_bytes"),
  policyMaxLength: row.optionalNumber("policy_max_length"),
  vhostMaxQueues: row.optionalNumber("vhost_max_queues"),
  vhostMaxConnections: row.optionalNumber("vhost_max_connections"),
  queueTypeBasis: row.optionalText("queue_type_basis"),
  ...row.provenance,
}));

/** The row of a kind for an instance type and deployment mode; undefined when the guide has none. */
export function findSizing(kind: Sizing["kind"], instanceType: string, deploymentMode: string): Sizing | undefined {
  return SIZINGS.find(
    (row) => row.kind === kind && row.instanceType === instanceType && row.deploymentMode === deploymentMode,
  );
}
