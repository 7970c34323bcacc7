"use client";

import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import { engineLabel, ownerSourceLabel, sentenceCase } from "@/components/broker/labels";
import { SupportStatus } from "@/components/broker/support-status";
import { AllClear } from "@/components/states/empty-states";
import { ErrorState } from "@/components/states/error-state";
import { SectionSkeleton } from "@/components/states/section-skeleton";
import { AppLink } from "@/components/ui/app-link";
import { formatAmount, formatCount } from "@/components/ui/figures";
import { listQuery } from "@/lib/contracts/common";
import type { OwnerScorecard } from "@/lib/contracts/owners";
import { brokersQuery } from "@/lib/queries/brokers";
import { cutOf } from "./owner-summary";

/** Brokers shown; the list of brokers has all. */
const SHOWN = 25;

/** The brokers of an owner, those with the worst findings first. */
export function OwnerBrokers({ data: { owner } }: { data: OwnerScorecard }) {
  const query = listQuery.parse({
    owner: owner.key,
    filter: "presence!=gone",
    sort: "severity",
    order: "desc",
    limit: SHOWN,
  });
  const { data, error, refetch, isFetching } = useQuery(brokersQuery(query));
  if (!data) {
    return error ? (
      <ErrorState error={error} what="The brokers" onRetry={() => void refetch()} retrying={isFetching} />
    ) : (
      <SectionSkeleton label="the brokers" height={320} />
    );
  }
  return (
    <Table
      items={data.items}
      trackBy="id"
      wrapLines
      contentDensity="compact"
      ariaLabels={{ tableLabel: "Brokers" }}
      header={
        <Header
          variant="h2"
          counter={`(${formatCount(data.total)})`}
          description={data.total > SHOWN ? `The ${SHOWN} with the worst findings.` : undefined}
          actions={<AppLink href={`/brokers?${cutOf(owner)}`}>All brokers</AppLink>}
        >
          Brokers
        </Header>
      }
      empty={<AllClear title="No broker belongs to it now" />}
      columnDefinitions={[
        {
          id: "name",
          header: "Broker",
          isRowHeader: true,
          minWidth: 180,
          cell: ({ id, name }) => (
            <span className="mqs-break">
              <AppLink href={`/brokers/${id}`}>{name}</AppLink>
            </span>
          ),
        },
        {
          id: "engine",
          header: "Engine",
          cell: ({ engine, engineVersion }) => `${engineLabel(engine)} ${engineVersion ?? "version not known"}`,
        },
        { id: "environment", header: "Environment", cell: ({ environment }) => sentenceCase(environment) },
        {
          id: "support",
          header: "Support",
          minWidth: 150,
          cell: ({ support }) => (
            <SupportStatus status={support.status} stage={support.stage} endOfSupport={support.endOfSupport} />
          ),
        },
        { id: "findings", header: "Open findings", cell: ({ openFindings }) => formatCount(openFindings) },
        {
          id: "cost",
          header: "Run rate per month",
          cell: ({ monthlyCost }) =>
            monthlyCost ? formatAmount(monthlyCost.amount, monthlyCost.currency) : "Not known",
        },
        {
          id: "source",
          header: "Owned by",
          cell: (broker) => (broker.owner ? sentenceCase(ownerSourceLabel(broker.owner.source)) : "–"),
        },
      ]}
    />
  );
}
