"use client";

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { sentenceCase } from "@/components/broker/labels";
import { useNotifications } from "@/components/shell/notifications";
import { useRefusal } from "@/components/shell/use-refusal";
import { AllClear } from "@/components/states/empty-states";
import { CodeWords } from "@/components/ui/code-words";
import { EntryModal } from "@/components/ui/entry-modal";
import { Instant } from "@/components/ui/instant";
import { formatInstant } from "@/components/ui/times";
import type { CandidateItem } from "@/lib/contracts/register";
import { reviewCandidateMutation } from "@/lib/queries/register";
import { Brokers } from "./register-tables";

/** What syncs saw that may have been an incident. A person decides each. */
export function Candidates({
  candidates,
  onConfirm,
}: {
  candidates: readonly CandidateItem[];
  onConfirm(candidate: CandidateItem): void;
}) {
  const [dismissed, setDismissed] = useState<CandidateItem | null>(null);
  const refusal = useRefusal("registers:write");
  const locked = { disabled: refusal !== undefined, disabledReason: refusal };
  return (
    <>
      <Table
        variant="embedded"
        items={candidates}
        trackBy="id"
        wrapLines
        ariaLabels={{ tableLabel: "Suggested incidents" }}
        header={
          <Header
            variant="h2"
            counter={`(${candidates.length}, ${candidates.filter(({ review }) => review === null).length} to review)`}
            description="Reboots, states of trouble, and versions that changed after the end of support. Figures wait until each was reviewed."
          >
            Suggested incidents
          </Header>
        }
        columnDefinitions={[
          {
            id: "what",
            header: "What was seen",
            isRowHeader: true,
            minWidth: 170,
            cell: ({ summary }) => <span className="mqs-break">{summary}</span>,
          },
          {
            id: "broker",
            header: "Broker",
            minWidth: 140,
            cell: ({ broker, environment }) => (
              <div>
                <Brokers brokers={[broker]} />
                <Box variant="small">{sentenceCase(environment)}</Box>
              </div>
            ),
          },
          { id: "when", header: "Between", minWidth: 215, cell: (candidate) => <Times candidate={candidate} /> },
          { id: "cause", header: "Cause", minWidth: 120, cell: ({ cause }) => sentenceCase(cause) },
          {
            id: "review",
            header: "Decision",
            minWidth: 215,
            cell: (candidate) =>
              candidate.review ? (
                <Decided review={candidate.review} />
              ) : (
                <SpaceBetween direction="horizontal" size="xs">
                  <Button
                    {...locked}
                    variant="inline-link"
                    ariaLabel={`Make an incident of ${candidate.broker.name}, ${formatInstant(candidate.observedAt)}`}
                    onClick={() => onConfirm(candidate)}
                  >
                    Incident
                  </Button>
                  <Button
                    {...locked}
                    variant="inline-link"
                    ariaLabel={`Dismiss ${candidate.broker.name}, ${formatInstant(candidate.observedAt)}`}
                    onClick={() => setDismissed(candidate)}
                  >
                    Dismiss
                  </Button>
                </SpaceBetween>
              ),
          },
        ]}
        empty={<AllClear title="Nothing was seen that looks like an incident" />}
      />
      {dismissed && <Dismissal candidate={dismissed} onClose={() => setDismissed(null)} />}
    </>
  );
}

/** Times are known to one observation interval. */
function Times({ candidate: { startedAfter, observedAt, endedBy } }: { candidate: CandidateItem }) {
  return (
    <div>
      <div>
        <div>{startedAfter ? <Instant at={startedAfter} /> : "Unknown"}</div>
        <div>
          and <Instant at={observedAt} />
        </div>
      </div>
      <Box variant="small">{endedBy ? `Running again by ${formatInstant(endedBy)}` : "Not seen running since"}</Box>
    </div>
  );
}

function Decided({ review }: { review: NonNullable<CandidateItem["review"]> }) {
  return (
    <div>
      <div>
        {sentenceCase(review.decision)} by <CodeWords text={review.by} />
      </div>
      <Box variant="small">
        {formatInstant(review.at)}
        {review.note ? `: ${review.note}` : ""}
      </Box>
    </div>
  );
}

function Dismissal({ candidate, onClose }: { candidate: CandidateItem; onClose(): void }) {
  const { notify } = useNotifications();
  const dismiss = useMutation(reviewCandidateMutation(useQueryClient(), candidate.id));
  const [note, setNote] = useState("");
  return (
    <EntryModal
      title={`Was this no incident of ${candidate.broker.name}?`}
      save="Dismiss"
      ready={note.trim() !== ""}
      saving={dismiss.isPending}
      error={dismiss.error}
      onClose={onClose}
      onSave={() =>
        dismiss.mutate(
          { decision: "dismissed", note },
          {
            onSuccess: () => {
              notify({ type: "success", header: "The suggestion was dismissed" });
              onClose();
            },
          },
        )
      }
    >
      <div>{candidate.summary}</div>
      <FormField label="Why it was none" stretch>
        <Input value={note} onChange={({ detail }) => setNote(detail.value)} />
      </FormField>
    </EntryModal>
  );
}
