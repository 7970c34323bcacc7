"use client";

import Box from "@cloudscape-design/components/box";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import { ExternalLink } from "@/components/ui/external-link";
import { Status } from "@/components/ui/status";
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
      <Status type={verified ? "success" : "warning"}>{verified ? "Verified" : "Unverified"}</Status>
      <ExpandableSection
        variant="inline"
        headerText={<Box variant="small">Checked {formatDay(checkedOn)}</Box>}
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
