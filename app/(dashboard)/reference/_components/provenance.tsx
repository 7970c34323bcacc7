"use client";

import Box from "@cloudscape-design/components/box";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { ExternalLink } from "@/components/ui/external-link";
import { formatDay } from "@/components/ui/times";

/** Whether a row was verified in its source, when it was checked, and the source itself on demand. An unverified row always says so. */
export function Provenance({
  of,
  source,
  verified,
  checkedOn,
  notes,
}: {
  /** Names the row for those who hear the page. */
  of: string;
  source: string;
  verified: boolean;
  checkedOn: string;
  notes: string | null;
}) {
  return (
    <div>
      <StatusIndicator type={verified ? "success" : "warning"}>{verified ? "Verified" : "Unverified"}</StatusIndicator>
      <ExpandableSection
        variant="inline"
        headerText={`Checked ${formatDay(checkedOn)}`}
        headerAriaLabel={`Source of ${of}`}
      >
        <span className="mqs-break">
          {/^https?:\/\/\S+$/.test(source) ? <ExternalLink href={source}>{source}</ExternalLink> : source}
        </span>
        {notes && <Box color="text-body-secondary">{notes}</Box>}
      </ExpandableSection>
    </div>
  );
}
