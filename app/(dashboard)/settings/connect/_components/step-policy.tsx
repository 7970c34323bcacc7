"use client";

import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import type { z } from "zod";
import { CodeBlock } from "@/components/ui/code-block";
import type { policyDocuments } from "@/lib/contracts/accounts";
import { type ConnectDraft, withExternalId } from "./connect-draft";

/** The policies to copy: what may be read, and who may read it. */
export function StepPolicy({ policy, draft }: { policy: z.output<typeof policyDocuments>; draft: ConnectDraft }) {
  const trust = withExternalId(policy.trustPolicy, policy.suggestedExternalId, draft.externalId);
  const byRole = draft.way !== "current";
  return (
    <SpaceBetween size="l">
      <Container
        header={
          <Header
            variant="h2"
            description={
              byRole
                ? "Attach it to the role in every account."
                : "Attach it to the user or role whose credentials this server uses."
            }
          >
            Permissions policy
          </Header>
        }
      >
        <SpaceBetween size="s">
          <CodeBlock text={JSON.stringify(policy.policy, null, 2)} label="the permissions policy" maxHeight={320} />
          <ExpandableSection headerText="What each action is for">
            <Table
              variant="embedded"
              contentDensity="compact"
              wrapLines
              items={policy.actions}
              trackBy="action"
              ariaLabels={{ tableLabel: "Actions of the policy" }}
              columnDefinitions={[
                {
                  id: "action",
                  header: "Action",
                  isRowHeader: true,
                  cell: ({ action }) => <span className="mqs-break">{action}</span>,
                },
                { id: "reason", header: "What it is for", cell: ({ reason }) => reason },
              ]}
            />
          </ExpandableSection>
        </SpaceBetween>
      </Container>
      {byRole && (
        <Container
          header={
            <Header variant="h2" description="Lets this server, and nobody else, assume the role.">
              Trust policy of the role
            </Header>
          }
        >
          <SpaceBetween size="s">
            {policy.principalAccountId === null && (
              <Alert type="warning">
                This server has no AWS credentials yet, so the account id in the trust policy is a placeholder: replace
                it by that of the account this server runs in.
              </Alert>
            )}
            <CodeBlock text={JSON.stringify(trust, null, 2)} label="the trust policy" maxHeight={280} />
            <Box color="text-body-secondary">External id: {draft.externalId}</Box>
          </SpaceBetween>
        </Container>
      )}
    </SpaceBetween>
  );
}
