import type { AccountSession, BrokerDescription, ConfigurationRevisionRead, ListedBroker } from "@/lib/aws/gateway";
import {
  type BrokerRecord,
  brokerRecords,
  type KnownBroker,
  type NewBrokerChange,
  type NewPayload,
} from "@/lib/db/broker-store";
import type { Database } from "@/lib/db/client";
import { missingRevisions, type NewRevision, type RevisionRef } from "@/lib/db/configuration-store";
import type { FinishedOutcome, ScopeKey } from "@/lib/db/sync-outcome-store";
import type { ObservedAttributes } from "@/lib/domain/broker";
import type { ItemFailure, SourceResult } from "@/lib/domain/sync";
import { type BrokerObservation, mergeObservation, type ObservationScope } from "@/lib/services/sync-merge-observation";
import { combineResults, outcomeBlockedBy, outcomeOf } from "@/lib/services/sync-outcome-of";
import { ownRegionOf } from "@/lib/services/sync-own-region";

/** What reading the brokers of one account x region came to: three outcomes and the rows that changed. Nothing is stored yet. */
export interface InventoryReading {
  accountId: string;
  region: string;
  outcomes: FinishedOutcome[];
  brokers: BrokerRecord[];
  payloads: NewPayload[];
  changes: NewBrokerChange[];
  revisions: NewRevision[];
  counts: { brokersSeen: number; brokersNew: number; brokersChanged: number; brokersGone: number };
  /** Brokers that exist in the scope: whether metrics are worth asking for. */
  present: number;
}

export interface InventoryInput {
  accountId: string;
  region: string;
  /** The regions that the account is read in. */
  regionsRead: ReadonlySet<string>;
  /** Business time of the run. */
  at: Date;
  describedBefore: Date | null;
  listedBefore: Date | null;
  known: readonly KnownBroker[];
  onProgress?: (source: "mq-descriptions", done: number, expected: number) => void;
}

/** Brokers described at a time: descriptions that changed nothing are dropped before the next ones are asked for. */
const DESCRIBED_AT_ONCE = 200;

/**
 * Lists the brokers of a region, describes every one (those that are known but not listed too: only DescribeBroker's not-found proves that a
 * broker is gone), and reads the configuration revisions that were never read. Reads the database, writes nothing.
 */
export async function readInventory(
  db: Database,
  session: AccountSession,
  input: InventoryInput,
): Promise<InventoryReading> {
  const { accountId, region } = input;
  const key = (source: ScopeKey["source"]): ScopeKey => ({ source, accountId, region });
  const listing = ownRegionOf(await session.listBrokers(region), region, input.regionsRead);
  const listingRequests = mqRequests(session);
  const reading: InventoryReading = {
    accountId,
    region,
    outcomes: [outcomeOf(key("mq-brokers"), listing, { requestCount: listingRequests })],
    brokers: [],
    payloads: [],
    changes: [],
    revisions: [],
    counts: { brokersSeen: listing.items.length, brokersNew: 0, brokersChanged: 0, brokersGone: 0 },
    present: 0,
  };
  if (listing.status !== "complete" && listing.status !== "partial") {
    const why = "Not tried, because the brokers of this region could not be listed.";
    reading.outcomes.push(outcomeBlockedBy(key("mq-descriptions"), listing, why));
    reading.outcomes.push(outcomeBlockedBy(key("mq-configurations"), listing, why));
    return reading;
  }

  const described = await describeAll(db, session, input, listing, reading);
  const describeRequests = mqRequests(session) - listingRequests;
  reading.outcomes.push(
    outcomeOf(key("mq-descriptions"), described.result, {
      itemCount: described.answered,
      expectedCount: described.asked,
      requestCount: describeRequests,
    }),
  );

  const missing = await missingRevisions(db, accountId, region, described.revisions);
  const configurations: SourceResult<ConfigurationRevisionRead> =
    missing.length === 0 ? NOTHING_TO_READ : await session.configurationRevisions(region, missing);
  const engines = new Map(described.revisions.map((ref) => [ref.id, ref.engine]));
  reading.revisions = configurations.items.map((item) => ({
    ...item,
    engine: engines.get(item.configurationId) ?? null,
  }));
  reading.outcomes.push(
    outcomeOf(key("mq-configurations"), configurations, {
      expectedCount: missing.length,
      requestCount: mqRequests(session) - listingRequests - describeRequests,
    }),
  );
  return reading;
}

const NOTHING_TO_READ: SourceResult<never> = {
  status: "complete",
  items: [],
  failures: [],
  errorCode: null,
  message: null,
  wayOut: null,
};

interface Described {
  result: SourceResult<BrokerDescription>;
  /** Brokers that AWS gave an answer for, not-found included. */
  answered: number;
  asked: number;
  revisions: (RevisionRef & { engine: string | null })[];
}

async function describeAll(
  db: Database,
  session: AccountSession,
  input: InventoryInput,
  listing: SourceResult<ListedBroker>,
  reading: InventoryReading,
): Promise<Described> {
  const listed = new Map(listing.items.map((item) => [item.brokerId, item]));
  const known = new Map(input.known.map((broker) => [broker.brokerId, broker]));
  const unlisted = input.known.filter((broker) => broker.goneAt === null && !listed.has(broker.brokerId));
  const ids = [...listed.keys(), ...unlisted.map((broker) => broker.brokerId)];
  const scope: ObservationScope = {
    accountId: input.accountId,
    region: input.region,
    at: input.at,
    describedBefore: input.describedBefore,
    listedBefore: input.listedBefore,
  };
  const results: SourceResult<BrokerDescription>[] = [];
  const revisions = new Map<string, RevisionRef & { engine: string | null }>();
  /** Brokers without an answer; judged at the end, when it is known whether describing failed for the whole scope. */
  const unanswered: { brokerId: string; failure: string }[] = [];
  let answered = 0;

  for (let start = 0; start < ids.length; start += DESCRIBED_AT_ONCE) {
    const slice = ids.slice(start, start + DESCRIBED_AT_ONCE);
    const told = await session.describeBrokers(input.region, slice, (done) =>
      input.onProgress?.("mq-descriptions", start + done, ids.length),
    );
    const result = ofTheirOwn(told, (brokerId) => listed.get(brokerId)?.arn ?? known.get(brokerId)?.arn);
    const failures = new Map(result.failures.map((failure) => [failure.item, failure]));
    const observations: BrokerObservation[] = [];
    const answers = new Map(result.items.map((item) => [item.brokerId, item]));
    for (const brokerId of slice) {
      const answer = answers.get(brokerId);
      if (answer) answered += 1;
      if (answer?.kind === "described") {
        for (const ref of revisionRefs(answer.attributes)) revisions.set(`${ref.id}/${ref.revision}`, ref);
        if (isNews(answer, known.get(brokerId))) observations.push(answer);
      } else if (answer && !listed.has(brokerId) && listing.status === "complete") {
        const arn = known.get(brokerId)?.arn;
        if (arn) observations.push({ kind: "gone", arn, brokerId });
      } else {
        const failure = answer ? NOT_FOUND_UNPROVED : failureText(failures.get(brokerId), result);
        unanswered.push({ brokerId, failure });
      }
    }
    results.push({ ...result, items: [] });
    await merge(db, observations, known, scope, reading);
  }

  const result = combineResults(results);
  const scopeFailed = result.status !== "complete" && result.status !== "partial";
  await merge(db, unansweredObservations(unanswered, listed, known, scopeFailed), known, scope, reading);
  reading.present = ids.length - reading.counts.brokersGone;
  return { result, answered, asked: ids.length, revisions: [...revisions.values()] };
}

/** Descriptions without those that carry the ARN of another broker than the listing has under that id: whose they are cannot be said. */
function ofTheirOwn(
  result: SourceResult<BrokerDescription>,
  arnOf: (brokerId: string) => string | undefined,
): SourceResult<BrokerDescription> {
  const strange = result.items.filter((item) => item.kind === "described" && item.arn !== arnOf(item.brokerId));
  if (strange.length === 0) return result;
  const items = result.items.filter((item) => !strange.includes(item));
  const errorCode = "aws-invalid-response";
  return {
    status: items.length > 0 ? "partial" : "failed",
    items,
    failures: [
      ...result.failures,
      ...strange.map(({ brokerId }) => ({ item: brokerId, errorCode, message: STRANGE_ARN })),
    ],
    errorCode: result.errorCode ?? errorCode,
    message: result.message ?? STRANGE_ARN,
    wayOut: result.wayOut ?? "If a custom endpoint (AWS_ENDPOINT_URL) is in between, check it.",
  };
}

const STRANGE_ARN =
  "DescribeBroker gives another ARN than ListBrokers has for this broker, so the description is not taken.";

const NOT_FOUND_UNPROVED =
  "DescribeBroker answers that there is no such broker, but the listing does not prove it. The next complete listing decides.";

function unansweredObservations(
  unanswered: readonly { brokerId: string; failure: string }[],
  listed: ReadonlyMap<string, ListedBroker>,
  known: ReadonlyMap<string, KnownBroker>,
  scopeFailed: boolean,
): BrokerObservation[] {
  return unanswered.flatMap(({ brokerId, failure }): BrokerObservation[] => {
    const entry = listed.get(brokerId);
    const stored = known.get(brokerId);
    if (entry) {
      // Where the whole scope failed, its own state tells how old the attributes are, and no row needs to say it again.
      const own = scopeFailed && stored ? null : failure;
      return [{ kind: "listed", arn: entry.arn, brokerId, attributes: entry.attributes, failure: own }];
    }
    return stored && !scopeFailed ? [{ kind: "unreachable", arn: stored.arn, brokerId, failure }] : [];
  });
}

/** Whether a description says anything new: its payload, or that the broker can be described (or is there) again. */
function isNews(answer: { payloadHash: string }, known: KnownBroker | undefined): boolean {
  return (
    !known ||
    known.payloadHash !== answer.payloadHash ||
    known.goneAt !== null ||
    known.describedUntil !== null ||
    known.descriptionFailure !== null
  );
}

async function merge(
  db: Database,
  observations: readonly BrokerObservation[],
  known: ReadonlyMap<string, KnownBroker>,
  scope: ObservationScope,
  reading: InventoryReading,
): Promise<void> {
  if (observations.length === 0) return;
  const ids = observations.flatMap((observation) => known.get(observation.brokerId)?.id ?? []);
  const stored = await brokerRecords(db, ids);
  for (const observation of observations) {
    const before = stored.get(observation.arn) ?? null;
    const merged = mergeObservation(before, observation, scope);
    if (merged.record) reading.brokers.push(merged.record);
    if (merged.payload) reading.payloads.push(merged.payload);
    reading.changes.push(...merged.changes);
    if (!merged.record) continue;
    if (!before) reading.counts.brokersNew += 1;
    else if (observation.kind === "gone") reading.counts.brokersGone += 1;
    else if (merged.changes.length > 0) reading.counts.brokersChanged += 1;
  }
}

function revisionRefs(attributes: ObservedAttributes): (RevisionRef & { engine: string | null })[] {
  const { configuration, engine } = attributes;
  return [configuration?.current, configuration?.pending].flatMap((ref) =>
    ref ? [{ id: ref.id, revision: ref.revision, engine: engine ?? null }] : [],
  );
}

function failureText(failure: ItemFailure | undefined, result: SourceResult<unknown>): string {
  if (failure) return failure.message;
  return result.message ?? "AWS gave no description of this broker.";
}

function mqRequests(session: AccountSession): number {
  return session.counts().mq?.requests ?? 0;
}
