"use client";

import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { sentenceCase } from "@/components/broker/labels";
import { CodeWords } from "@/components/ui/code-words";
import { Instant } from "@/components/ui/instant";
import type { PlanDetail } from "@/lib/contracts/plans";
import { actorLabel } from "@/lib/domain/actor-label";

/** What happened to the plan, newest first; never rewritten. */
export function PlanHistory({ detail: { events } }: { detail: PlanDetail }) {
  return (
    <Table
      items={events}
      wrapLines
      ariaLabels={{ tableLabel: "History of the plan" }}
      header={<Header variant="h2">History</Header>}
      columnDefinitions={[
        { id: "at", header: "When", isRowHeader: true, minWidth: 170, cell: ({ at }) => <Instant at={at} /> },
        { id: "kind", header: "What", minWidth: 110, cell: ({ kind }) => sentenceCase(kind) },
        { id: "step", header: "Step", minWidth: 150, cell: ({ step }) => step ?? "–" },
        {
          id: "note",
          header: "Note",
          minWidth: 180,
          cell: ({ note }) => <span className="mqs-break">{note ?? "–"}</span>,
        },
        { id: "actor", header: "Who", minWidth: 180, cell: ({ actor }) => <CodeWords text={actorLabel(actor)} /> },
      ]}
    />
  );
}
