"use client";

import ExpandableSection from "@cloudscape-design/components/expandable-section";
import { CodeBlock } from "@/components/ui/code-block";
import { formatInstant } from "@/components/ui/times";
import type { BrokerDetail } from "@/lib/contracts/brokers";

/** The last description exactly as AWS sent it. */
export function BrokerPayload({ detail: { payload, payloadObservedAt } }: { detail: BrokerDetail }) {
  if (payload === null || payload === undefined) return <p>The broker was never described, so there is no payload.</p>;
  return (
    <ExpandableSection
      defaultExpanded
      headerText="DescribeBroker"
      headerDescription={payloadObservedAt ? `As AWS sent it on ${formatInstant(payloadObservedAt)}` : undefined}
    >
      <CodeBlock text={JSON.stringify(payload, null, 2)} label="the raw payload" maxHeight={560} />
    </ExpandableSection>
  );
}
