"use client";

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { MonthlyFigure, RecommendationState } from "@/components/recommendation/recommendation-marks";
import { changeText, KIND_LABELS } from "@/components/recommendation/recommendation-words";
import { AllClear } from "@/components/states/empty-states";
import { ErrorState } from "@/components/states/error-state";
import { SectionSkeleton } from "@/components/states/section-skeleton";
import { Instant } from "@/components/ui/instant";
import type { RecommendationItem, BrokerRecommendations as Recommendations } from "@/lib/contracts/recommendations";
import { brokerRecommendationsQuery } from "@/lib/queries/recommendations";

const RecommendationDialog = dynamic(
  () => import("@/components/recommendation/recommendation-dialog").then((module) => module.RecommendationDialog),
  { ssr: false },
);

const OUTCOME_WORDS: Readonly<Record<Recommendations["outcomes"][number]["outcome"], string>> = {
  recommended: "Recommended",
  dismissed: "Dismissed",
  none: "Nothing to recommend",
  excluded: "Does not apply",
  unknown: "Not known",
};

/** What is recommended for the broker, what was, and why the other kinds are not. */
export function BrokerRecommendations({ id }: { id: string }) {
  const { data, error, refetch, isFetching } = useQuery(brokerRecommendationsQuery(id));
  const [shown, setShown] = useState<RecommendationItem | null>(null);
  if (!data)
    return error ? (
      <ErrorState error={error} what="The recommendations" onRetry={() => void refetch()} retrying={isFetching} />
    ) : (
      <SectionSkeleton label="the recommendations" height={300} />
    );
  const { items, outcomes } = data;
  if (items.length === 0 && outcomes.length === 0)
    return <AllClear title="Not judged yet">The next sync judges what could be saved.</AllClear>;
  return (
    <SpaceBetween size="l">
      <Table
        variant="embedded"
        items={items}
        trackBy={({ id: key }) => String(key)}
        wrapLines
        ariaLabels={{ tableLabel: "Recommendations of this broker" }}
        header={<Header variant="h3">Recommendations</Header>}
        empty="Nothing is recommended, and nothing was."
        columnDefinitions={[
          { id: "kind", header: "Recommendation", isRowHeader: true, cell: ({ kind }) => KIND_LABELS[kind] },
          { id: "monthly", header: "Per month", cell: (item) => <MonthlyFigure item={item} /> },
          { id: "change", header: "Change", cell: ({ detail }) => changeText(detail.change) },
          { id: "state", header: "State", minWidth: 130, cell: (item) => <RecommendationState item={item} /> },
          { id: "since", header: "Since", cell: ({ openedAt }) => <Instant at={openedAt} /> },
          {
            id: "evidence",
            header: "Evidence",
            cell: (item) => (
              <Button
                variant="inline-link"
                ariaLabel={`Evidence: ${KIND_LABELS[item.kind]}`}
                onClick={() => setShown(item)}
              >
                Show
              </Button>
            ),
          },
        ]}
      />
      {outcomes.length > 0 && (
        <Container header={<Header variant="h3">What every kind says</Header>}>
          <SpaceBetween size="xs">
            {outcomes.map(({ kind, title, outcome, reason }) => (
              <div key={kind}>
                <Box variant="span" fontWeight="bold">
                  {title}
                </Box>
                : {OUTCOME_WORDS[outcome]}. {reason}
              </div>
            ))}
          </SpaceBetween>
        </Container>
      )}
      {shown && <RecommendationDialog item={shown} onClose={() => setShown(null)} />}
    </SpaceBetween>
  );
}
