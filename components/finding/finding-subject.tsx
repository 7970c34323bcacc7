"use client";

import { StaleMark } from "@/components/broker/presence-marks";
import { AppLink } from "@/components/ui/app-link";
import type { FindingItem } from "@/lib/contracts/findings";

/** What the finding is about: a link to the broker, or the subject's own key. */
export function FindingSubject({ finding, asOf }: { finding: FindingItem; asOf: string }) {
  const { brokerId, brokerName, subjectKey, stale } = finding;
  return (
    <span style={{ display: "inline-flex", gap: 8, alignItems: "center", maxWidth: "100%" }}>
      <span style={{ overflow: "hidden", textOverflow: "ellipsis" }} title={brokerName ?? subjectKey}>
        {brokerId ? (
          <AppLink href={`/brokers/${encodeURIComponent(brokerId)}`}>{brokerName ?? brokerId}</AppLink>
        ) : (
          subjectKey
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
