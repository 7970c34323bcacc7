"use client";

import FormField from "@cloudscape-design/components/form-field";
import Textarea from "@cloudscape-design/components/textarea";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNotifications } from "@/components/shell/notifications";
import { EntryModal } from "@/components/ui/entry-modal";
import { withdrawReferenceMutation } from "@/lib/queries/reference";

const WORDS = {
  override: {
    title: (name: string) => `Take the override of ${name} back?`,
    done: (name: string) => `The shipped row of ${name} is in force again`,
    explained: "The shipped row decides again, and the brokers are evaluated anew. The override stays in the history.",
  },
  import: {
    title: (name: string) => `Take ${name} back?`,
    done: (name: string) => `${name} was taken back`,
    explained:
      "It is no longer compared with, nor judged by, and the brokers are evaluated anew. What closes because of it is no remediation.",
  },
};

/** Takes an override or an import back; asks for a reason. */
export function WithdrawForm({
  what,
  id,
  name,
  onClose,
}: {
  what: keyof typeof WORDS;
  id: number;
  name: string;
  onClose(): void;
}) {
  const { notify } = useNotifications();
  const withdraw = useMutation(withdrawReferenceMutation(useQueryClient(), what));
  const { title, done, explained } = WORDS[what];
  const [reason, setReason] = useState("");
  return (
    <EntryModal
      title={title(name)}
      save="Take back and evaluate"
      ready={reason.trim().length >= 5}
      saving={withdraw.isPending}
      error={withdraw.error}
      onClose={onClose}
      onSave={() =>
        withdraw.mutate(
          { id, reason },
          {
            onSuccess: () => {
              notify({ type: "success", header: done(name) });
              onClose();
            },
          },
        )
      }
    >
      <div>{explained}</div>
      <FormField label="Reason" description="Recorded with your name; at least five characters." stretch>
        <Textarea rows={3} value={reason} onChange={({ detail }) => setReason(detail.value)} />
      </FormField>
    </EntryModal>
  );
}
