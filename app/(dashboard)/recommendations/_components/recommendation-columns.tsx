"use client";

import Link from "@cloudscape-design/components/link";
import type { TableProps } from "@cloudscape-design/components/table";
import type { ReactNode } from "react";
import { deploymentModeLabel, engineLabel, sentenceCase } from "@/components/broker/labels";
import { type ColumnOption, sortControlLabel } from "@/components/list/column-display";
import { Confidence, MonthlyFigure, RecommendationState } from "@/components/recommendation/recommendation-marks";
import { changeText, KIND_LABELS } from "@/components/recommendation/recommendation-words";
import { AppLink } from "@/components/ui/app-link";
import { formatAmount } from "@/components/ui/figures";
import { Instant } from "@/components/ui/instant";
import { formatDay } from "@/components/ui/times";
import type { RecommendationItem } from "@/lib/contracts/recommendations";

interface Column extends ColumnOption {
  cell(item: RecommendationItem, open: (item: RecommendationItem) => void): ReactNode;
}

const COLUMNS: readonly Column[] = [
  {
    id: "kind",
    label: "Recommendation",
    rank: 1,
    always: true,
    width: 220,
    cell: (item, open) => (
      <Link
        href="#"
        ariaLabel={`${KIND_LABELS[item.kind]}, ${item.broker.name}: evidence`}
        onFollow={(event) => {
          event.preventDefault();
          open(item);
        }}
      >
        {KIND_LABELS[item.kind]}
      </Link>
    ),
  },
  {
    id: "broker",
    label: "Broker",
    rank: 2,
    width: 165,
    cell: ({ broker }) => <AppLink href={`/brokers/${broker.id}?tab=recommendations`}>{broker.name}</AppLink>,
  },
  { id: "monthly", label: "Per month", rank: 3, width: 200, cell: (item) => <MonthlyFigure item={item} /> },
  { id: "change", label: "Change", rank: 4, width: 265, cell: ({ detail }) => changeText(detail.change) },
  {
    id: "confidence",
    label: "Confidence",
    rank: 5,
    width: 130,
    cell: ({ confidence }) => <Confidence level={confidence} />,
  },
  {
    id: "environment",
    label: "Environment",
    rank: 6,
    width: 140,
    cell: ({ environment }) => sentenceCase(environment),
  },
  {
    id: "owner",
    label: "Owner",
    rank: 7,
    width: 150,
    cell: ({ owner }) => <span className="mqs-break">{owner?.displayName ?? "–"}</span>,
  },
  {
    id: "billed",
    label: "Billed now",
    rank: 8,
    width: 140,
    cell: ({ detail: { price } }) => (price.billed ? formatAmount(price.billed.amount, price.billed.currency) : "–"),
  },
  { id: "state", label: "State", rank: null, width: 180, cell: (item) => <RecommendationState item={item} /> },
  {
    id: "engine",
    label: "Engine",
    rank: null,
    width: 140,
    cell: ({ engine, engineVersion }) => `${engineLabel(engine)} ${engineVersion ?? ""}`,
  },
  {
    id: "instanceType",
    label: "Instance type",
    rank: null,
    width: 150,
    cell: ({ instanceType }) => instanceType ?? "–",
  },
  {
    id: "deploymentMode",
    label: "Deployment mode",
    rank: null,
    width: 150,
    cell: ({ deploymentMode }) => (deploymentMode ? deploymentModeLabel(deploymentMode) : "–"),
  },
  { id: "account", label: "Account", rank: null, width: 140, cell: ({ accountId }) => accountId },
  { id: "region", label: "Region", rank: null, width: 140, cell: ({ region }) => region },
  {
    id: "priceList",
    label: "Price list of",
    rank: null,
    width: 140,
    cell: ({ monthly }) => (monthly.known && monthly.priceListOf ? formatDay(monthly.priceListOf) : "–"),
  },
  { id: "openedAt", label: "Since", rank: null, width: 190, cell: ({ openedAt }) => <Instant at={openedAt} /> },
  {
    id: "endedAt",
    label: "Ended",
    rank: null,
    width: 190,
    cell: ({ endedAt }) => (endedAt ? <Instant at={endedAt} /> : "–"),
  },
];

const UNSORTABLE: ReadonlySet<string> = new Set(["change", "billed", "deploymentMode", "priceList"]);

/** What can be shown of a recommendation, for the preferences. */
export const RECOMMENDATION_COLUMN_OPTIONS: readonly ColumnOption[] = COLUMNS;

/** Column definitions of the table; the server sorts, by the property of the column's id. `open` shows the evidence. */
export function recommendationColumns(
  open: (item: RecommendationItem) => void,
): TableProps.ColumnDefinition<RecommendationItem>[] {
  return COLUMNS.map(({ id, label, width, cell }) => ({
    id,
    header: label,
    cell: (item) => cell(item, open),
    width,
    minWidth: 80,
    isRowHeader: id === "kind",
    ...(UNSORTABLE.has(id) ? {} : { sortingField: id, ariaLabel: sortControlLabel(label) }),
  }));
}
