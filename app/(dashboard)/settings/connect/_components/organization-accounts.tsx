"use client";

import Alert from "@cloudscape-design/components/alert";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import { sentenceCase } from "@/components/broker/labels";
import { AllClear } from "@/components/states/empty-states";
import { ErrorState } from "@/components/states/error-state";
import { Status } from "@/components/ui/status";
import { discoverAccountsQuery } from "@/lib/queries/accounts";
import type { ConnectDraft } from "./connect-draft";

interface OrganizationAccountsProps {
  draft: ConnectDraft;
  onChange(part: Partial<ConnectDraft>): void;
  problems: Partial<Record<string, string>>;
}

/** The accounts of the organization, as far as the credentials may see them. */
export function OrganizationAccounts({ draft, onChange, problems }: OrganizationAccountsProps) {
  const { data, error, isFetching, refetch } = useQuery(discoverAccountsQuery());
  if (error)
    return <ErrorState error={error} what="The organization" onRetry={() => void refetch()} retrying={isFetching} />;
  if (data && !data.available) {
    return (
      <Alert type="warning" header="The organization cannot be read">
        {data.message} {data.wayOut} Accounts can still be connected one by one by role.
      </Alert>
    );
  }
  const items = data?.items ?? [];
  const chosen = new Set(draft.chosen.map(({ accountId }) => accountId));
  return (
    <SpaceBetween size="l">
      <FormField
        label="Name of the role"
        description="The same in every account; a stack set of CloudFormation creates it everywhere at once."
        errorText={problems.roleArn}
      >
        <Input value={draft.roleName} onChange={({ detail }) => onChange({ roleName: detail.value })} />
      </FormField>
      <FormField errorText={problems.chosen} stretch>
        <Table
          variant="embedded"
          wrapLines
          loading={!data}
          loadingText="Reading the organization"
          items={items}
          trackBy="accountId"
          selectionType="multi"
          selectedItems={items.filter(({ accountId }) => chosen.has(accountId))}
          isItemDisabled={({ status }) => status !== "ACTIVE"}
          onSelectionChange={({ detail }) =>
            onChange({ chosen: detail.selectedItems.map(({ accountId, name }) => ({ accountId, name })) })
          }
          ariaLabels={{
            tableLabel: "Accounts of the organization",
            selectionGroupLabel: "Accounts to connect",
            allItemsSelectionLabel: () => "Choose all accounts",
            itemSelectionLabel: (_, { name, accountId }) => `Choose ${name} (${accountId})`,
          }}
          header={
            <Header variant="h3" counter={`(${chosen.size}/${items.length})`}>
              Accounts of the organization
            </Header>
          }
          columnDefinitions={[
            {
              id: "name",
              header: "Name",
              isRowHeader: true,
              cell: ({ name, isManagement }) => `${name}${isManagement ? " (management)" : ""}`,
            },
            { id: "id", header: "Account", width: 150, cell: ({ accountId }) => accountId },
            { id: "email", header: "E-mail", cell: ({ email }) => <span className="mqs-break">{email ?? "–"}</span> },
            {
              id: "status",
              header: "Status",
              cell: ({ status, connected }) =>
                connected ? <Status type="success">Connected</Status> : sentenceCase(status),
            },
          ]}
          empty={<AllClear title="The organization has no accounts" />}
        />
      </FormField>
    </SpaceBetween>
  );
}
