"use client";

import Box from "@cloudscape-design/components/box";
import StatusIndicator from "@cloudscape-design/components/status-indicator";

/** Whether somebody verified the owner, and whether it can be contacted. */
export function OwnerMarks({ verified, contactable }: { verified: boolean; contactable: boolean }) {
  return (
    <Box variant="small" color="text-body-secondary">
      <StatusIndicator type={verified && contactable ? "success" : "pending"}>
        {verified ? "Verified" : "Not verified"}, {contactable ? "contact known" : "no contact"}
      </StatusIndicator>
    </Box>
  );
}
