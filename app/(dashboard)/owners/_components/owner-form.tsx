"use client";

import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Textarea from "@cloudscape-design/components/textarea";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNotifications } from "@/components/shell/notifications";
import { EntryModal } from "@/components/ui/entry-modal";
import type { OwnerScorecard } from "@/lib/contracts/owners";
import { saveOwnerMutation } from "@/lib/queries/owners";

/** Making an owner, or changing one. Whoever may not write owners changes how his own is contacted. */
export function OwnerForm({
  owner,
  mayWrite,
  onClose,
}: {
  owner: OwnerScorecard["owner"] | null;
  mayWrite: boolean;
  onClose(): void;
}) {
  const { notify } = useNotifications();
  const save = useMutation(saveOwnerMutation(useQueryClient(), owner?.id ?? null));
  const [displayName, setDisplayName] = useState(owner?.displayName ?? "");
  const [email, setEmail] = useState(owner?.email ?? "");
  const [chatHandle, setChatHandle] = useState(owner?.chatHandle ?? "");
  const [verified, setVerified] = useState(owner?.verified ?? false);
  const [aliases, setAliases] = useState(owner?.aliases.map(({ name }) => name).join("\n") ?? "");
  const contact = { email: email.trim(), chatHandle: chatHandle.trim() };
  const body = mayWrite
    ? { displayName, verified, ...contact, ...(owner ? { aliases: linesOf(aliases) } : {}) }
    : contact;
  const separated = owner?.aliases.filter(({ name, merged }) => merged && !linesOf(aliases).includes(name)) ?? [];
  return (
    <EntryModal
      title={owner ? `Change ${owner.displayName}` : "Add an owner"}
      save="Save"
      ready={displayName.trim() !== ""}
      saving={save.isPending}
      error={save.error}
      onClose={onClose}
      onSave={() =>
        save.mutate(body, {
          onSuccess: () => {
            notify({ type: "success", header: `${displayName.trim()} was saved` });
            onClose();
          },
        })
      }
    >
      {mayWrite && (
        <FormField
          label="Name"
          description="Tags with this name lead to the owner, in upper or lower case; those with its former names still do."
          stretch
        >
          <Input value={displayName} onChange={({ detail }) => setDisplayName(detail.value)} />
        </FormField>
      )}
      <FormField label="E-mail address" stretch>
        <Input type="email" value={email} autoComplete={false} onChange={({ detail }) => setEmail(detail.value)} />
      </FormField>
      <FormField label="Chat handle" description="For example a channel: #payments-oncall." stretch>
        <Input value={chatHandle} onChange={({ detail }) => setChatHandle(detail.value)} />
      </FormField>
      {mayWrite && (
        <Checkbox
          checked={verified}
          description="Somebody vouches that this team exists and answers for its brokers."
          onChange={({ detail }) => setVerified(detail.checked)}
        >
          Verified
        </Checkbox>
      )}
      {mayWrite && owner && (
        <FormField
          label="Aliases"
          description="Other names that tags use for it, one for each line."
          constraintText={
            separated.length > 0
              ? `An owner of its own again: ${separated.map(({ name }) => name).join(", ")}. People and assignments stay here.`
              : undefined
          }
          stretch
        >
          <Textarea value={aliases} rows={4} onChange={({ detail }) => setAliases(detail.value)} />
        </FormField>
      )}
    </EntryModal>
  );
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
