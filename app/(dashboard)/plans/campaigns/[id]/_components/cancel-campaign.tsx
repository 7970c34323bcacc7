"use client";

import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Textarea from "@cloudscape-design/components/textarea";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNotifications } from "@/components/shell/notifications";
import { EntryModal } from "@/components/ui/entry-modal";
import { cancelCampaignMutation } from "@/lib/queries/campaigns";

const WAYS = [
  {
    value: "keep",
    label: "Its open plans go on by themselves",
    description: "They stay in progress and can be taken into another campaign.",
  },
  {
    value: "cancel",
    label: "Cancel the open plans that were made for it",
    description: "Their findings return to where they were. Plans that were taken in go on.",
  },
] as const;

/** Asks why a campaign is cancelled, and what becomes of its plans. */
export function CancelCampaign({ id, onClose }: { id: string; onClose(): void }) {
  const { notify } = useNotifications();
  const [reason, setReason] = useState("");
  const [plans, setPlans] = useState<"keep" | "cancel">("keep");
  const cancel = useMutation(cancelCampaignMutation(useQueryClient(), id));
  return (
    <EntryModal
      title="Cancel the campaign?"
      save="Cancel the campaign"
      ready={reason.trim() !== ""}
      saving={cancel.isPending}
      error={cancel.error}
      onClose={onClose}
      onSave={() =>
        cancel.mutate(
          { reason, plans },
          {
            onSuccess: () => {
              notify({ type: "success", header: "The campaign is cancelled" });
              onClose();
            },
          },
        )
      }
    >
      <FormField label="Reason" stretch>
        <Textarea value={reason} rows={3} onChange={({ detail }) => setReason(detail.value)} />
      </FormField>
      <RadioGroup
        value={plans}
        ariaLabel="What becomes of its plans"
        items={[...WAYS]}
        onChange={({ detail }) => setPlans(detail.value === "cancel" ? "cancel" : "keep")}
      />
    </EntryModal>
  );
}
