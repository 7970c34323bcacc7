"use client";

import TopNavigation from "@cloudscape-design/components/top-navigation";
import type { ReactNode } from "react";

/** The frame of the pages before a session: the product's name and one narrow column. */
export function AuthFrame({ children }: { children: ReactNode }) {
  return (
    <>
      <TopNavigation
        identity={{ href: "/", title: "MQ Steward" }}
        utilities={[]}
        i18nStrings={{ overflowMenuTriggerText: "More", overflowMenuTitleText: "All" }}
      />
      <main className="mqs-auth">{children}</main>
    </>
  );
}
