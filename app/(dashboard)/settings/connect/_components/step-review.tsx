"use client";

import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { sentenceCase } from "@/components/broker/labels";
import { ErrorState } from "@/components/states/error-state";
import type { AccountInputDraft } from "./connect-draft";

interface StepReviewProps {
  inputs: readonly AccountInputDraft[];
  connected: ReadonlySet<string>;
  error: Error | null;
  onEdit(): void;
}

/** What will happen, before it does. */
export function StepReview({ inputs, connected, error, onEdit }: StepReviewProps) {
  return (
    <SpaceBetween size="l">
      {error && <ErrorState error={error} what="Connecting" />}
      <Table
        items={inputs}
        trackBy="accountId"
        wrapLines
        ariaLabels={{ tableLabel: "Accounts to connect" }}
        header={
          <Header variant="h2" counter={`(${inputs.length})`} actions={<Button onClick={onEdit}>Edit</Button>}>
            Accounts to connect
          </Header>
        }
        columnDefinitions={[
          {
            id: "account",
            header: "Account",
            isRowHeader: true,
            cell: ({ accountId, name }) => (name ? `${name} (${accountId})` : accountId),
          },
          {
            id: "what",
            header: "What happens",
            cell: ({ accountId }) => (connected.has(accountId) ? "Connected already: changed" : "Connected"),
          },
          {
            id: "role",
            header: "Access",
            cell: ({ roleArn }) => <span className="mqs-break">{roleArn ?? "Credentials of this server"}</span>,
          },
          {
            id: "regions",
            header: "Regions",
            cell: ({ regions }) => (regions && regions.length > 0 ? regions.join(", ") : "All with Amazon MQ"),
          },
          {
            id: "environment",
            header: "Default environment",
            cell: ({ defaultEnvironment }) => (defaultEnvironment ? sentenceCase(defaultEnvironment) : "None"),
          },
          {
            id: "costs",
            header: "Costs",
            cell: ({ readCosts }) => (readCosts === false ? "Not read" : "Read ($0.01 per request)"),
          },
        ]}
      />
    </SpaceBetween>
  );
}
