import { isDeepStrictEqual } from "node:util";
import { BROKER_ATTRIBUTES } from "@/lib/db/broker-attributes";
import type { BrokerRecord, NewBrokerChange, NewPayload } from "@/lib/db/broker-store";
import type { BrokerAttribute, BrokerAttributes, ObservedAttributes } from "@/lib/domain/broker";

/** What one sync learned of one broker. */
export type BrokerObservation =
  | {
      kind: "described";
      arn: string;
      brokerId: string;
      attributes: ObservedAttributes;
      payload: unknown;
      payloadHash: string;
    }
  /** Listed, but its description failed; `attributes` is what the listing tells. `failure` null: describing failed for the whole scope. */
  | { kind: "listed"; arn: string; brokerId: string; attributes: ObservedAttributes; failure: string | null }
  /** Known, in no listing, and its description failed: nothing is proved. */
  | { kind: "unreachable"; arn: string; brokerId: string; failure: string }
  /** The listing was complete without it and DescribeBroker answered not-found. */
  | { kind: "gone"; arn: string; brokerId: string };

export interface ObservationScope {
  accountId: string;
  region: string;
  /** Business time of the run. */
  at: Date;
  /** When the scope's descriptions were read before this run; null: never. */
  describedBefore: Date | null;
  /** When the scope's listing was last complete before this run; null: this is the first look, and what it shows is not news. */
  listedBefore: Date | null;
}

export interface MergedObservation {
  /** The broker as it is to be stored; null when nothing changed. */
  record: BrokerRecord | null;
  payload: NewPayload | null;
  changes: NewBrokerChange[];
}

/**
 * The stored state after an observation, and what changed. An attribute the observation lacks keeps its last known value with the instant it was
 * observed. Pure.
 */
export function mergeObservation(
  stored: BrokerRecord | null,
  observation: BrokerObservation,
  scope: ObservationScope,
): MergedObservation {
  if (!stored) return firstSight(observation, scope);
  const before = observedInstant(stored, scope);
  const attributes: Partial<BrokerAttributes> = { ...stored.attributes };
  const attributeObservedAt = { ...stored.attributeObservedAt };
  const changes: NewBrokerChange[] = [];
  const next: BrokerRecord = { ...stored };

  if (observation.kind === "described" || observation.kind === "listed") {
    for (const attribute of BROKER_ATTRIBUTES) {
      const seen = observation.attributes[attribute];
      if (seen === undefined) {
        if (observation.kind === "described" && attributes[attribute] !== undefined && before) {
          attributeObservedAt[attribute] ??= before.toISOString();
        }
        continue;
      }
      const previous = attributeObservedAt[attribute];
      changes.push(...changesOf(stored, attribute, seen, previous === undefined ? before : new Date(previous)));
      assign(attributes, attribute, seen);
      delete attributeObservedAt[attribute];
    }
    next.attributes = {
      ...attributes,
      name: attributes.name ?? stored.attributes.name,
      state: attributes.state ?? stored.attributes.state,
    };
    next.attributeObservedAt = attributeObservedAt;
    next.brokerId = observation.brokerId;
    next.goneAt = null;
  }
  if (observation.kind === "described") {
    next.payloadHash = observation.payloadHash;
    next.describedUntil = null;
    next.descriptionFailure = null;
  }
  if (observation.kind === "unreachable" || (observation.kind === "listed" && observation.failure !== null)) {
    next.descriptionFailure = observation.failure;
    // A broker that was never described has no instant to keep: its payload hash is null, and its attributes are the listing's.
    next.describedUntil = stored.payloadHash === null ? null : before;
  }
  if (observation.kind === "gone") next.goneAt = stored.goneAt ?? scope.at;
  if ((stored.goneAt === null) !== (next.goneAt === null)) {
    const [oldValue, newValue] = next.goneAt ? ["present", "gone"] : ["gone", "present"];
    changes.push({
      arn: stored.arn,
      attribute: "presence",
      oldValue,
      newValue,
      previousObservedAt: scope.listedBefore,
    });
  }
  const payload =
    observation.kind === "described" && observation.payloadHash !== stored.payloadHash
      ? { arn: stored.arn, payload: observation.payload, hash: observation.payloadHash }
      : null;
  return { record: isDeepStrictEqual(stored, next) ? null : next, payload, changes };
}

function firstSight(observation: BrokerObservation, scope: ObservationScope): MergedObservation {
  if (observation.kind === "gone" || observation.kind === "unreachable")
    return { record: null, payload: null, changes: [] };
  const { arn, brokerId, attributes } = observation;
  const described = observation.kind === "described";
  return {
    record: {
      arn,
      brokerId,
      accountId: scope.accountId,
      region: scope.region,
      attributes,
      payloadHash: described ? observation.payloadHash : null,
      attributeObservedAt: {},
      describedUntil: null,
      descriptionFailure: described
        ? null
        : (observation.failure ?? "Broker descriptions of this region could not be read."),
      firstSeenAt: scope.at,
      goneAt: null,
    },
    payload: described ? { arn, payload: observation.payload, hash: observation.payloadHash } : null,
    changes: scope.listedBefore
      ? [{ arn, attribute: "presence", oldValue: null, newValue: "present", previousObservedAt: scope.listedBefore }]
      : [],
  };
}

/** The instant the stored attributes are of, before this run. */
function observedInstant(stored: BrokerRecord, scope: ObservationScope): Date | null {
  return stored.describedUntil ?? (stored.payloadHash === null ? scope.listedBefore : scope.describedBefore);
}

/** An attribute seen for the first time is not a change. Tags change one by one. */
function changesOf(
  stored: BrokerRecord,
  attribute: BrokerAttribute,
  seen: unknown,
  previousObservedAt: Date | null,
): NewBrokerChange[] {
  const known = stored.attributes[attribute];
  if (known === undefined || isDeepStrictEqual(known, seen)) return [];
  if (attribute !== "tags")
    return [{ arn: stored.arn, attribute, oldValue: known, newValue: seen, previousObservedAt }];
  // Maps, because a tag may be called "constructor".
  const oldTags = new Map(Object.entries(stored.attributes.tags ?? {}));
  const newTags = new Map(isTags(seen) ? Object.entries(seen) : []);
  const keys = [...new Set([...oldTags.keys(), ...newTags.keys()])].sort();
  return keys
    .filter((key) => oldTags.get(key) !== newTags.get(key))
    .map((key) => ({
      arn: stored.arn,
      attribute: `tag:${key}`,
      oldValue: oldTags.get(key) ?? null,
      newValue: newTags.get(key) ?? null,
      previousObservedAt,
    }));
}

function isTags(value: unknown): value is Readonly<Record<string, string>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function assign<A extends BrokerAttribute>(
  attributes: Partial<BrokerAttributes>,
  attribute: A,
  value: BrokerAttributes[A] | undefined,
): void {
  attributes[attribute] = value;
}
