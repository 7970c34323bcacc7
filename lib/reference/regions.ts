import type { PlainDate } from "@/lib/domain/plain-date";
import data from "./data/regions.json";
import { openReferenceFile, type Provenance } from "./reference-row";

/** A region in which Amazon MQ is offered. */
export interface MqRegion extends Provenance {
  readonly region: string;
  readonly name: string;
  /** aws, aws-cn, aws-us-gov, aws-eusc: credentials of one partition are worth nothing in another. */
  readonly partition: string;
  /** Off until the account enables it; calls to a region that is off fail with an authentication error. */
  readonly optIn: boolean;
  /** Short code that precedes usage types on bills (USE1, EU, APS3 ...); null when not known. */
  readonly usagePrefix: string | null;
  readonly usagePrefixAliases: readonly string[];
  readonly usagePrefixVerified: boolean;
  /** Day of the release note; null for regions older than the notes read. */
  readonly availableSince: PlainDate | null;
  /** Instance families that are not offered there (mq.m7g). */
  readonly familiesNotOffered: readonly string[];
}

const file = openReferenceFile("regions", data);

/** Every region with Amazon MQ. */
export const MQ_REGIONS: readonly MqRegion[] = file.rows.map((row) => ({
  region: row.text("region"),
  name: row.text("name"),
  partition: row.text("partition"),
  optIn: row.flag("opt_in"),
  usagePrefix: row.optionalText("usage_prefix"),
  usagePrefixAliases: row.texts("usage_prefix_aliases"),
  usagePrefixVerified: row.flag("usage_prefix_verified"),
  availableSince: row.optionalDate("available_since"),
  familiesNotOffered: row.texts("families_not_offered"),
  ...row.provenance,
}));

const byRegion = new Map(MQ_REGIONS.map((row) => [row.region, row]));
const byPrefix = new Map(
  MQ_REGIONS.flatMap((row) => [
    ...(row.usagePrefix ? [[row.usagePrefix, { region: row.region, verified: row.usagePrefixVerified }] as const] : []),
    ...row.usagePrefixAliases.map((alias) => [alias, { region: row.region, verified: false }] as const),
  ]),
);

/** The region by its code; undefined when Amazon MQ is not known to exist there. */
export function findMqRegion(region: string): MqRegion | undefined {
  return byRegion.get(region);
}

/** Regions of a partition (default the commercial one), in the data's order: what a sync reads unless told otherwise. */
export function regionsOfPartition(partition = "aws"): readonly MqRegion[] {
  return MQ_REGIONS.filter((row) => row.partition === partition);
}

/** The region that a billing short code stands for, and whether that was read in AWS's own table. */
export function regionOfUsagePrefix(
  prefix: string,
): { readonly region: string; readonly verified: boolean } | undefined {
  return byPrefix.get(prefix);
}
