"use client";

import Link from "@cloudscape-design/components/link";
import type { ReactNode } from "react";

/** A link to somewhere else, in a new tab. Addresses that are not http(s) are shown as text: they may come from tags or configurations. */
export function ExternalLink({ href, children }: { href: string; children: ReactNode }) {
  if (!/^https?:\/\//i.test(href)) return <span>{children}</span>;
  return (
    <Link href={href} external externalIconAriaLabel="Opens in a new tab" target="_blank" rel="noreferrer noopener">
      {children}
    </Link>
  );
}
