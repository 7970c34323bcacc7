"use client";

import Tabs from "@cloudscape-design/components/tabs";
import { usePathname, useSearchParams } from "next/navigation";
import { CampaignsView } from "./campaigns-view";
import { PlansView } from "./plans-view";

/** Plans one by one, and the campaigns that many of them belong to. The open tab is part of the address. */
export function PlansTabs() {
  const pathname = usePathname();
  const active = useSearchParams().get("tab") === "campaigns" ? "campaigns" : "plans";
  return (
    <Tabs
      ariaLabel="Plans"
      activeTabId={active}
      onChange={({ detail }) =>
        window.history.replaceState(
          null,
          "",
          detail.activeTabId === "campaigns" ? `${pathname}?tab=campaigns` : pathname,
        )
      }
      tabs={[
        { id: "plans", label: "Plans", content: active === "plans" ? <PlansView /> : null },
        { id: "campaigns", label: "Campaigns", content: active === "campaigns" ? <CampaignsView /> : null },
      ]}
    />
  );
}
