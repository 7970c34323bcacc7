"use client";

import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNotifications } from "@/components/shell/notifications";
import { AllClear } from "@/components/states/empty-states";
import { ErrorState } from "@/components/states/error-state";
import { SectionSkeleton } from "@/components/states/section-skeleton";
import { CodeWords } from "@/components/ui/code-words";
import { ROLE_NAMES } from "@/lib/contracts/permissions";
import type { SignOnView } from "@/lib/contracts/single-sign-on";
import { changeSingleSignOnMutation, singleSignOnQuery } from "@/lib/queries/single-sign-on";
import { inputOf, type Mapping } from "./sign-on-mapping";
import { SignOnMappingEditor } from "./sign-on-mapping-editor";

/** The OpenID provider, and which of its groups means which role or owner entity. */
export function SignOnPanel() {
  const [adding, setAdding] = useState(false);
  const { data, error, refetch, isFetching } = useQuery(singleSignOnQuery());
  const { notifyRefusal } = useNotifications();
  const change = useMutation(changeSingleSignOnMutation(useQueryClient()));
  if (!data) {
    return error ? (
      <ErrorState error={error} what="Single sign-on" onRetry={() => void refetch()} retrying={isFetching} />
    ) : (
      <SectionSkeleton label="single sign-on" height={320} />
    );
  }
  const remove = (gone: Mapping) =>
    change.mutate(
      { mappings: data.mappings.filter((mapping) => mapping !== gone).map(inputOf) },
      { onError: notifyRefusal },
    );
  return (
    <SpaceBetween size="l">
      <Provider view={data} />
      <Table
        variant="borderless"
        items={data.mappings}
        wrapLines
        ariaLabels={{ tableLabel: "Groups" }}
        header={
          <Header
            variant="h2"
            counter={`(${data.mappings.length})`}
            description="Read again at each sign-in. With several roles the strongest counts: Administrator, Manager, FinOps, Owner, Viewer. Owner entities add up; without a role they make an Owner. Whoever is in none of these groups is refused."
            actions={
              <Button variant="primary" onClick={() => setAdding(true)}>
                Add a group
              </Button>
            }
          >
            Group mapping
          </Header>
        }
        columnDefinitions={[
          {
            id: "group",
            header: "Group of the provider",
            isRowHeader: true,
            minWidth: 200,
            cell: ({ group }) => <CodeWords text={group} />,
          },
          {
            id: "means",
            header: "Grants",
            minWidth: 200,
            cell: ({ role, owner }) => (role ? `Role ${ROLE_NAMES[role]}` : `Owner entity ${owner?.displayName ?? ""}`),
          },
          {
            id: "actions",
            header: "Actions",
            minWidth: 110,
            cell: (mapping) => (
              <Button
                variant="inline-link"
                disabled={change.isPending}
                ariaLabel={`Remove the mapping of ${mapping.group}`}
                onClick={() => remove(mapping)}
              >
                Remove
              </Button>
            ),
          },
        ]}
        empty={<AllClear title="No groups are mapped yet: nobody can use single sign-on" />}
      />
      {adding && <SignOnMappingEditor view={data} onClose={() => setAdding(false)} />}
    </SpaceBetween>
  );
}

function Provider({ view: { provider, redirectUri } }: { view: SignOnView }) {
  if (!provider) {
    return (
      <Alert type="info" header="No provider is set up">
        People sign in with passwords of MQ Steward. For single sign-on register a client at your OpenID Connect
        provider with the redirect address {redirectUri}, and start the server with MQ_STEWARD_OIDC_ISSUER,
        MQ_STEWARD_OIDC_CLIENT_ID and MQ_STEWARD_OIDC_CLIENT_SECRET.
      </Alert>
    );
  }
  return (
    <KeyValuePairs
      columns={2}
      items={[
        { label: "Issuer", value: <CodeWords text={provider.issuer} /> },
        { label: "Client", value: <CodeWords text={provider.clientId} /> },
        { label: "Redirect address, as this browser sees it", value: <CodeWords text={redirectUri} /> },
        { label: "Claim that names the groups", value: <CodeWords text={provider.groupsClaim} /> },
      ]}
    />
  );
}
