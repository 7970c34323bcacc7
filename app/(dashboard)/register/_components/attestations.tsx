"use client";

import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Table from "@cloudscape-design/components/table";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNotifications } from "@/components/shell/notifications";
import { useRefusal } from "@/components/shell/use-refusal";
import { EntryModal } from "@/components/ui/entry-modal";
import { Status } from "@/components/ui/status";
import { formatDay, formatInstant } from "@/components/ui/times";
import type { RegisterView } from "@/lib/contracts/register";
import { attestRegisterMutation } from "@/lib/queries/register";

type Quarter = RegisterView["quarters"][number];

/** Which quarters somebody vouched for. Figures over the register are told for attested quarters alone. */
export function Attestations({ quarters }: { quarters: readonly Quarter[] }) {
  const [chosen, setChosen] = useState<Quarter | null>(null);
  const refusal = useRefusal("registers:attest");
  return (
    <>
      <Table
        variant="embedded"
        items={quarters}
        trackBy="quarter"
        wrapLines
        ariaLabels={{ tableLabel: "Quarters" }}
        header={
          <Header
            variant="h2"
            description="An empty register is not a perfect quarter: figures wait until somebody vouches that it is complete."
          >
            Quarters
          </Header>
        }
        columnDefinitions={[
          { id: "quarter", header: "Quarter", isRowHeader: true, cell: ({ quarter }) => quarter },
          { id: "state", header: "Register", minWidth: 220, cell: (quarter) => <State quarter={quarter} /> },
          { id: "unreviewed", header: "Suggestions not reviewed", cell: ({ unreviewed }) => unreviewed },
          { id: "note", header: "Note", cell: ({ note }) => <span className="mqs-break">{note || "–"}</span> },
          {
            id: "action",
            header: "Action",
            minWidth: 130,
            cell: (quarter) => (
              <Button
                disabled={refusal !== undefined || !quarter.over || quarter.unreviewed > 0}
                disabledReason={
                  refusal ??
                  (quarter.over
                    ? "Review the suggested incidents first."
                    : `Possible from ${formatDay(quarter.endExclusive)} on.`)
                }
                ariaLabel={`Attest ${quarter.quarter}`}
                onClick={() => setChosen(quarter)}
              >
                Attest
              </Button>
            ),
          },
        ]}
      />
      {chosen && <Attestation quarter={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}

function State({ quarter: { attestedAt, attestedBy, changedSince, over } }: { quarter: Quarter }) {
  if (!attestedAt) {
    return <Status type="pending">{over ? "Not attested" : "The quarter is running"}</Status>;
  }
  const who = `Attested by ${attestedBy ?? "somebody"} on ${formatInstant(attestedAt)}`;
  return changedSince ? (
    <Status type="warning">{`${who}; changed since`}</Status>
  ) : (
    <Status type="success">{who}</Status>
  );
}

function Attestation({ quarter, onClose }: { quarter: Quarter; onClose(): void }) {
  const { notify } = useNotifications();
  const attest = useMutation(attestRegisterMutation(useQueryClient()));
  const [note, setNote] = useState("");
  return (
    <EntryModal
      title={`Attest the register of ${quarter.quarter}?`}
      save="Attest"
      ready
      saving={attest.isPending}
      error={attest.error}
      onClose={onClose}
      onSave={() =>
        attest.mutate(
          { quarter: quarter.quarter, note },
          {
            onSuccess: () => {
              notify({ type: "success", header: `The register of ${quarter.quarter} is attested` });
              onClose();
            },
          },
        )
      }
    >
      <div>
        You vouch that every incident and fail-over drill of the quarter is in it. Your name and the time are kept.
      </div>
      <FormField label="Note" stretch>
        <Input value={note} onChange={({ detail }) => setNote(detail.value)} />
      </FormField>
    </EntryModal>
  );
}
