import type { z } from "zod";
import type { ListQuery } from "@/lib/contracts/common";
import type {
  BrokerRecommendations,
  RecommendationItem,
  RecommendationPage,
  RecommendationTotals,
  recommendationExport,
} from "@/lib/contracts/recommendations";
import { RECOMMENDATION_KIND_DEFINITIONS } from "@/lib/cost/recommendations/registry";
import { RECOMMENDATION_THRESHOLDS } from "@/lib/cost/recommendations/thresholds";
import { planBroker } from "@/lib/db/plan-store";
import {
  judgedBrokers,
  listRecommendations,
  outcomesOfBroker,
  type RecommendationListInput,
  recommendationSums,
  recommendationsOfBroker,
} from "@/lib/db/recommendation-queries";
import { AppError } from "@/lib/domain/errors";
import { plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { isRecommendationKind } from "@/lib/domain/recommendation";
import { readOutcomes } from "@/lib/domain/recommendation-outcome";
import { priceListAsOf } from "@/lib/reference/prices";
import type { Ctx } from "@/lib/services/ctx";
import { currentPrices } from "@/lib/services/current-prices";
import { csvResponse } from "@/lib/services/read/csv";
import { type AskedPage, everyPage, itemsForJson } from "@/lib/services/read/every-page";
import { readFreshness } from "@/lib/services/read/freshness";
import { recommendationItemOf } from "@/lib/services/read/recommendation-item";
import { remembered } from "@/lib/services/read/remembered";

/** A page of cost recommendations with the sums of everything that matches; by default the open ones, the largest first. Errors: invalid-input. */
export function readRecommendations(call: { ctx: Ctx; input: ListQuery }): Promise<RecommendationPage> {
  return remembered(call, "recommendations", () => computePage(call));
}

async function computePage({ ctx, input }: { ctx: Ctx; input: ListQuery }): Promise<RecommendationPage> {
  const now = ctx.clock.now();
  const query = listInput(ctx, input);
  const [page, totals, freshness, prices] = await Promise.all([
    listRecommendations(ctx.db, query),
    totalsOf(ctx, query),
    readFreshness({ ctx }),
    currentPrices(ctx.db, plainDateFromInstantUtc(now)),
  ]);
  return {
    items: page.rows.map(recommendationItemOf),
    total: page.total,
    nextCursor: page.nextCursor,
    asOf: now.toISOString(),
    freshness,
    totals,
    basis: {
      kinds: RECOMMENDATION_KIND_DEFINITIONS.map(({ id, title, definition, nature, version }) => ({
        kind: id,
        title,
        definition,
        nature,
        version,
      })),
      thresholds: Object.values(RECOMMENDATION_THRESHOLDS).map((threshold) => ({ ...threshold })),
      priceListOf: priceListAsOf(prices),
    },
  };
}

function listInput(ctx: Ctx, input: ListQuery): RecommendationListInput {
  return { ...input, today: plainDateFromInstantUtc(ctx.clock.now()) };
}

async function totalsOf(ctx: Ctx, query: RecommendationListInput): Promise<RecommendationTotals> {
  const [{ sums, kinds }, { judged, notJudged }] = await Promise.all([
    recommendationSums(ctx.db, query),
    judgedBrokers(ctx.db, query),
  ]);
  const of = (wanted: string) => sums.flatMap(({ nature, ...sum }) => (nature === wanted ? [sum] : []));
  return {
    judged,
    savings: of("saving"),
    premiums: of("premium"),
    withoutPrice: kinds.reduce((sum, { withoutPrice }) => sum + withoutPrice, 0),
    byKind: kinds.flatMap(({ kind, recommendations }) =>
      isRecommendationKind(kind) ? [{ kind, recommendations }] : [],
    ),
    notJudged: notJudged.flatMap(({ kind, brokers }) => (isRecommendationKind(kind) ? [{ kind, brokers }] : [])),
  };
}

function pagesOf(ctx: Ctx, input: ListQuery) {
  const query = listInput(ctx, input);
  return (page: AskedPage) => listRecommendations(ctx.db, { ...query, ...page });
}

/** Exactly the recommendations that match as one document. Errors: invalid-input, for more than 20,000 as well. */
export async function exportRecommendationsJson({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: ListQuery;
}): Promise<z.input<typeof recommendationExport>> {
  const items = await itemsForJson("recommendations", pagesOf(ctx, input), recommendationItemOf);
  const totals = await totalsOf(ctx, listInput(ctx, input));
  return { asOf: ctx.clock.now().toISOString(), total: items.length, totals, items };
}

const HEADER = [
  "Recommendation",
  "Kind",
  "Nature",
  "State",
  "Broker",
  "Broker id",
  "Account",
  "Region",
  "Engine",
  "Engine version",
  "Instance type",
  "Deployment mode",
  "Environment",
  "Owner",
  "Per month",
  "Currency",
  "Why without a figure",
  "Counted in sums",
  "Priced by",
  "Price list of",
  "Billed per month now",
  "Billed currency",
  "Billed basis",
  "Change",
  "From",
  "To",
  "Summary",
  "Confidence",
  "Confidence reasons",
  "Window from",
  "Window until",
  "Days with data",
  "Evidence",
  "Steps",
  "Opened at",
  "Last confirmed at",
  "Ended at",
  "End cause",
  "Ended by",
  "End reason",
  "Dismissed until",
  "Realised per month",
  "Realised currency",
  "Realised: how",
];

/** Exactly the recommendations that match, as CSV, in the order of the list. Errors: invalid-input. */
export function exportRecommendations({ ctx, input }: { ctx: Ctx; input: ListQuery }): Promise<Response> {
  const pages = everyPage(pagesOf(ctx, input), recommendationItemOf);
  return csvResponse(`recommendations-${ctx.clock.now().toISOString().slice(0, 10)}.csv`, HEADER, pages, cellsOf);
}

function cellsOf(r: RecommendationItem) {
  const { detail } = r;
  const { price, window } = detail;
  return [
    r.id,
    r.kind,
    r.nature,
    r.state,
    r.broker.name,
    r.broker.id,
    r.accountId,
    r.region,
    r.engine,
    r.engineVersion,
    r.instanceType,
    r.deploymentMode,
    r.environment,
    r.owner?.displayName,
    r.monthly.known ? r.monthly.amount : null,
    r.monthly.known ? r.monthly.currency : null,
    r.monthly.known ? null : r.monthly.reason,
    r.counted,
    price.basis,
    r.monthly.known ? r.monthly.priceListOf : null,
    price.billed?.amount,
    price.billed?.currency,
    price.billed?.basis,
    detail.change.attribute,
    detail.change.from,
    detail.change.to,
    detail.summary,
    r.confidence,
    detail.confidence.reasons.join("; "),
    window?.from,
    window?.until,
    window?.daysWithData,
    detail.metrics
      .map(
        ({ name, statistic, value, unit, limit }) =>
          `${name} (${statistic}) ${value} ${unit}${limit === null ? "" : `, at most ${limit}`}`,
      )
      .join("; "),
    detail.steps.join(" "),
    r.openedAt,
    r.lastSeenAt,
    r.endedAt,
    r.endCause,
    r.endedBy,
    r.endReason,
    r.dismissedUntil,
    r.realised?.monthly?.amount,
    r.realised?.monthly?.currency,
    r.realised?.explanation,
  ];
}

/** The recommendations of a broker, open ones first, and what every kind says of it. Errors: not-found. */
export async function readBrokerRecommendations({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { id: string };
}): Promise<BrokerRecommendations> {
  const broker = await planBroker(ctx.db, input.id);
  if (!broker) throw new AppError("not-found", `There is no broker ${input.id}.`);
  const [rows, stored] = await Promise.all([
    recommendationsOfBroker(ctx.db, broker.id, plainDateFromInstantUtc(ctx.clock.now())),
    outcomesOfBroker(ctx.db, broker.id),
  ]);
  const outcomes = readOutcomes(stored);
  return {
    items: rows.map(recommendationItemOf),
    outcomes: RECOMMENDATION_KIND_DEFINITIONS.flatMap(({ id, title }) => {
      const said = outcomes.find(({ kind }) => kind === id);
      return said ? [{ kind: id, title, outcome: said.outcome, reason: said.reason }] : [];
    }),
  };
}
