"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ACTS, ActForm, type ActName, actOf, EMPTY_ACT } from "@/components/finding/act-form";
import { useNotifications } from "@/components/shell/notifications";
import { EntryModal } from "@/components/ui/entry-modal";
import { formatNumberOf } from "@/components/ui/figures";
import { actOnFindingMutation } from "@/lib/queries/findings";

/** One act on one finding: asks for what it needs and does it. */
export function ActDialog({
  id,
  name,
  maxAcceptanceDays,
  onClose,
}: {
  id: string;
  name: ActName;
  maxAcceptanceDays: number;
  onClose(): void;
}) {
  const [value, setValue] = useState(EMPTY_ACT);
  const { notify } = useNotifications();
  const mutation = useMutation(actOnFindingMutation(useQueryClient(), id));
  const act = actOf(name, value);
  const { label } = ACTS[name];
  return (
    <EntryModal
      title={label}
      save={label}
      what={label}
      size="medium"
      ready={act !== null}
      saving={mutation.isPending}
      error={mutation.error}
      onSave={() =>
        act &&
        mutation.mutate(act, {
          onSuccess: () => {
            notify({ type: "success", header: `${label}: done` });
            onClose();
          },
        })
      }
      onClose={onClose}
    >
      <ActForm
        name={name}
        value={value}
        onChange={setValue}
        latest={
          name === "request-acceptance" ? `At most ${formatNumberOf(maxAcceptanceDays, "day")} from today.` : undefined
        }
      />
    </EntryModal>
  );
}
