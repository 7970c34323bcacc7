"use client";

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import { CampaignVerdict, PlansProgress } from "@/components/campaign/campaign-marks";
import { AllClear, NeverSynced } from "@/components/states/empty-states";
import { ErrorState } from "@/components/states/error-state";
import { AppLink, useFollow } from "@/components/ui/app-link";
import { formatNumberOf } from "@/components/ui/figures";
import { Status } from "@/components/ui/status";
import { formatDay, formatInstant } from "@/components/ui/times";
import { campaignsQuery } from "@/lib/queries/campaigns";

/** All campaigns: those that go on first, by their deadlines. */
export function CampaignsView() {
  const { data, error, refetch, isFetching } = useQuery(campaignsQuery());
  const follow = useFollow();
  if (data && !data.freshness.everSynced) {
    return (
      <SpaceBetween size="l">
        <Header variant="h1">Campaigns</Header>
        <NeverSynced running={data.freshness.running} runId={data.freshness.lastRunId} />
      </SpaceBetween>
    );
  }
  return (
    <Table
      variant="full-page"
      items={error ? [] : (data?.items ?? [])}
      trackBy={({ id }) => String(id)}
      wrapLines
      loading={!data && !error}
      loadingText="Reading campaigns"
      ariaLabels={{ tableLabel: "Campaigns" }}
      header={
        <Header
          variant="awsui-h1-sticky"
          counter={data ? `(${data.items.length})` : undefined}
          description={`One goal for many brokers by a day: a plan for each, stage by stage.${data ? ` As of ${formatInstant(data.asOf)}` : ""}`}
          actions={
            <Button href="/findings" onFollow={follow}>
              Choose findings
            </Button>
          }
        >
          Campaigns
        </Header>
      }
      empty={
        error ? (
          <ErrorState error={error} what="The list of campaigns" onRetry={() => void refetch()} retrying={isFetching} />
        ) : (
          <AllClear title="There is no campaign">
            Filter the findings, for example by a rule and an engine version, and make a campaign of them.
          </AllClear>
        )
      }
      columnDefinitions={[
        {
          id: "name",
          header: "Campaign",
          isRowHeader: true,
          minWidth: 180,
          cell: ({ id, name }) => (
            <span className="mqs-break">
              <AppLink href={`/plans/campaigns/${id}`}>{name}</AppLink>
            </span>
          ),
        },
        {
          id: "verdict",
          header: "Forecast",
          minWidth: 120,
          cell: (campaign) => <CampaignVerdict campaign={campaign} />,
        },
        {
          id: "progress",
          header: "Progress",
          minWidth: 160,
          cell: ({ name, completed, plans }) => <PlansProgress name={name} completed={completed} plans={plans} />,
        },
        {
          id: "overdue",
          header: "Overdue",
          minWidth: 125,
          cell: ({ overdueSteps }) =>
            overdueSteps > 0 ? <Status type="warning">{formatNumberOf(overdueSteps, "step")}</Status> : "None",
        },
        { id: "deadline", header: "Deadline", minWidth: 120, cell: ({ deadline }) => formatDay(deadline) },
        {
          id: "end",
          header: "End",
          minWidth: 190,
          cell: ({ state, forecast }) =>
            state === "running" ? (
              <div>
                Planned: {forecast.plannedEnd ? formatDay(forecast.plannedEnd) : "no day"}
                <Box variant="small" display="block">
                  {forecast.atThisPace ? `At this pace: ${formatDay(forecast.atThisPace)}` : forecast.unknown}
                </Box>
              </div>
            ) : (
              "–"
            ),
        },
      ]}
    />
  );
}
