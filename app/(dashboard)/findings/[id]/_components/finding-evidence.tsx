"use client";

import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { factText } from "@/components/broker/fact-text";
import { attributeLabel } from "@/components/broker/labels";
import { AllClear } from "@/components/states/empty-states";

/** The facts that the verdict rests on, as observed. */
export function FindingEvidence({ evidence }: { evidence: Readonly<Record<string, unknown>> }) {
  return (
    <Table
      variant="container"
      items={Object.entries(evidence)}
      trackBy={([key]) => key}
      wrapLines
      contentDensity="compact"
      ariaLabels={{ tableLabel: "Evidence" }}
      header={<Header variant="h2">Evidence</Header>}
      columnDefinitions={[
        { id: "fact", header: "Fact", isRowHeader: true, cell: ([key]) => attributeLabel(key) },
        { id: "value", header: "Value", cell: ([, value]) => <span className="mqs-break">{factText(value)}</span> },
      ]}
      empty={<AllClear title="No evidence was stored">The rule rests on the absence of something.</AllClear>}
    />
  );
}
