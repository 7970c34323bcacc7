"use client";

import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useQuery } from "@tanstack/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import { NeverSynced } from "@/components/states/empty-states";
import { ErrorState } from "@/components/states/error-state";
import { IncompleteNotice } from "@/components/states/incomplete-notice";
import { PageSkeleton } from "@/components/states/page-skeleton";
import { formatCount } from "@/components/ui/figures";
import { formatInstant } from "@/components/ui/times";
import type { OwnerList } from "@/lib/contracts/owners";
import { ownersQuery } from "@/lib/queries/owners";
import { mayOf, sessionQuery } from "@/lib/queries/session";
import { OwnerTable } from "./owner-table";
import { OwnershipTable } from "./ownership-table";
import { SECTIONS, type Section } from "./sections";

const LABELS: Readonly<Record<Section, string>> = {
  none: "Without an owner",
  "account-default": "Account default only",
  ambiguous: "Tags disagree",
  assigned: "Assigned here",
};

/** Who answers for which brokers, and the brokers for which that is not settled. The open tab is part of the address. */
export function OwnersView() {
  const { data, error, refetch, isFetching } = useQuery(ownersQuery());
  if (!data) {
    return error ? (
      <ErrorState error={error} what="The owners" onRetry={() => void refetch()} retrying={isFetching} />
    ) : (
      <PageSkeleton title="the owners" rows={12} />
    );
  }
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={`Who answers for which brokers: by an assignment made here, else by a tag, else by the account's default. As of ${formatInstant(data.asOf)}`}
        >
          Owners
        </Header>
      }
    >
      {data.freshness.everSynced ? (
        <SpaceBetween size="l">
          <IncompleteNotice freshness={data.freshness} />
          <Owners data={data} />
        </SpaceBetween>
      ) : (
        <NeverSynced running={data.freshness.running} runId={data.freshness.lastRunId} />
      )}
    </ContentLayout>
  );
}

function Owners({ data }: { data: OwnerList }) {
  const pathname = usePathname();
  const tab = useSearchParams().get("tab");
  const active = SECTIONS.find((id) => id === tab) ?? "owners";
  const session = useQuery(sessionQuery()).data;
  const mayWrite = session ? mayOf("owners:write")(session) : false;
  return (
    <Tabs
      variant="container"
      ariaLabel="Owners"
      activeTabId={active}
      onChange={({ detail }) =>
        window.history.replaceState(
          null,
          "",
          detail.activeTabId === "owners" ? pathname : `${pathname}?tab=${detail.activeTabId}`,
        )
      }
      tabs={[
        {
          id: "owners",
          label: `Owners (${formatCount(data.total)})`,
          content: active === "owners" ? <OwnerTable owners={data.items} mayWrite={mayWrite} /> : null,
        },
        ...SECTIONS.map((kind) => ({
          id: kind,
          label: `${LABELS[kind]} (${formatCount(data.brokers[kind])})`,
          content:
            active === kind ? (
              <OwnershipTable key={kind} kind={kind} title={LABELS[kind]} owners={data.items} mayWrite={mayWrite} />
            ) : null,
        })),
      ]}
    />
  );
}
