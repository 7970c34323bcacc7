"use client";

import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { accountLabel, sentenceCase } from "@/components/broker/labels";
import { SectionSkeleton } from "@/components/states/section-skeleton";
import { AppLink } from "@/components/ui/app-link";
import { formatCount, formatNumberOf } from "@/components/ui/figures";
import { Status } from "@/components/ui/status";
import type { SyncDetail } from "@/lib/contracts/syncs";
import { syncQuery } from "@/lib/queries/syncs";
import { type AccountProgress, progressByAccount, progressOf } from "./sync-progress-model";

/** What a running sync is doing, per account and region. It runs on the server: closing this page changes nothing. */
export function SyncProgress({ id, link = false }: { id: string; link?: boolean }) {
  const { data } = useQuery(syncQuery(id));
  useRefreshWhenDone(data);
  if (!data) return <SectionSkeleton label="the progress" height={160} />;
  if (data.sync.status !== "running") return null;
  const { done, total } = progressOf(data.progress);
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="You may close this page: the sync goes on."
          actions={link && <AppLink href={`/syncs/${id}`}>Watch sync {id}</AppLink>}
        >
          Sync {id} is running
        </Header>
      }
    >
      <SpaceBetween size="m">
        <ProgressBar
          label={`Phase: ${sentenceCase(data.sync.phase).toLowerCase()}`}
          description={countsInWords(data.sync.counts)}
          value={total === 0 ? 0 : Math.floor((done / total) * 100)}
          additionalInfo={`${formatCount(done)} of ${formatCount(total)} scopes read`}
        />
        <div className="mqs-cards">
          {progressByAccount(data.progress).map((account) => (
            <Account key={account.accountId} account={account} />
          ))}
        </div>
      </SpaceBetween>
    </Container>
  );
}

function Account({ account }: { account: AccountProgress }) {
  return (
    <div>
      <Box variant="h3">
        <span className="mqs-break">{accountLabel(account.accountId, account.accountName)}</span>
      </Box>
      <Box variant="small" color="text-body-secondary">
        {formatCount(account.done)} of {formatCount(account.total)} scopes read
      </Box>
      {account.regions.map(({ region, done, total, items, running, problems }) => (
        <div key={region} style={{ display: "flex", justifyContent: "space-between", gap: 8 }}>
          <span>{region || "Global"}</span>
          <Status type={problems > 0 ? "warning" : done === total ? "success" : running ? "in-progress" : "pending"}>
            {done} of {total}
            {items > 0 ? `, ${formatNumberOf(items, "item")}` : ""}
            {problems > 0 ? `, ${problems} with problems` : ""}
          </Status>
        </div>
      ))}
    </div>
  );
}

/** Figures everywhere rest on the sync: when it ends, all of them are read again. */
function useRefreshWhenDone(data: SyncDetail | undefined): void {
  const client = useQueryClient();
  const before = useRef<string | undefined>(undefined);
  const status = data?.sync.status;
  useEffect(() => {
    if (before.current === "running" && status !== undefined && status !== "running") void client.invalidateQueries();
    before.current = status;
  }, [status, client]);
}

function countsInWords(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${count} ${what.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase()}`)
    .join(", ");
}
