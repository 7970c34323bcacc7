"use client";

import AppLayout from "@cloudscape-design/components/app-layout";
import BreadcrumbGroup from "@cloudscape-design/components/breadcrumb-group";
import Flashbar from "@cloudscape-design/components/flashbar";
import HelpPanel from "@cloudscape-design/components/help-panel";
import SideNavigation from "@cloudscape-design/components/side-navigation";
import { useQuery } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useHelp } from "@/components/shell/help";
import { useNotifications } from "@/components/shell/notifications";
import { usePageName } from "@/components/shell/page-name";
import { useNavigationOpen } from "@/components/shell/use-navigation-open";
import { NotAllowed } from "@/components/states/not-allowed";
import { useFollow } from "@/components/ui/app-link";
import { PERMISSIONS } from "@/lib/contracts/permissions";
import { mayOf, sessionQuery } from "@/lib/queries/session";
import { GeneralHelp } from "./general-help";
import { breadcrumbsOf, PAGES, permissionOf, sectionOf } from "./page-map";
import { TopBar } from "./top-bar";
import { useStandingNotices } from "./use-standing-notices";

/** Layouts of Cloudscape: tables reach to the edges, steps have room beside them. */
function contentTypeOf(pathname: string): "table" | "wizard" | "default" {
  if (pathname === "/brokers" || pathname === "/findings" || pathname === "/audit") return "table";
  return pathname === "/settings/connect" ? "wizard" : "default";
}

/** The frame of every page: top bar, navigation, breadcrumbs, notices, help. */
export function DashboardShell({ children }: { children: ReactNode }) {
  const pathname = usePathname();
  const follow = useFollow();
  const help = useHelp();
  const { items } = useNotifications();
  const standing = useStandingNotices();
  // Until it is known who asks, pages show what the API answers; nothing is hidden from somebody who may see it.
  const session = useQuery(sessionQuery()).data;
  const wanted = permissionOf(pathname);
  const pages = PAGES.filter(({ permission }) => !session || mayOf(permission)(session));
  const [navigationOpen, setNavigationOpen] = useNavigationOpen();
  return (
    <>
      <a href="#mqs-main" className="mqs-skip">
        Skip to the content
      </a>
      <div id="mqs-top">
        <TopBar />
      </div>
      <AppLayout
        headerSelector="#mqs-top"
        contentType={contentTypeOf(pathname)}
        ariaLabels={{
          navigation: "Pages",
          navigationToggle: "Open pages",
          navigationClose: "Close pages",
          tools: "Help",
          toolsToggle: "Open help",
          toolsClose: "Close help",
          notifications: "Notices",
        }}
        navigationOpen={navigationOpen}
        onNavigationChange={({ detail }) => setNavigationOpen(detail.open)}
        navigation={
          <SideNavigation
            header={{ text: "Amazon MQ", href: "/" }}
            activeHref={sectionOf(pathname)}
            items={pages.map(({ href, text }) => ({ type: "link" as const, href, text }))}
            onFollow={follow}
          />
        }
        breadcrumbs={<Breadcrumbs pathname={pathname} />}
        stickyNotifications
        notifications={<Flashbar items={[...items, ...standing]} stackItems={items.length + standing.length > 3} />}
        toolsOpen={help.open}
        onToolsChange={({ detail }) => help.setOpen(detail.open)}
        tools={
          <HelpPanel header={<h2>{help.topic?.title ?? "MQ Steward"}</h2>}>
            {help.topic ? help.topic.body : <GeneralHelp />}
          </HelpPanel>
        }
        content={
          <div id="mqs-main" tabIndex={-1} style={{ outline: "none" }}>
            {session && !mayOf(wanted)(session) ? <NotAllowed allows={PERMISSIONS[wanted].allows} /> : children}
          </div>
        }
      />
    </>
  );
}

function Breadcrumbs({ pathname }: { pathname: string }) {
  const follow = useFollow();
  const name = usePageName(pathname);
  return <BreadcrumbGroup ariaLabel="Breadcrumbs" items={breadcrumbsOf(pathname, name)} onFollow={follow} />;
}
