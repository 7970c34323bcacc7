import { type Engine, normalizeEngine } from "@/lib/domain/engine-version";
import type { PlainDate } from "@/lib/domain/plain-date";
import data from "./data/instance-types.json";
import { openReferenceFile, type Provenance, type ReferenceRow } from "./reference-row";

/** One instance type for one engine and deployment mode, as the developer guide describes it. */
export interface InstanceTypeOffer extends Provenance {
  readonly engine: Engine;
  /** SINGLE_INSTANCE, ACTIVE_STANDBY_MULTI_AZ or CLUSTER_MULTI_AZ; null for retired types, whose modes are no longer documented. */
  readonly deploymentMode: string | null;
  readonly instanceType: string;
  readonly vcpu: number | null;
  readonly memoryGib: number | null;
  readonly storageTypes: readonly string[];
  /** ActiveMQ: GB of the broker's data store. */
  readonly storageQuotaGb: number | null;
  /** RabbitMQ: GB of disk per node when no size was chosen; DescribeBroker.StorageSize is absent then. */
  readonly diskGbPerNodeDefault: number | null;
  /** RabbitMQ 4.x clusters on m7g: largest GB per node that can be chosen, in steps of `diskStepGb`. */
  readonly diskGbPerNodeMax: number | null;
  readonly diskStepGb: number | null;
  /** Nodes of one broker: 1, 2 (active/standby) or 3 (cluster); null for retired types. */
  readonly nodes: number | null;
  readonly memoryHighWatermarkGib: number | null;
  /** RabbitMQ on m5: watermark as a share of memory. */
  readonly memoryHighWatermarkRelative: number | null;
  readonly diskFreeLimitGib: number | null;
  /** Gbit/s, "baseline/burst" or one figure. */
  readonly networkGbps: string | null;
  /** Evaluation, Production or retired. */
  readonly recommendedUse: string;
  /** Newest engine line that runs on the type; null when there is no such bound. */
  readonly maxEngineLine: string | null;
  readonly creatable: boolean;
  readonly lastCreatableOn: PlainDate | null;
  readonly endOfSupport: PlainDate | null;
}

const file = openReferenceFile("instance-types", data);

/** Every type, engine and deployment mode. Source: Amazon MQ developer guide; DescribeBrokerInstanceOptions is the live truth. */
export const INSTANCE_TYPES: readonly InstanceTypeOffer[] = file.rows.map(readInstanceType);

const byKey = new Map(INSTANCE_TYPES.map((row) => [keyOf(row.engine, row.instanceType, row.deploymentMode), row]));

/** The row of a type in a deployment mode (the retired types have one for all modes); undefined when it is not documented. */
export function findInstanceTypeOffer(
  engine: Engine,
  instanceType: string,
  deploymentMode: string,
): InstanceTypeOffer | undefined {
  return byKey.get(keyOf(engine, instanceType, deploymentMode)) ?? byKey.get(keyOf(engine, instanceType, null));
}

/** Documented types of an engine and deployment mode, in the data's order. */
export function instanceTypesOf(engine: Engine, deploymentMode: string): readonly InstanceTypeOffer[] {
  return INSTANCE_TYPES.filter((row) => row.engine === engine && row.deploymentMode === deploymentMode);
}

/** `mq.m7g` of `mq.m7g.large`: what a move between families is about. Undefined when the text has no such shape. */
export function instanceFamily(instanceType: string): string | undefined {
  return /^(mq\.[a-z0-9]+)\.[a-z0-9]+$/.exec(instanceType)?.[1];
}

/** Whether AWS recommends the type for evaluation only; null when the type is not documented. */
export function isEvaluationSize(engine: Engine, instanceType: string): boolean | null {
  const rows = INSTANCE_TYPES.filter((row) => row.engine === engine && row.instanceType === instanceType);
  return rows.length === 0 ? null : rows.every((row) => row.recommendedUse === "Evaluation");
}

function keyOf(engine: Engine, instanceType: string, deploymentMode: string | null): string {
  return `${engine} ${instanceType} ${deploymentMode ?? ""}`;
}

function readInstanceType(row: ReferenceRow): InstanceTypeOffer {
  return {
    engine: normalizeEngine(row.text("engine")),
    deploymentMode: row.optionalText("deployment_mode"),
    instanceType: row.text("instance_type"),
    vcpu: row.optionalNumber("vcpu"),
    memoryGib: row.optionalNumber("memory_gib"),
    storageTypes: row.texts("storage_types"),
    storageQuotaGb: row.optionalNumber("storage_quota_gb"),
    diskGbPerNodeDefault: row.optionalNumber("disk_gb_per_node_default"),
    diskGbPerNodeMax: row.optionalNumber("disk_gb_per_node_max_configurable"),
    diskStepGb: row.optionalNumber("disk_step_gb"),
    nodes: row.optionalNumber("nodes") ?? row.optionalNumber("brokers_billed"),
    memoryHighWatermarkGib: row.optionalNumber("memory_high_watermark_gib"),
    memoryHighWatermarkRelative: row.optionalNumber("memory_high_watermark_relative"),
    diskFreeLimitGib: row.optionalNumber("disk_free_limit_gib"),
    networkGbps: row.optionalText("network_gbps_baseline_burst"),
    recommendedUse: row.text("recommended_use"),
    maxEngineLine: row.optionalText("max_engine_line"),
    creatable: row.flag("creatable"),
    lastCreatableOn: row.optionalDate("no_create_after"),
    endOfSupport: row.optionalDate("end_of_support"),
    ...row.provenance,
  };
}
