import { isKnownEngine, type KnownEngine } from "@/lib/domain/engine-version";
import { INSTANCE_TYPES } from "./instance-types";
import { regionOfUsagePrefix } from "./regions";

/** How an attribute is known: the usage type says it (`proved`), it follows from other reference facts (`inferred`), or not at all. */
export type Certainty = "proved" | "inferred" | "unknown";

/** A value with how it is known; null exactly when `unknown`. Only proved values may narrow an allocation without marking it. */
export type Known<T> =
  | { readonly value: T; readonly certainty: "proved" | "inferred" }
  | { readonly value: null; readonly certainty: "unknown" };

export type UsageKind = "instance" | "storage" | "transfer" | "other";

/** What a usage type of Amazon MQ says about the brokers that can have produced it. */
export interface UsageType {
  /** The text as AWS sent it: what is stored and shown. */
  readonly text: string;
  /** The billing short code in front, also when no region is known for it; null when there is none. */
  readonly regionPrefix: string | null;
  readonly region: Known<string>;
  readonly kind: UsageKind;
  readonly engine: Known<KnownEngine>;
  readonly deploymentMode: Known<"SINGLE_INSTANCE" | "ACTIVE_STANDBY_MULTI_AZ" | "CLUSTER_MULTI_AZ">;
  /** With its `mq.` prefix. */
  readonly instanceType: Known<string>;
  readonly storageType: Known<"EBS" | "EFS">;
}

const UNKNOWN = { value: null, certainty: "unknown" } as const;
const proved = <T>(value: T): Known<T> => ({ value, certainty: "proved" });
const inferred = <T>(value: T): Known<T> => ({ value, certainty: "inferred" });

/**
 * Reads a usage type by its tail, never by the whole text: the spelling for single RabbitMQ and for ActiveMQ instances differs between sources,
 * and AWS adds new ones. What is not recognised is `other` with everything unknown, and stays visible as such. Sources: AWS Cost and Usage Report
 * samples (`USE1-RabbitMQ-3-InstanceUsage:mq.m5.large`), infracost (storage), AWS Region billing codes.
 */
export function parseUsageType(text: string): UsageType {
  const { regionPrefix, region, rest } = splitRegion(text.trim());
  const base = {
    text,
    regionPrefix,
    region,
    engine: UNKNOWN,
    deploymentMode: UNKNOWN,
    instanceType: UNKNOWN,
    storageType: UNKNOWN,
  };

  const instance = /:(mq\.[a-z0-9]+\.[a-z0-9]+)$/i.exec(rest)?.[1]?.toLowerCase();
  if (instance) {
    const engine = engineOfInstanceUsage(rest, instance);
    return {
      ...base,
      kind: "instance",
      engine,
      deploymentMode: modeOf(rest, engine.value),
      instanceType: proved(instance),
    };
  }
  if (/TimedStorage|StorageUsage/i.test(rest)) return { ...base, kind: "storage", ...storageOf(rest) };
  if (/DataTransfer|(^|-)(In|Out)-(ABytes|Bytes|OBytes)$|AWS-(In|Out)-Bytes/i.test(rest)) {
    return { ...base, kind: "transfer", engine: engineNamedIn(rest) };
  }
  return { ...base, kind: "other", engine: engineNamedIn(rest) };
}

function splitRegion(text: string): { regionPrefix: string | null; region: Known<string>; rest: string } {
  const match = /^([A-Z]{2,4}\d{0,2})-(.+)$/.exec(text);
  const prefix = match?.[1];
  const known = prefix === undefined ? undefined : regionOfUsagePrefix(prefix);
  if (match?.[2] && prefix && known) {
    return {
      regionPrefix: prefix,
      region: known.verified ? proved(known.region) : inferred(known.region),
      rest: match[2],
    };
  }
  // A code with a digit is a region's even when we do not know it yet; "MQ-..." or "AWS-..." is not.
  if (match?.[2] && prefix && /\d$/.test(prefix)) return { regionPrefix: prefix, region: UNKNOWN, rest: match[2] };
  // Bills leave the prefix out in us-east-1 alone. Source: Amazon S3 user guide, usage reports: "USE1 (or no prefix)".
  return { regionPrefix: null, region: inferred("us-east-1"), rest: text };
}

function engineNamedIn(rest: string): Known<KnownEngine> {
  if (/Rabbit/i.test(rest)) return proved<KnownEngine>("RABBITMQ");
  return /ActiveMQ/i.test(rest) ? proved<KnownEngine>("ACTIVEMQ") : UNKNOWN;
}

function engineOfInstanceUsage(rest: string, instanceType: string): Known<KnownEngine> {
  const named = engineNamedIn(rest);
  if (named.value) return named;
  const engines = new Set(INSTANCE_TYPES.filter((row) => row.instanceType === instanceType).map((row) => row.engine));
  const [only] = engines;
  return engines.size === 1 && only !== undefined && isKnownEngine(only) ? inferred<KnownEngine>(only) : UNKNOWN;
}

function modeOf(rest: string, engine: KnownEngine | null): UsageType["deploymentMode"] {
  // One unit is one cluster-hour of three nodes. Seen in a real Cost and Usage Report.
  if (/RabbitMQ-3-/i.test(rest)) return proved("CLUSTER_MULTI_AZ" as const);
  if (/Single/i.test(rest)) return inferred("SINGLE_INSTANCE" as const);
  if (/Multi-?AZ/i.test(rest) && engine === "ACTIVEMQ") return inferred("ACTIVE_STANDBY_MULTI_AZ" as const);
  return /Multi-?AZ/i.test(rest) && engine === "RABBITMQ" ? inferred("CLUSTER_MULTI_AZ" as const) : UNKNOWN;
}

function storageOf(rest: string): Pick<UsageType, "engine" | "storageType"> {
  if (/Rabbit/i.test(rest)) return { engine: proved<KnownEngine>("RABBITMQ"), storageType: proved("EBS" as const) };
  if (/TimedStorage-EBS-ByteHrs$/i.test(rest))
    return { engine: proved<KnownEngine>("ACTIVEMQ"), storageType: proved("EBS" as const) };
  if (/TimedStorage-ByteHrs$/i.test(rest))
    return { engine: proved<KnownEngine>("ACTIVEMQ"), storageType: proved("EFS" as const) };
  return { engine: engineNamedIn(rest), storageType: UNKNOWN };
}
