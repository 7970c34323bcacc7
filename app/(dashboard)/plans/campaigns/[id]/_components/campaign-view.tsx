"use client";

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { sentenceCase } from "@/components/broker/labels";
import { CampaignPrices, CampaignVerdict, PaceText, PlansProgress } from "@/components/campaign/campaign-marks";
import { useNamePage } from "@/components/shell/page-name";
import { UnreadPage } from "@/components/states/unread-page";
import { AppLink } from "@/components/ui/app-link";
import { formatNumberOf } from "@/components/ui/figures";
import { Instant } from "@/components/ui/instant";
import { formatDay, formatInstant } from "@/components/ui/times";
import type { CampaignDetail } from "@/lib/contracts/campaigns";
import { campaignCsvPath, campaignMarkdownPath, campaignQuery } from "@/lib/queries/campaigns";
import { CampaignOverdue } from "./campaign-overdue";
import { CampaignPlans } from "./campaign-plans";
import { CampaignStages } from "./campaign-stages";

const CancelCampaign = dynamic(() => import("./cancel-campaign").then((module) => module.CancelCampaign), {
  ssr: false,
});

/** One campaign: how far it is, when it will be over, and its plans. */
export function CampaignView({ id }: { id: string }) {
  const pathname = usePathname();
  const { data, error, refetch, isFetching } = useQuery(campaignQuery(id));
  const [cancelling, setCancelling] = useState(false);
  useNamePage(pathname, data?.campaign.name);
  if (!data) return <UnreadPage what="campaign" error={error} onRetry={() => void refetch()} retrying={isFetching} />;
  const { campaign, stages, overdue, events } = data;
  const reason = data.refusal ?? (data.cancelledAt ? "The campaign is cancelled." : undefined);
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={`${campaign.goal ? `${campaign.goal} ` : ""}As of ${formatInstant(data.asOf)}`}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <ButtonDropdown
                items={[
                  { id: "markdown", text: "Markdown", href: campaignMarkdownPath(id), download: true },
                  { id: "csv", text: "CSV", href: campaignCsvPath(id), download: true },
                ]}
              >
                Export
              </ButtonDropdown>
              <Button disabled={reason !== undefined} disabledReason={reason} onClick={() => setCancelling(true)}>
                Cancel the campaign
              </Button>
            </SpaceBetween>
          }
        >
          <span className="mqs-break">{campaign.name}</span>
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Summary data={data} />
        <CampaignStages stages={stages} />
        {overdue.total > 0 && <CampaignOverdue overdue={overdue} />}
        <CampaignPlans id={id} stages={stages} />
        <Table
          items={events}
          wrapLines
          ariaLabels={{ tableLabel: "History of the campaign" }}
          header={<Header variant="h2">History</Header>}
          columnDefinitions={[
            { id: "at", header: "When", isRowHeader: true, minWidth: 180, cell: ({ at }) => <Instant at={at} /> },
            { id: "kind", header: "What", minWidth: 120, cell: ({ kind }) => sentenceCase(kind) },
            {
              id: "note",
              header: "Note",
              minWidth: 240,
              cell: ({ note }) => <span className="mqs-break">{note ?? "–"}</span>,
            },
            {
              id: "actor",
              header: "Who",
              minWidth: 160,
              cell: ({ actor }) => <span className="mqs-break">{actor}</span>,
            },
          ]}
        />
      </SpaceBetween>
      {cancelling && <CancelCampaign id={id} onClose={() => setCancelling(false)} />}
    </ContentLayout>
  );
}

function Summary({ data }: { data: CampaignDetail }) {
  const { campaign, selection, cost } = data;
  const { forecast } = campaign;
  return (
    <Container header={<Header variant="h2">Summary</Header>}>
      <KeyValuePairs
        columns={4}
        minColumnWidth={200}
        items={[
          { label: "Forecast", value: <CampaignVerdict campaign={campaign} /> },
          {
            label: "Progress",
            value: <PlansProgress name={campaign.name} completed={campaign.completed} plans={campaign.plans} />,
          },
          { label: "Deadline", value: formatDay(campaign.deadline) },
          { label: "Begins", value: formatDay(campaign.startedOn) },
          { label: "Planned end", value: forecast.plannedEnd ? formatDay(forecast.plannedEnd) : "No day" },
          { label: "At this pace", value: <PaceText forecast={forecast} /> },
          { label: "Brokers", value: campaign.brokers },
          { label: "List price of the instances per month", value: <CampaignPrices cost={cost} /> },
          {
            label: "Made of",
            value: (
              <AppLink href={`/findings${selection.search ? `?${selection.search}` : ""}`}>
                {selection.chosen === null
                  ? "All findings of a filter"
                  : formatNumberOf(selection.chosen, "chosen finding")}
              </AppLink>
            ),
          },
          {
            label: "Made",
            value: (
              <div>
                {formatInstant(campaign.createdAt)}
                <Box variant="small" display="block">
                  <span className="mqs-break">by {campaign.createdBy}</span>
                </Box>
              </div>
            ),
          },
          ...(campaign.cancelledPlans > 0 ? [{ label: "Cancelled plans", value: campaign.cancelledPlans }] : []),
          ...(data.cancelledAt
            ? [
                { label: "Cancelled", value: `${formatInstant(data.cancelledAt)} by ${data.cancelledBy}` },
                {
                  label: "Cancelled because",
                  value: <span className="mqs-break">{data.cancelReason}</span>,
                },
              ]
            : []),
        ]}
      />
    </Container>
  );
}
