"use client";

import TopNavigation, { type TopNavigationProps } from "@cloudscape-design/components/top-navigation";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useAppearance } from "@/components/shell/appearance";
import { useStartSync } from "@/components/sync/use-start-sync";
import { formatAge, formatInstant } from "@/components/ui/times";
import { ROLE_NAMES } from "@/lib/contracts/permissions";
import { mayOf, sessionQuery, signOutMutation } from "@/lib/queries/session";
import { latestSyncQuery } from "@/lib/queries/syncs";

/** Product, how fresh the data is, "Sync now", how the app looks, and who is signed in. */
export function TopBar() {
  const router = useRouter();
  const { mode, density, setMode, setDensity } = useAppearance();
  const { start, starting } = useStartSync();
  const status = useSyncStatus();
  const session = useQuery(sessionQuery()).data;
  const signOut = useMutation({ ...signOutMutation(), onSettled: () => window.location.assign("/sign-in") });
  const go = (href: string) => (event: { preventDefault(): void }) => {
    event.preventDefault();
    router.push(href);
  };
  const check = (chosen: boolean) => (chosen ? ("check" as const) : undefined);
  const utilities: TopNavigationProps.Utility[] = [
    {
      type: "button",
      iconName: status.icon,
      text: status.text,
      title: status.title,
      ariaLabel: `${status.text}. ${status.title}`,
      href: status.href,
      onClick: go(status.href),
    },
    ...(session && mayOf("syncs:start")(session)
      ? [
          {
            type: "button" as const,
            variant: "primary-button" as const,
            text: status.running || starting ? "Syncing" : "Sync now",
            title: "Read from AWS now",
            disableTextCollapse: true,
            disableUtilityCollapse: true,
            onClick: () => (status.running ? router.push(status.href) : start()),
          },
        ]
      : []),
    {
      type: "menu-dropdown",
      iconName: "settings",
      text: "Display",
      ariaLabel: "Display settings",
      title: "Display settings",
      items: [
        {
          id: "mode",
          text: "Colours",
          items: [
            { id: "system", text: "As the system", iconName: check(mode === "system") },
            { id: "light", text: "Light", iconName: check(mode === "light") },
            { id: "dark", text: "Dark", iconName: check(mode === "dark") },
          ],
        },
        {
          id: "density",
          text: "Density",
          items: [
            { id: "comfortable", text: "Comfortable", iconName: check(density === "comfortable") },
            { id: "compact", text: "Compact", iconName: check(density === "compact") },
          ],
        },
      ],
      onItemClick: ({ detail: { id } }) => {
        if (id === "system" || id === "light" || id === "dark") setMode(id);
        if (id === "comfortable" || id === "compact") setDensity(id);
      },
    },
    ...(session
      ? [
          {
            type: "menu-dropdown" as const,
            iconName: "user-profile" as const,
            text: session.person.name,
            description: `${session.person.email}, ${ROLE_NAMES[session.person.role]}`,
            ariaLabel: `Signed in as ${session.person.name}`,
            title: session.person.name,
            items: [
              { id: "profile", text: "Your account" },
              ...(session.issuer === null ? [{ id: "password", text: "Change password" }] : []),
              { id: "sign-out", text: "Sign out" },
            ],
            onItemClick: ({ detail: { id } }: { detail: { id: string } }) => {
              if (id === "profile") router.push("/profile");
              if (id === "password") window.location.assign("/new-password");
              if (id === "sign-out") signOut.mutate();
            },
          },
        ]
      : []),
  ];
  return (
    <TopNavigation
      identity={{ href: "/", title: "MQ Steward", onFollow: go("/") }}
      utilities={utilities}
      i18nStrings={{ overflowMenuTriggerText: "More", overflowMenuTitleText: "All" }}
    />
  );
}

interface SyncStatus {
  icon: "status-in-progress" | "status-positive" | "status-warning" | "status-negative" | "status-info";
  text: string;
  title: string;
  href: string;
  running: boolean;
}

function useSyncStatus(): SyncStatus {
  const { data } = useQuery(latestSyncQuery());
  const latest = data?.items[0];
  if (!data)
    return {
      icon: "status-info",
      text: "Syncs",
      title: "The state of the syncs is not known yet",
      href: "/syncs",
      running: false,
    };
  const href = latest ? `/syncs/${latest.id}` : "/syncs";
  const { freshness, asOf } = data;
  if (freshness.running)
    return { icon: "status-in-progress", text: "Sync running", title: "Watch the sync", href, running: true };
  if (!freshness.everSynced || !freshness.lastFinishedAt) {
    return {
      icon: "status-info",
      text: "Never synced",
      title: "No data has been read from AWS yet",
      href,
      running: false,
    };
  }
  const text = `Data of ${formatInstant(freshness.lastFinishedAt)}`;
  const age = `Last sync ${formatAge(freshness.lastFinishedAt, asOf)}: ${freshness.lastStatus ?? "unknown"}`;
  if (freshness.stale)
    return {
      icon: "status-warning",
      text,
      title: `${age}. Some of the inventory is older than three days`,
      href,
      running: false,
    };
  const icon =
    freshness.lastStatus === "complete"
      ? "status-positive"
      : freshness.lastStatus === "failed"
        ? "status-negative"
        : "status-warning";
  return { icon, text, title: age, href, running: false };
}
