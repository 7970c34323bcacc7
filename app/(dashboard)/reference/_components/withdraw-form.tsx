"use client";

import FormField from "@cloudscape-design/components/form-field";
import Textarea from "@cloudscape-design/components/textarea";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNotifications } from "@/components/shell/notifications";
import { EntryModal } from "@/components/ui/entry-modal";
import { withdrawOverrideMutation } from "@/lib/queries/reference";

/** Takes an override back; asks for a reason. */
export function WithdrawForm({ id, name, onClose }: { id: number; name: string; onClose(): void }) {
  const { notify } = useNotifications();
  const withdraw = useMutation(withdrawOverrideMutation(useQueryClient()));
  const [reason, setReason] = useState("");
  return (
    <EntryModal
      title={`Take the override of ${name} back?`}
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
              notify({ type: "success", header: `The shipped row of ${name} is in force again` });
              onClose();
            },
          },
        )
      }
    >
      <div>The shipped row decides again, and the brokers are evaluated anew. The override stays in the history.</div>
      <FormField label="Reason" description="Recorded with your name; at least five characters." stretch>
        <Textarea rows={3} value={reason} onChange={({ detail }) => setReason(detail.value)} />
      </FormField>
    </EntryModal>
  );
}
