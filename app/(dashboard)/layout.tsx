import { HydrationBoundary } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { sessionKeys } from "@/lib/queries/session.keys";
import { settingsKeys } from "@/lib/queries/settings.keys";
import { LATEST_SYNC, syncKeys } from "@/lib/queries/syncs.keys";
import { readSession } from "@/lib/services/read/read-session";
import { readSettings } from "@/lib/services/read/read-settings";
import { readSyncs } from "@/lib/services/read/read-syncs";
import { DashboardShell } from "./_components/dashboard-shell";
import { prefetch, reading } from "./_server/prefetch";

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const state = await prefetch([
    reading("session", sessionKeys.current(), (ctx) => readSession({ ctx })),
    reading("syncs", syncKeys.list(LATEST_SYNC), (ctx) => readSyncs({ ctx, input: LATEST_SYNC })),
    reading("settings", settingsKeys.all, (ctx) => readSettings({ ctx })),
  ]);
  return (
    <HydrationBoundary state={state}>
      <DashboardShell>{children}</DashboardShell>
    </HydrationBoundary>
  );
}
