"use client";

import Alert from "@cloudscape-design/components/alert";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import { outcomeLabel } from "@/components/sync/sync-marks";
import { AppLink } from "@/components/ui/app-link";
import { formatNumberOf } from "@/components/ui/figures";
import { formatInstant } from "@/components/ui/times";
import type { Freshness } from "@/lib/contracts/common";

/** Which scopes could not be read, which figures that touches, and what can be done about it. Nothing where all was read. */
export function IncompleteNotice({ freshness }: { freshness: Freshness }) {
  if (freshness.incompleteTotal === 0) return null;
  const affected = [...new Set(freshness.incomplete.map(({ affects }) => affects))];
  return (
    <Alert
      type="warning"
      header={`${formatNumberOf(freshness.incompleteTotal, "scope")} could not be read in full; figures that rest on ${freshness.incompleteTotal === 1 ? "it" : "them"} may be old`}
      action={
        freshness.lastRunId === null ? undefined : (
          <AppLink href={`/syncs/${freshness.lastRunId}`}>See the last sync</AppLink>
        )
      }
    >
      Affected: {affected.join("; ")}. Nothing was declared gone or fixed because of it.
      <ExpandableSection headerText="Which scopes, and what to do">
        <ul style={{ margin: 0, paddingInlineStart: 20 }}>
          {freshness.incomplete.map(({ source, accountId, region, status, since, message, wayOut, affects }) => (
            <li key={`${source} ${accountId} ${region}`} className="mqs-break">
              <strong>
                {accountId} {region} ({source})
              </strong>
              : {outcomeLabel(status).toLowerCase()}
              {since ? ` since ${formatInstant(since)}` : ""}. Affects {affects}.{message ? ` ${message}` : ""}
              {wayOut ? ` ${wayOut}` : ""}
            </li>
          ))}
        </ul>
        {freshness.incompleteTotal > freshness.incomplete.length && (
          <p>And {freshness.incompleteTotal - freshness.incomplete.length} more.</p>
        )}
      </ExpandableSection>
    </Alert>
  );
}
