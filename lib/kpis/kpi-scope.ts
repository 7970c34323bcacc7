import { presenceClass } from "@/lib/domain/broker";
import { Decimal } from "@/lib/domain/money";
import type { FleetSnapshot, KpiBroker, KpiContributor, KpiExclusion, KpiValue } from "@/lib/kpis/define-kpi";

/** The brokers of a snapshot as every KPI over brokers counts them (semantics: presence). */
export interface KpiScope {
  /** In scope: in service, no replica, not gone. Stale ones are among them. */
  brokers: readonly KpiBroker[];
  exclusions: readonly KpiExclusion[];
  /** The oldest observation among the brokers whose facts are counted; stale ones are not. */
  asOf: Date | null;
  caveats: readonly string[];
  synced: boolean;
  /** Set when there is nothing to compute from. */
  unavailable: string | null;
}

/** How far back gone brokers, and episodes that ended, are among the facts: the longest period that a KPI looks at, and a margin. */
export const FACT_DAYS = 400;

const EXCLUDED = {
  replica: "Replica of cross-region replication",
  "not-in-service": "Being created or deleted, or creation failed",
  gone: `Gone in the last ${FACT_DAYS} days`,
} as const;

const scopes = new WeakMap<FleetSnapshot, KpiScope>();

/** The brokers of a snapshot sorted into those in scope and the exclusions, with counts. Snapshots never change, so each is sorted once. */
export function kpiScope(snapshot: FleetSnapshot): KpiScope {
  const known = scopes.get(snapshot);
  if (known) return known;
  const scope = sortBrokers(snapshot);
  scopes.set(snapshot, scope);
  return scope;
}

function sortBrokers(snapshot: FleetSnapshot): KpiScope {
  const brokers: KpiBroker[] = [];
  const excluded = { replica: 0, "not-in-service": 0, gone: 0 };
  let oldest: Date | null = null;
  let stale = 0;
  for (const broker of snapshot.brokers) {
    const { goneAt, attributes, observedAt } = broker.snapshot;
    const presence = presenceClass({ goneAt, state: attributes.state });
    if (presence !== "in-scope") {
      excluded[presence] += 1;
      continue;
    }
    brokers.push(broker);
    if (broker.stale) stale += 1;
    else if (oldest === null || observedAt < oldest) oldest = observedAt;
  }
  const exclusions = (["replica", "not-in-service", "gone"] as const)
    .filter((presence) => excluded[presence] > 0)
    .map((presence) => ({ reason: EXCLUDED[presence], count: excluded[presence] }));
  return {
    brokers,
    exclusions,
    asOf: oldest,
    caveats: [...staleCaveat(stale), ...snapshot.incompleteScopes],
    synced: snapshot.everSynced,
    unavailable: unavailableReason(snapshot, brokers.length, stale),
  };
}

function staleCaveat(stale: number): string[] {
  if (stale === 0) return [];
  return [
    stale === 1
      ? "1 broker was last observed more than 3 days ago and counts as unknown."
      : `${stale} brokers were last observed more than 3 days ago and count as unknown.`,
  ];
}

function unavailableReason(snapshot: FleetSnapshot, inScope: number, stale: number): string | null {
  if (!snapshot.everSynced) return "No sync has been completed yet.";
  if (inScope === 0) {
    return snapshot.brokers.length === 0
      ? "There are no brokers here."
      : "None of the brokers here is in scope: all are gone, replicas, or not in service.";
  }
  return stale === inScope ? "All brokers here were last observed more than 3 days ago." : null;
}

/** Zero percent would be a statement; nothing is known of any broker. */
const NOTHING_KNOWN = "The answer is not known for any of the brokers here.";

/**
 * The share of brokers as percent, with its parts. `count` says for each broker that is not stale whether it counts, or null when that is not known;
 * what is not known, and stale brokers, are in the denominator only.
 */
export function shareOfBrokers(
  scope: KpiScope,
  brokers: readonly KpiBroker[],
  count: (broker: KpiBroker) => boolean | null,
): KpiValue {
  let numerator = 0;
  let unknowns = 0;
  for (const broker of brokers) {
    const counts = broker.stale ? null : count(broker);
    if (counts === null) unknowns += 1;
    else if (counts) numerator += 1;
  }
  const unavailable = scope.unavailable ?? (unknowns === brokers.length && unknowns > 0 ? NOTHING_KNOWN : null);
  // Counts are given as soon as there is anything to count, so that the parts of a whole add up; a share only when it means something.
  const counted = scope.synced && brokers.length > 0;
  return {
    series: "",
    value: counted && unavailable === null ? percent(numerator, brokers.length) : null,
    numerator: counted ? new Decimal(numerator) : null,
    denominator: counted ? new Decimal(brokers.length) : null,
    unknowns,
    exclusions: scope.exclusions,
    parts: [],
    asOf: scope.asOf,
    unavailable,
    caveats: scope.caveats,
  };
}

/** What a share asks of a broker in scope. */
export interface ShareQuestion {
  /** Why a broker in scope is in neither part; null where it belongs to the denominator. Absent: all do. */
  outside?(broker: KpiBroker): string | null;
  /** Whether it counts; null when that is not known. */
  answer(broker: KpiBroker): boolean | null;
  /** Why the answer is what it is, where that is not plain. */
  reason?(broker: KpiBroker): string | null;
}

/** The brokers behind a share, each in the group in which `shareOfBrokers` counts it. */
export function shareContributors(snapshot: FleetSnapshot, question: ShareQuestion): KpiContributor[] {
  return snapshot.brokers.map((broker): KpiContributor => {
    const base = { series: "", subject: { kind: "broker" as const, broker }, amount: null };
    const { goneAt, attributes } = broker.snapshot;
    const presence = presenceClass({ goneAt, state: attributes.state });
    if (presence !== "in-scope") return { ...base, group: "excluded", reason: EXCLUDED[presence] };
    const outside = question.outside?.(broker) ?? null;
    if (outside !== null) return { ...base, group: "excluded", reason: outside };
    if (broker.stale) return { ...base, group: "unknown", reason: "Last observed more than 3 days ago" };
    const counts = question.answer(broker);
    const reason = question.reason?.(broker) ?? null;
    if (counts === null) return { ...base, group: "unknown", reason };
    return { ...base, group: counts ? "numerator" : "not-in-numerator", reason };
  });
}

/** The brokers that are in no KPI over brokers (`exclusions` of the scope), each with the reason. */
export function leftOutContributors(snapshot: FleetSnapshot, series: string): KpiContributor[] {
  return snapshot.brokers.flatMap((broker): KpiContributor[] => {
    const { goneAt, attributes } = broker.snapshot;
    const presence = presenceClass({ goneAt, state: attributes.state });
    if (presence === "in-scope") return [];
    return [
      { series, group: "excluded", subject: { kind: "broker", broker }, reason: EXCLUDED[presence], amount: null },
    ];
  });
}

/** The value of a share: the denominator is made of the brokers in scope that are not outside the question. */
export function shareValue(snapshot: FleetSnapshot, question: ShareQuestion, nothingInside: string): KpiValue {
  const scope = kpiScope(snapshot);
  const outside = new Map<string, number>();
  const inside = scope.brokers.filter((broker) => {
    const reason = question.outside?.(broker) ?? null;
    if (reason !== null) outside.set(reason, (outside.get(reason) ?? 0) + 1);
    return reason === null;
  });
  const value = shareOfBrokers(scope, inside, question.answer);
  return {
    ...value,
    exclusions: [...value.exclusions, ...[...outside].map(([reason, count]) => ({ reason, count }))],
    unavailable: value.unavailable ?? (inside.length === 0 ? nothingInside : null),
  };
}

/** Digits behind the point of percentages and days: far more than anybody reads, few enough for the database's column. */
const KPI_SCALE = 12;

/** `part` of `whole` as percent. The caller has seen to it that `whole` is positive. */
export function percent(part: number, whole: number): Decimal {
  return new Decimal(part).times(100).dividedBy(whole).toDecimalPlaces(KPI_SCALE);
}

/** Milliseconds as days. */
export function msToDays(ms: number): Decimal {
  return new Decimal(ms).dividedBy(86_400_000).toDecimalPlaces(KPI_SCALE);
}

/** A named count. */
export function countPart(label: string, count: number): KpiValue["parts"][number] {
  return { label, value: String(count), unit: "count" };
}
