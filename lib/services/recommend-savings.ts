import { createHash } from "node:crypto";
import { countedWaste } from "@/lib/cost/recommendations/count-waste";
import type {
  LiveInstanceOption,
  RecommendationContext,
  RecommendationKindDefinition,
  RecommendationOutcome,
  RecommendationSubject,
  WindowMetric,
} from "@/lib/cost/recommendations/define-recommendation";
import { endOfEpisode } from "@/lib/cost/recommendations/end-of-episode";
import { RECOMMENDATION_METRICS } from "@/lib/cost/recommendations/recommendation-metrics";
import { RECOMMENDATION_KIND_DEFINITIONS } from "@/lib/cost/recommendations/registry";
import { windowOn } from "@/lib/cost/recommendations/window-evidence";
import type { Database } from "@/lib/db/client";
import {
  type MadeRecommendation,
  type OpenRecommendation,
  openRecommendations,
  outcomeHashes,
  type RecommendationChanges,
  standingDismissals,
  storeRecommendations,
} from "@/lib/db/recommendation-store";
import {
  liveInstanceOptions,
  type RecommendationSubjectRow,
  recommendationSubjects,
  windowMetrics,
} from "@/lib/db/recommendation-subject-queries";
import { isStale } from "@/lib/domain/broker";
import { ENVIRONMENTS } from "@/lib/domain/environment";
import { parseDecimal } from "@/lib/domain/money";
import { type PlainDate, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { type RecommendationEndCause, storedAmountOf } from "@/lib/domain/recommendation";
import { groupBy } from "@/lib/kpis/group-by";
import { currentPrices } from "@/lib/services/current-prices";
import { loadMeshMembership } from "@/lib/services/load-mesh-standings";

type Metrics = ReadonlyMap<number, ReadonlyMap<string, WindowMetric>>;
const NO_METRICS: ReadonlyMap<string, WindowMetric> = new Map();

/** Makes, confirms and ends the cost recommendations of the whole fleet as of an instant. Repeating it changes nothing. */
export async function recommendSavings(db: Database, at: Date): Promise<{ opened: number; ended: number }> {
  const today = plainDateFromInstantUtc(at);
  const window = windowOn(today);
  const [rows, metrics, members, prices, offers, open, dismissals, hashes] = await Promise.all([
    recommendationSubjects(db, window.from),
    loadMetrics(db, window),
    loadMeshMembership(db),
    currentPrices(db, today),
    loadOffers(db),
    openRecommendations(db),
    standingDismissals(db, today),
    outcomeHashes(db),
  ]);
  const context: RecommendationContext = {
    today,
    window,
    prices,
    offers: (region) => offers.get(region) ?? [],
  };
  const openOf = groupBy(open, ({ brokerId }) => brokerId);
  const changes = { made: [], confirmed: [], ended: [], kept: [], outcomes: [] } as Collected;
  for (const row of rows) {
    const subject = subjectOf(
      row,
      at,
      metrics.get(row.id) ?? NO_METRICS,
      row.engine === "ACTIVEMQ" ? members.get(row.id) : false,
    );
    judge(
      row,
      subject,
      context,
      { open: openOf.get(row.id) ?? [], dismissals, outcomesHash: hashes.get(row.id) },
      changes,
    );
  }
  const present = new Set(rows.map(({ id }) => id));
  for (const episode of open) {
    if (present.has(episode.brokerId)) continue;
    // A broker that is not gone left with its account: a scope change, which never proves that anything was done.
    const cause = episode.brokerGone ? causeOfGone(episode) : "not-in-service";
    changes.ended.push({
      id: episode.id,
      cause,
      reason: episode.brokerGone ? "The broker is gone." : "Its account is not in scope any more.",
    });
  }
  return storeRecommendations(db, { at, ...changes });
}

type Collected = { -readonly [K in Exclude<keyof RecommendationChanges, "at">]: RecommendationChanges[K][number][] };

function definitionOf(kind: string): RecommendationKindDefinition | undefined {
  return RECOMMENDATION_KIND_DEFINITIONS.find(({ id }) => id === kind);
}

function causeOfGone({ kind }: OpenRecommendation): RecommendationEndCause {
  return definitionOf(kind)?.doneWhen === "deleted" ? "done" : "not-in-service";
}

/** One broker by every kind: what is made, what ends, what stays because it cannot be judged, and which one counts. */
function judge(
  row: RecommendationSubjectRow,
  subject: RecommendationSubject,
  context: RecommendationContext,
  known: {
    open: readonly OpenRecommendation[];
    dismissals: ReadonlySet<string>;
    outcomesHash: string | undefined;
  },
  changes: Collected,
): void {
  const outcomes: Record<string, readonly [string, string]> = {};
  const made: MadeRecommendation[] = [];
  const kept: OpenRecommendation[] = [];
  for (const definition of RECOMMENDATION_KIND_DEFINITIONS) {
    const { id: kind, nature } = definition;
    const outcome = definition.evaluate(subject, context);
    const dismissed = outcome.outcome === "recommended" && known.dismissals.has(`${row.id} ${kind}`);
    outcomes[kind] = [dismissed ? "dismissed" : outcome.outcome, wordsOf(outcome)];
    const episode = known.open.find((candidate) => candidate.kind === kind);
    const end = episode && endOfEpisode(definition, episode.changeFrom, subject, outcome);
    if (episode && end) changes.ended.push({ id: episode.id, ...end });
    if (outcome.outcome === "recommended" && !dismissed && !end) {
      const { detail } = outcome;
      made.push({
        brokerId: row.id,
        kind,
        nature,
        detail,
        detailHash: hashOf(detail),
        ...(detail.monthly.known
          ? { monthly: detail.monthly.amount, currency: detail.monthly.currency }
          : { monthly: null, currency: null }),
        confidence: detail.confidence.level,
        counted: false,
      });
    } else if (episode && !end) kept.push(episode);
  }
  const countable = [
    ...made.map((item) => ({ kind: item.kind, nature: item.nature, monthly: item.detail.monthly })),
    ...kept.map((item) => ({ kind: item.kind, nature: item.nature, monthly: storedAmountOf(item) })),
  ];
  const counted = countedWaste(countable)?.kind;
  for (const item of made) {
    const same = known.open.find(({ kind, detailHash }) => kind === item.kind && detailHash === item.detailHash);
    if (same) changes.confirmed.push({ id: same.id, counted: item.kind === counted });
    else changes.made.push({ ...item, counted: item.kind === counted });
  }
  changes.kept.push(...kept.map(({ id, kind }) => ({ id, counted: kind === counted })));
  const hash = hashOf(outcomes);
  if (hash !== known.outcomesHash) changes.outcomes.push({ brokerId: row.id, outcomes, hash });
}

/** Key orders are those of the code that makes the value. */
function hashOf(value: object): string {
  return createHash("sha1").update(JSON.stringify(value)).digest("base64");
}

function wordsOf(outcome: RecommendationOutcome): string {
  return outcome.outcome === "recommended" ? outcome.detail.summary : outcome.reason;
}

function subjectOf(
  row: RecommendationSubjectRow,
  at: Date,
  metrics: ReadonlyMap<string, WindowMetric>,
  meshMember: boolean | null | undefined,
): RecommendationSubject {
  const { environmentSource, replicationMode, monthlyCost, costCurrency, costBasis } = row;
  return {
    region: row.region,
    attributes: {
      name: row.name,
      state: row.state,
      ...(row.engine === "UNKNOWN" ? {} : { engine: row.engine }),
      engineVersion: row.engineVersion,
      deploymentMode: row.deploymentMode,
      instanceType: row.instanceType,
      storageType: row.storageType,
      storageSizeGb: row.storageSizeGb,
    },
    environment: {
      environment: ENVIRONMENTS.find((environment) => environment === row.environment) ?? "unclassified",
      source: environmentSource === "tag" || environmentSource === "account-default" ? environmentSource : "none",
      countsAsProduction: row.countsAsProduction,
    },
    stale: isStale(row.observedAt, at),
    gone: false,
    existsSince: row.existsSince,
    replicated: replicationMode !== null && replicationMode !== "NONE",
    meshMember: meshMember ?? null,
    instanceTypeChangedOn: row.instanceTypeChangedOn,
    pendingInstanceType: row.pendingInstanceType,
    metrics,
    billed:
      monthlyCost !== null && costCurrency !== null
        ? { amount: parseDecimal(monthlyCost), currency: costCurrency, basis: costBasis ?? "ambiguous" }
        : null,
  };
}

async function loadMetrics(db: Database, window: { from: PlainDate; until: PlainDate }): Promise<Metrics> {
  const rows = await windowMetrics(db, { start: window.from, endExclusive: window.until }, RECOMMENDATION_METRICS);
  return new Map(
    rows.map(({ brokerId, metrics }) => [
      brokerId,
      new Map(Object.entries(metrics).map(([name, [peak, low, mean, days]]) => [name, { peak, low, mean, days }])),
    ]),
  );
}

async function loadOffers(db: Database): Promise<ReadonlyMap<string, readonly LiveInstanceOption[]>> {
  const byRegion = new Map<string, LiveInstanceOption[]>();
  for (const { region, payload, ...option } of await liveInstanceOptions(db)) {
    const options = byRegion.get(region) ?? [];
    options.push({
      ...option,
      deploymentModes: textsOf(payload, "deploymentModes"),
      engineVersions: textsOf(payload, "engineVersions"),
    });
    byRegion.set(region, options);
  }
  return byRegion;
}

function textsOf(payload: unknown, key: string): string[] {
  if (typeof payload !== "object" || payload === null) return [];
  const value: unknown = Object.entries(payload).find(([name]) => name === key)?.[1];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}
