"use client";

import Link, { type LinkProps } from "@cloudscape-design/components/link";
import { useRouter } from "next/navigation";

interface FollowEvent {
  detail: { href?: string; external?: boolean };
  preventDefault(): void;
}

/** Handler of onFollow events: a plain click moves within the app, everything else (new tab, external) is the browser's. */
export function useFollow(): (event: FollowEvent) => void {
  const router = useRouter();
  return (event) => {
    const { href, external } = event.detail;
    if (!href?.startsWith("/") || external) return;
    event.preventDefault();
    router.push(href);
  };
}

/** A link to a page of this app. */
export function AppLink({ href, ...props }: Omit<LinkProps, "onFollow"> & { href: string }) {
  const follow = useFollow();
  return <Link {...props} href={href} onFollow={follow} />;
}
