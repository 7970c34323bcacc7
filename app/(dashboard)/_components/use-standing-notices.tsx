"use client";

import type { FlashbarProps } from "@cloudscape-design/components/flashbar";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { AppLink } from "@/components/ui/app-link";
import { formatInstant } from "@/components/ui/times";
import { settingsQuery } from "@/lib/queries/settings";
import { latestSyncQuery } from "@/lib/queries/syncs";

/** Notices that stand for as long as their reason does: demo data, stale data. Dismissed ones stay away until the page is loaded anew. */
export function useStandingNotices(): FlashbarProps.MessageDefinition[] {
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const { data: settings } = useQuery(settingsQuery());
  const { data: latest } = useQuery(latestSyncQuery());
  const notices: FlashbarProps.MessageDefinition[] = [];
  if (settings?.mode === "demo") {
    notices.push({
      id: "demo",
      type: "info",
      content:
        "Demo: a fictional organisation, read by the real sync from a simulator of AWS on this machine. No AWS account is read, and nothing is billed.",
    });
  }
  if (latest?.freshness.stale) {
    const oldest = latest.freshness.oldestCompleteAt;
    notices.push({
      id: "stale",
      type: "warning",
      content: (
        <>
          Some of the data is stale. {oldest ? `The oldest listing in use is of ${formatInstant(oldest)}. ` : ""}
          What is older than three days counts as unknown in KPIs.{" "}
          <AppLink href="/syncs" color="inverted">
            See the syncs
          </AppLink>
        </>
      ),
    });
  }
  return notices
    .filter(({ id }) => id && !dismissed.includes(id))
    .map((notice) => ({
      ...notice,
      dismissible: true,
      dismissLabel: "Dismiss",
      onDismiss: () => setDismissed((before) => [...before, notice.id ?? ""]),
    }));
}
