"use client";

import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Multiselect from "@cloudscape-design/components/multiselect";
import Select from "@cloudscape-design/components/select";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { EntryModal } from "@/components/ui/entry-modal";
import type { PeopleList, PersonItem } from "@/lib/contracts/people";
import { isRole, ROLE_NAMES, ROLES, type Role } from "@/lib/contracts/permissions";
import { changePersonMutation, invitePersonMutation } from "@/lib/queries/people";

const ROLE_HELP: Readonly<Record<Role, string>> = {
  viewer: "Sees everything but people and the audit; changes nothing.",
  owner: "Sees the same; acts on the brokers of the owner entities below.",
  finops: "Sees the same; looks after costs and starts syncs.",
  manager: "Acts on all findings, approves accepted risks, sees the audit.",
  administrator: "May do everything.",
};
const ROLE_OPTIONS = ROLES.map((value) => ({ value, label: ROLE_NAMES[value], description: ROLE_HELP[value] }));

/** Adding a person, or changing one. The e-mail address stays: events name it. */
export function PersonEditor({
  person,
  owners,
  onClose,
  onAdded,
}: {
  person: PersonItem | null;
  owners: PeopleList["owners"];
  onClose(): void;
  onAdded(name: string, password: string): void;
}) {
  const client = useQueryClient();
  const invite = useMutation(invitePersonMutation(client));
  const change = useMutation(changePersonMutation(client));
  const [name, setName] = useState(person?.name ?? "");
  const [email, setEmail] = useState(person?.email ?? "");
  const [role, setRole] = useState<Role>(person?.role ?? "viewer");
  const [belongsTo, setBelongsTo] = useState<readonly string[]>(person?.owners.map(({ key }) => key) ?? []);
  // Single sign-on says both, anew at each sign-in.
  const byGroups = person !== null && person.issuer !== null;
  const error = invite.error ?? change.error;
  const options = owners.map(({ key, displayName }) => ({ value: key, label: displayName }));
  const save = () => {
    if (person) {
      const rights = byGroups ? {} : { role, owners: [...belongsTo] };
      change.mutate({ id: person.id, name, ...rights }, { onSuccess: onClose });
    } else {
      invite.mutate(
        { name, email, role, owners: [...belongsTo] },
        { onSuccess: ({ password }) => onAdded(name, password) },
      );
    }
  };
  return (
    <EntryModal
      title={person ? `Change ${person.name}` : "Add a person"}
      save={person ? "Save" : "Add"}
      ready={name.trim() !== "" && email.trim() !== ""}
      saving={invite.isPending || change.isPending}
      error={error}
      onSave={save}
      onClose={onClose}
    >
      <FormField label="Name" stretch>
        <Input value={name} autoComplete={false} onChange={({ detail }) => setName(detail.value)} />
      </FormField>
      <FormField label="E-mail address" description="Used to sign in. It cannot be changed later." stretch>
        <Input
          type="email"
          value={email}
          autoComplete={false}
          disabled={person !== null}
          onChange={({ detail }) => setEmail(detail.value)}
        />
      </FormField>
      <FormField label="Role" description={byGroups ? "Single sign-on says it, by groups." : undefined} stretch>
        <Select
          disabled={byGroups}
          selectedOption={ROLE_OPTIONS.find(({ value }) => value === role) ?? null}
          options={ROLE_OPTIONS}
          onChange={({ detail: { selectedOption } }) => {
            if (selectedOption.value && isRole(selectedOption.value)) setRole(selectedOption.value);
          }}
        />
      </FormField>
      <FormField label="Owner entities" description="Teams whose brokers are the person's own." stretch>
        <Multiselect
          disabled={byGroups}
          selectedOptions={options.filter(({ value }) => belongsTo.includes(value))}
          options={options}
          filteringType="auto"
          placeholder="None"
          empty="There is no owner yet: they come with the first sync."
          deselectAriaLabel={({ label }) => `Remove ${label}`}
          onChange={({ detail }) => setBelongsTo(detail.selectedOptions.flatMap(({ value }) => value ?? []))}
        />
      </FormField>
    </EntryModal>
  );
}
