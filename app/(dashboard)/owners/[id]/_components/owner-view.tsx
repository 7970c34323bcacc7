"use client";

import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { OwnerMarks } from "@/components/broker/owner-marks";
import { KpiTable } from "@/components/kpi/kpi-table";
import { useNamePage } from "@/components/shell/page-name";
import { ErrorState } from "@/components/states/error-state";
import { IncompleteNotice } from "@/components/states/incomplete-notice";
import { SectionSkeleton } from "@/components/states/section-skeleton";
import { UnreadPage } from "@/components/states/unread-page";
import { AppLink } from "@/components/ui/app-link";
import { formatInstant } from "@/components/ui/times";
import type { OwnerScorecard } from "@/lib/contracts/owners";
import { ownerKpisQuery, ownerQuery } from "@/lib/queries/owners";
import { OwnerBrokers } from "./owner-brokers";
import { OwnerCosts } from "./owner-costs";
import { AcceptanceTable, AgeTable, DueTable } from "./owner-findings";
import { OwnerSummary } from "./owner-summary";

const OwnerForm = dynamic(() => import("../../_components/owner-form").then((module) => module.OwnerForm), {
  ssr: false,
});
const MergeForm = dynamic(() => import("./merge-form").then((module) => module.MergeForm), { ssr: false });

/** The scorecard of an owner: what it answers for, what is due, what it costs, its KPIs and brokers, and how it is reached. */
export function OwnerView({ id }: { id: string }) {
  const pathname = usePathname();
  const { data, error, refetch, isFetching } = useQuery(ownerQuery(id));
  useNamePage(pathname, data?.owner.displayName);
  if (!data) return <UnreadPage what="owner" error={error} onRetry={() => void refetch()} retrying={isFetching} />;
  return <Scorecard data={data} />;
}

function Scorecard({ data }: { data: OwnerScorecard }) {
  const [open, setOpen] = useState<"change" | "merge" | null>(null);
  const { owner, may, mergedInto, asOf } = data;
  const close = () => setOpen(null);
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          info={<OwnerMarks verified={owner.verified} contactable={owner.contactable} />}
          description={`What it answers for. As of ${formatInstant(asOf)}`}
          actions={
            !mergedInto && (
              <SpaceBetween direction="horizontal" size="xs">
                {may.contact && (
                  <Button onClick={() => setOpen("change")}>{may.write ? "Change" : "Change contact"}</Button>
                )}
                {may.write && <Button onClick={() => setOpen("merge")}>Merge another into it</Button>}
              </SpaceBetween>
            )
          }
        >
          <span className="mqs-break">{owner.displayName}</span>
        </Header>
      }
    >
      <SpaceBetween size="l">
        <IncompleteNotice freshness={data.freshness} />
        {mergedInto && (
          <Alert type="info" header="It was merged into another owner">
            <AppLink href={`/owners/${mergedInto.id}`}>{mergedInto.displayName}</AppLink> answers now
            {mergedInto.at ? `, since ${formatInstant(mergedInto.at)}` : ""}. Costs and findings of earlier days stay
            here.
          </Alert>
        )}
        <OwnerSummary data={data} />
        <AgeTable data={data} />
        <div className="mqs-halves">
          <DueTable data={data} />
          <SpaceBetween size="l">
            <OwnerCosts data={data} />
            <AcceptanceTable data={data} />
          </SpaceBetween>
        </div>
        <Kpis data={data} />
        <OwnerBrokers data={data} />
      </SpaceBetween>
      {open === "change" && <OwnerForm owner={owner} mayWrite={may.write} onClose={close} />}
      {open === "merge" && <MergeForm owner={owner} onClose={close} />}
    </ContentLayout>
  );
}

function Kpis({ data: { owner } }: { data: OwnerScorecard }) {
  const { data, error, refetch, isFetching } = useQuery(ownerKpisQuery(owner.key));
  if (!data) {
    return error ? (
      <ErrorState error={error} what="The KPIs" onRetry={() => void refetch()} retrying={isFetching} />
    ) : (
      <SectionSkeleton label="the KPIs" height={480} />
    );
  }
  return (
    <KpiTable
      kpis={data.items}
      title="KPIs"
      description="Of its brokers now. Findings count for the owner of the day they opened; an incident counts for every owner it touched."
    />
  );
}
