"use client";

import Box from "@cloudscape-design/components/box";
import { Status } from "@/components/ui/status";

/** Whether somebody verified the owner, and whether it can be contacted. */
export function OwnerMarks({ verified, contactable }: { verified: boolean; contactable: boolean }) {
  return (
    <Box variant="small" color="text-body-secondary">
      <Status type={verified && contactable ? "success" : "pending"}>
        {verified ? "Verified" : "Not verified"}, {contactable ? "contact known" : "no contact"}
      </Status>
    </Box>
  );
}
