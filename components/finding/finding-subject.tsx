"use client";

import Box from "@cloudscape-design/components/box";
import { StaleMark } from "@/components/broker/presence-marks";
import { AppLink } from "@/components/ui/app-link";
import type { FindingItem } from "@/lib/contracts/findings";

/** What the finding is about: a link to the broker or to the settings of the account; a configuration by its name, with its ARN. */
export function FindingSubject({ finding, asOf }: { finding: FindingItem; asOf: string }) {
  const { subjectType, subjectName, subjectKey, stale } = finding;
  const address = addressOf(finding);
  return (
    <span style={{ display: "inline-flex", gap: 8, alignItems: "center", maxWidth: "100%" }}>
      <span
        style={{ overflow: "hidden", textOverflow: "ellipsis" }}
        title={subjectType === "broker" ? subjectName : subjectKey}
      >
        {address ? <AppLink href={address}>{subjectName}</AppLink> : subjectName}
        {subjectType !== "broker" && (
          <div style={{ overflow: "hidden", textOverflow: "ellipsis" }}>
            <Box variant="small">
              {subjectType === "account" ? `Account ${subjectKey}` : `Configuration ${subjectKey.split(":").at(-1)}`}
            </Box>
          </div>
        )}
      </span>
      {stale && (
        <span style={{ flex: "none", whiteSpace: "nowrap" }}>
          <StaleMark asOf={asOf} />
        </span>
      )}
    </span>
  );
}

function addressOf({ subjectType, brokerId }: FindingItem): string | null {
  if (brokerId) return `/brokers/${encodeURIComponent(brokerId)}`;
  return subjectType === "account" ? "/settings?tab=accounts" : null;
}
