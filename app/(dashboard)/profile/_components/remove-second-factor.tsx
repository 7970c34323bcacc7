"use client";

import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { EntryModal } from "@/components/ui/entry-modal";
import { removeSecondFactorMutation } from "@/lib/queries/session";

/** Taking the second factor away, with the password. */
export function RemoveSecondFactor({ onClose }: { onClose(): void }) {
  const remove = useMutation(removeSecondFactorMutation(useQueryClient()));
  const [password, setPassword] = useState("");
  return (
    <EntryModal
      title="Take the second factor away"
      save="Take it away"
      ready={password !== ""}
      saving={remove.isPending}
      error={remove.error}
      onSave={() => remove.mutate({ password }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <FormField label="Present password" stretch>
        <Input
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={({ detail }) => setPassword(detail.value)}
        />
      </FormField>
    </EntryModal>
  );
}
