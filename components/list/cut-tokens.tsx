"use client";

import TokenGroup from "@cloudscape-design/components/token-group";
import type { ListUrl } from "./use-list-url";

const CUTS = [
  ["account", "Account"],
  ["region", "Region"],
  ["engine", "Engine"],
  ["environment", "Environment"],
  ["owner", "Owner"],
] as const;

/** Limits that came with a link (one of several accounts, for example), which the property filter cannot say: shown, and removable. */
export function CutTokens({ url }: { url: ListUrl }) {
  const items = CUTS.flatMap(([cut, label]) =>
    (url.query[cut] ?? []).map((value) => ({
      cut,
      label: `${label}: ${value}`,
      value,
      dismissLabel: `Remove ${label} ${value}`,
    })),
  );
  if (items.length === 0) return null;
  return (
    <TokenGroup
      items={items}
      onDismiss={({ detail }) => {
        const item = items[detail.itemIndex];
        if (!item) return;
        const rest = (url.query[item.cut] ?? []).filter((value) => value !== item.value);
        url.setQuery({ [item.cut]: rest.length > 0 ? rest : undefined });
      }}
    />
  );
}
