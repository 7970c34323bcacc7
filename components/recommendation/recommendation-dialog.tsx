"use client";

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import DatePicker from "@cloudscape-design/components/date-picker";
import FormField from "@cloudscape-design/components/form-field";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { EntryModal } from "@/components/ui/entry-modal";
import type { RecommendationItem } from "@/lib/contracts/recommendations";
import { dismissRecommendationMutation } from "@/lib/queries/recommendations";
import { mayOf, sessionQuery } from "@/lib/queries/session";
import { RecommendationEvidence } from "./recommendation-evidence";
import { KIND_LABELS } from "./recommendation-words";

/** A recommendation over the page: its evidence, and the way to set it aside. */
export function RecommendationDialog({ item, onClose }: { item: RecommendationItem; onClose(): void }) {
  const [dismissing, setDismissing] = useState(false);
  const { data: may } = useQuery({ ...sessionQuery(), select: mayOf("recommendations:dismiss") });
  if (dismissing) return <DismissForm item={item} onClose={onClose} />;
  const reason =
    may === false
      ? "This needs the permission recommendations:dismiss."
      : item.state === "open"
        ? undefined
        : "It is not open any more.";
  return (
    <Modal
      visible
      size="large"
      closeAriaLabel="Close"
      header={`${KIND_LABELS[item.kind]}: ${item.broker.name}`}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button href={`/brokers/${item.broker.id}`}>Open the broker</Button>
            <Button
              disabled={reason !== undefined || may === undefined}
              disabledReason={reason}
              onClick={() => setDismissing(true)}
            >
              Dismiss
            </Button>
            <Button variant="primary" onClick={onClose}>
              Close
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <RecommendationEvidence item={item} />
    </Modal>
  );
}

function DismissForm({ item, onClose }: { item: RecommendationItem; onClose(): void }) {
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState("");
  const dismissal = useMutation(dismissRecommendationMutation(useQueryClient(), item.id));
  return (
    <EntryModal
      title={`Dismiss: ${KIND_LABELS[item.kind]}, ${item.broker.name}`}
      save="Dismiss"
      ready={reason.trim().length >= 3 && until !== ""}
      saving={dismissal.isPending}
      error={dismissal.error}
      onSave={() => dismissal.mutate({ reason, until }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <FormField label="Reason" description="Who reads the audit later should understand it.">
        <Textarea value={reason} onChange={({ detail }) => setReason(detail.value)} rows={3} />
      </FormField>
      <FormField
        label="Until"
        description="From this day on (UTC) it is recommended again, if it still applies."
        constraintText="YYYY-MM-DD, at most a year ahead."
      >
        <DatePicker value={until} placeholder="YYYY-MM-DD" onChange={({ detail }) => setUntil(detail.value)} />
      </FormField>
    </EntryModal>
  );
}
