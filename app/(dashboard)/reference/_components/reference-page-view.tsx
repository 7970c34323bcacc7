"use client";

import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { usePathname, useSearchParams } from "next/navigation";
import type { ReactNode } from "react";
import { CalendarPanel } from "./calendar-panel";
import { ImportsPanel } from "./imports-panel";
import { ReferenceTable } from "./reference-table";

const TABS: readonly { id: string; label: string; content: ReactNode }[] = [
  { id: "calendar", label: "Support calendar", content: <CalendarPanel kind="engine-line" /> },
  {
    id: "instance-types",
    label: "Instance types",
    content: (
      <SpaceBetween size="l">
        <CalendarPanel kind="instance-type" />
        <ReferenceTable kind="instance-types" />
      </SpaceBetween>
    ),
  },
  {
    id: "limits",
    label: "Quotas and limits",
    content: (
      <SpaceBetween size="l">
        <ReferenceTable kind="quotas" />
        <ReferenceTable kind="sizing" />
      </SpaceBetween>
    ),
  },
  { id: "action-codes", label: "Action codes", content: <ReferenceTable kind="action-codes" /> },
  { id: "advisories", label: "Advisories", content: <ReferenceTable kind="advisories" /> },
  {
    id: "versions",
    label: "Versions",
    content: (
      <SpaceBetween size="l">
        <ReferenceTable kind="versions" />
        <ReferenceTable kind="release-notes" />
      </SpaceBetween>
    ),
  },
  { id: "metrics", label: "Metrics", content: <ReferenceTable kind="metrics" /> },
  {
    id: "prices",
    label: "Prices",
    content: (
      <SpaceBetween size="l">
        <ReferenceTable kind="prices" />
        <ReferenceTable kind="regions" />
      </SpaceBetween>
    ),
  },
  { id: "sources", label: "Loaded sources", content: <ImportsPanel /> },
];

/** What the product takes for true about Amazon MQ, each row with where it comes from. The open tab is part of the address. */
export function ReferencePageView() {
  const pathname = usePathname();
  const tab = useSearchParams().get("tab");
  const active = TABS.find(({ id }) => id === tab)?.id ?? "calendar";
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="What findings and figures rest on: every row with its source, the day it was checked, and whether it was verified there."
        >
          Reference
        </Header>
      }
    >
      <Tabs
        variant="container"
        ariaLabel="Reference"
        activeTabId={active}
        onChange={({ detail }) =>
          window.history.replaceState(
            null,
            "",
            detail.activeTabId === "calendar" ? pathname : `${pathname}?tab=${detail.activeTabId}`,
          )
        }
        tabs={TABS.map(({ id, label, content }) => ({ id, label, content: id === active ? content : null }))}
      />
    </ContentLayout>
  );
}
