"use client";

import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { EntryModal } from "@/components/ui/entry-modal";
import { isRole, ROLE_NAMES, ROLES } from "@/lib/contracts/permissions";
import type { SignOnView } from "@/lib/contracts/single-sign-on";
import { changeSingleSignOnMutation } from "@/lib/queries/single-sign-on";
import { inputOf } from "./sign-on-mapping";

/** Saying what one more group means. */
export function SignOnMappingEditor({ view, onClose }: { view: SignOnView; onClose(): void }) {
  const change = useMutation(changeSingleSignOnMutation(useQueryClient()));
  const [group, setGroup] = useState("");
  const [meaning, setMeaning] = useState("role viewer");
  const roles = ROLES.map((role) => ({ value: `role ${role}`, label: ROLE_NAMES[role] }));
  const owners = view.owners.map(({ key, displayName }) => ({ value: `owner ${key}`, label: displayName }));
  const save = () => {
    const what = meaning.slice(meaning.indexOf(" ") + 1);
    const added = meaning.startsWith("role ") && isRole(what) ? { group, role: what } : { group, owner: what };
    change.mutate({ mappings: [...view.mappings.map(inputOf), added] }, { onSuccess: onClose });
  };
  return (
    <EntryModal
      title="Add a group"
      save="Add"
      ready={group.trim() !== ""}
      saving={change.isPending}
      error={change.error}
      onSave={save}
      onClose={onClose}
    >
      <FormField label="Group of the provider" description="Exactly as the provider spells it." stretch>
        <Input value={group} autoComplete={false} onChange={({ detail }) => setGroup(detail.value)} />
      </FormField>
      <FormField label="Grants" stretch>
        <Select
          selectedOption={[...roles, ...owners].find(({ value }) => value === meaning) ?? null}
          options={[
            { label: "Role", options: roles },
            { label: "Owner entity", options: owners },
          ]}
          filteringType="auto"
          onChange={({ detail }) => setMeaning(detail.selectedOption.value ?? meaning)}
        />
      </FormField>
    </EntryModal>
  );
}
