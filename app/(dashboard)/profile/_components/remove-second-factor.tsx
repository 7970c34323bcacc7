"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { EntryModal } from "@/components/ui/entry-modal";
import { removeSecondFactorMutation } from "@/lib/queries/session";
import { PresentPasswordField } from "./present-password-field";

/** Taking the second factor away, with the password. */
export function RemoveSecondFactor({ onClose }: { onClose(): void }) {
  const remove = useMutation(removeSecondFactorMutation(useQueryClient()));
  const [password, setPassword] = useState("");
  return (
    <EntryModal
      title="Turn the second factor off"
      save="Turn off"
      ready={password !== ""}
      saving={remove.isPending}
      error={remove.error}
      onSave={() => remove.mutate({ password }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <PresentPasswordField value={password} onChange={setPassword} />
    </EntryModal>
  );
}
