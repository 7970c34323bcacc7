"use client";

import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useQuery } from "@tanstack/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { ErrorState } from "@/components/states/error-state";
import { SectionSkeleton } from "@/components/states/section-skeleton";
import { AppLink } from "@/components/ui/app-link";
import type { SettingsView as Settings } from "@/lib/contracts/settings";
import { mayOf, sessionQuery } from "@/lib/queries/session";
import { settingsQuery } from "@/lib/queries/settings";
import { AccountsPanel } from "./accounts-panel";
import { CalendarForm } from "./calendar-form";
import { ChannelsPanel } from "./channels-panel";
import { EnvironmentForm } from "./environment-form";
import { NotificationTimingForm } from "./notification-timing-form";
import { OutboxPanel } from "./outbox-panel";
import { OwnerForm } from "./owner-form";
import { PeoplePanel } from "./people-panel";
import { RequiredTagsForm } from "./required-tags-form";
import { RoutingPanel } from "./routing-panel";
import { SignOnPanel } from "./sign-on-panel";

interface Tab {
  id: string;
  label: string;
  content: ReactNode;
}

const ACCOUNTS: Tab = { id: "accounts", label: "AWS accounts", content: <AccountsPanel /> };
const CONVENTIONS: readonly Tab[] = [
  {
    id: "environments",
    label: "Environments",
    content: <WithSettings>{(view) => <EnvironmentForm key={keyOf(view)} view={view} />}</WithSettings>,
  },
  {
    id: "owners",
    label: "Owners",
    content: <WithSettings>{(view) => <OwnerForm key={keyOf(view)} view={view} />}</WithSettings>,
  },
  {
    id: "tags",
    label: "Required tags",
    content: <WithSettings>{(view) => <RequiredTagsForm key={keyOf(view)} view={view} />}</WithSettings>,
  },
  {
    id: "calendar",
    label: "Calendar and metrics",
    content: <WithSettings>{(view) => <CalendarForm key={keyOf(view)} view={view} />}</WithSettings>,
  },
];
const NOTIFICATIONS: readonly Tab[] = [
  {
    id: "notifications",
    label: "Notifications",
    content: (
      <SpaceBetween size="xxl">
        <ChannelsPanel />
        <WithSettings>{(view) => <NotificationTimingForm key={keyOf(view)} view={view} />}</WithSettings>
      </SpaceBetween>
    ),
  },
  { id: "routing", label: "Routing", content: <RoutingPanel /> },
  { id: "outbox", label: "Outbox", content: <OutboxPanel /> },
];
const PEOPLE: readonly Tab[] = [
  { id: "people", label: "People", content: <PeoplePanel /> },
  { id: "sign-on", label: "Single sign-on", content: <SignOnPanel /> },
];

/** What is read, and by which conventions it is judged. The open tab is part of the address. */
export function SettingsView() {
  const pathname = usePathname();
  const tab = useSearchParams().get("tab");
  const session = useQuery(sessionQuery()).data;
  const tabs = [
    ACCOUNTS,
    ...(session && mayOf("people:read")(session) ? PEOPLE : []),
    ...(session && mayOf("notifications:read")(session) ? NOTIFICATIONS : []),
    ...CONVENTIONS,
  ];
  const active = tabs.find(({ id }) => id === tab)?.id ?? "accounts";
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={
            <>
              Changes are recorded with who made them and when. Your API keys and your second factor are under{" "}
              <AppLink href="/profile">Your account</AppLink>.
            </>
          }
        >
          Settings
        </Header>
      }
    >
      <Tabs
        variant="container"
        ariaLabel="Settings"
        activeTabId={active}
        onChange={({ detail }) =>
          window.history.replaceState(
            null,
            "",
            detail.activeTabId === "accounts" ? pathname : `${pathname}?tab=${detail.activeTabId}`,
          )
        }
        tabs={tabs.map(({ id, label, content }) => ({ id, label, content: id === active ? content : null }))}
      />
    </ContentLayout>
  );
}

function WithSettings({ children }: { children: (view: Settings) => ReactNode }) {
  const { data, error, refetch, isFetching } = useQuery(settingsQuery());
  if (data) return children(data);
  return error ? (
    <ErrorState error={error} what="The settings" onRetry={() => void refetch()} retrying={isFetching} />
  ) : (
    <SectionSkeleton label="the settings" height={320} />
  );
}

/** Forms start from what is in force; once that changes they start anew. */
function keyOf({ settings }: Settings): string {
  return JSON.stringify(settings);
}
