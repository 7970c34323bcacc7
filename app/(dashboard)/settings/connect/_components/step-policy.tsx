"use client";

import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import type { ReactNode } from "react";
import type { z } from "zod";
import { CodeBlock } from "@/components/ui/code-block";
import type { policyDocuments } from "@/lib/contracts/accounts";
import { type AccountInputDraft, type ConnectDraft, withExternalId, withRole } from "./connect-draft";

type Policies = z.output<typeof policyDocuments>;

interface StepPolicyProps {
  policy: Policies;
  draft: ConnectDraft;
  inputs: readonly AccountInputDraft[];
}

/** The policies to copy: what may be read, who may read it, and what lets this server reach the others. */
export function StepPolicy({ policy, draft, inputs }: StepPolicyProps) {
  const server = { accountId: policy.principalAccountId, partition: policy.partition };
  const identity = policy.principalArn ?? "the user or role whose credentials it will get";
  const byRole = inputs.some(({ roleArn }) => roleArn);
  const own = inputs.some(({ roleArn }) => !roleArn);
  const places = [
    ...(byRole ? [draft.way === "role" ? "to the role" : "to the role in every account"] : []),
    ...(own ? [`to the identity this server runs with (${identity})`] : []),
  ];
  return (
    <SpaceBetween size="l">
      {byRole && policy.principalAccountId === null && (
        <Alert type="warning">
          This server has no AWS credentials yet, so the account id in the trust policy is a placeholder: replace it by
          that of the account this server runs in.
        </Alert>
      )}
      <PolicyCard
        title="Permissions policy"
        description={`Attach it ${places.join(", and ")}.`}
        document={policy.policy}
        label="the permissions policy"
        maxHeight={320}
      >
        <ExpandableSection headerText="What each action is for">
          <Table
            variant="embedded"
            contentDensity="compact"
            wrapLines
            items={policy.actions.filter(({ where }) => where === "account")}
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
      </PolicyCard>
      {byRole && (
        <PolicyCard
          title="Trust policy of the role"
          description={`Lets identities of account ${policy.principalAccountId ?? "of this server"} assume the role, and only with the external id.`}
          document={withExternalId(policy.trustPolicy, policy.suggestedExternalId, draft.externalId)}
          label="the trust policy"
        >
          <Box color="text-body-secondary">External id: {draft.externalId}</Box>
        </PolicyCard>
      )}
      {byRole && (
        <PolicyCard
          title="Policy of this server's identity"
          description={`Attach it to the identity this server runs with (${identity}), not to the roles: it lets that identity assume them.`}
          document={withRole(policy.homePolicy, draft, server)}
          label="the policy of this server's identity"
        />
      )}
    </SpaceBetween>
  );
}

interface PolicyCardProps {
  title: string;
  description: string;
  document: unknown;
  label: string;
  /** Pixels; what is longer scrolls. */
  maxHeight?: number;
  children?: ReactNode;
}

function PolicyCard({ title, description, document, label, maxHeight, children }: PolicyCardProps) {
  return (
    <Container
      header={
        <Header variant="h2" description={<span className="mqs-break">{description}</span>}>
          {title}
        </Header>
      }
    >
      <SpaceBetween size="s">
        <CodeBlock text={JSON.stringify(document, null, 2)} label={label} maxHeight={maxHeight} />
        {children}
      </SpaceBetween>
    </Container>
  );
}
