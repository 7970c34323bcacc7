"use client";

import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tiles from "@cloudscape-design/components/tiles";
import { AccountOptions } from "@/components/account/account-options";
import type { ConnectDraft, ConnectWay } from "./connect-draft";
import { OrganizationAccounts } from "./organization-accounts";

interface StepAccountsProps {
  draft: ConnectDraft;
  onChange(draft: ConnectDraft): void;
  problems: Partial<Record<string, string>>;
  /** Account of the server's credentials; null when it has none. */
  current: string | null;
  loading: boolean;
  allRegions: readonly string[];
  connected: ReadonlySet<string>;
}

const WAYS: readonly ConnectWay[] = ["current", "role", "organization"];

export function StepAccounts({
  draft,
  onChange,
  problems,
  current,
  loading,
  allRegions,
  connected,
}: StepAccountsProps) {
  const change = (part: Partial<ConnectDraft>) => onChange({ ...draft, ...part });
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">Accounts</Header>}>
        <SpaceBetween size="l">
          <Tiles
            ariaLabel="Which accounts"
            value={draft.way}
            onChange={({ detail }) => change({ way: WAYS.find((way) => way === detail.value) ?? "current" })}
            items={[
              {
                value: "current",
                label: "The current account",
                description: current
                  ? `Account ${current}, by the credentials of this server.`
                  : "The one that this server's credentials belong to.",
              },
              {
                value: "role",
                label: "Another account",
                description: "By the ARN of a role in it and an external id.",
              },
              {
                value: "organization",
                label: "From the organization",
                description: "Several at once, discovered through AWS Organizations.",
              },
            ]}
          />
          {draft.way === "current" && !loading && current === null && (
            <Alert type="warning" header="No AWS credentials were found">
              Give this server credentials in any of the usual ways (environment variables, a profile, an instance or
              task role) and restart it; or connect another account by role once there are some.
            </Alert>
          )}
          {draft.way === "current" && current !== null && connected.has(current) && (
            <Alert type="info">Account {current} is connected already. Going on changes how it is read.</Alert>
          )}
          {draft.way !== "organization" && (
            <FormField
              label="Name"
              description="What the account is called on the pages. Optional."
              errorText={problems.name}
            >
              <Input
                value={draft.name}
                onChange={({ detail }) => change({ name: detail.value })}
                placeholder="Payments production"
              />
            </FormField>
          )}
          {draft.way === "role" && (
            <>
              <FormField
                label="Role ARN"
                description="The role that this server assumes. The next step shows the policies it needs."
                errorText={problems.roleArn}
              >
                <Input
                  value={draft.roleArn}
                  onChange={({ detail }) => change({ roleArn: detail.value })}
                  placeholder="arn:aws:iam::123456789012:role/mq-steward-read-only"
                />
              </FormField>
              <FormField
                label="Account id"
                description="Taken from the role's ARN when left empty."
                errorText={problems.accountId}
              >
                <Input
                  value={draft.accountId}
                  inputMode="numeric"
                  onChange={({ detail }) => change({ accountId: detail.value })}
                  placeholder="123456789012"
                />
              </FormField>
            </>
          )}
          {draft.way === "organization" && <OrganizationAccounts draft={draft} onChange={change} problems={problems} />}
          {draft.way !== "current" && (
            <FormField
              label="External id"
              description="A shared secret in the role's trust policy, so that nobody else can make this server read your account. One is suggested."
              errorText={problems.externalId}
            >
              <Input value={draft.externalId} onChange={({ detail }) => change({ externalId: detail.value })} />
            </FormField>
          )}
        </SpaceBetween>
      </Container>
      <ExpandableSection
        variant="container"
        headerText="Regions, defaults and costs"
        headerDescription="The defaults fit most accounts; they can be changed later."
      >
        <AccountOptions value={draft.options} onChange={(options) => change({ options })} allRegions={allRegions} />
      </ExpandableSection>
    </SpaceBetween>
  );
}
