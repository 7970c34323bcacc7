"use client";

import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Multiselect from "@cloudscape-design/components/multiselect";
import Select from "@cloudscape-design/components/select";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { EntryModal } from "@/components/ui/entry-modal";
import { formatNumberOf } from "@/components/ui/figures";
import { type KeyItem, type KeyKind, MAX_KEY_DAYS } from "@/lib/contracts/keys";
import { ROLE_NAMES, type Role } from "@/lib/contracts/permissions";
import { createKeyMutation, keysQuery } from "@/lib/queries/keys";
import { KEY_ROLE_HELP, KIND_HELP, KIND_TITLES } from "./key-words";

/** Making a key or a token of a kind. `query` is the cut of a calendar. */
export function KeyEditor({
  kind,
  query = "",
  suggestedName = "",
  onMade,
  onClose,
}: {
  kind: KeyKind;
  query?: string;
  suggestedName?: string;
  onMade(made: { key: KeyItem; secret: string }): void;
  onClose(): void;
}) {
  const create = useMutation(createKeyMutation(useQueryClient()));
  const { data } = useQuery(keysQuery());
  const [name, setName] = useState(suggestedName);
  const [days, setDays] = useState(kind === "api" ? "90" : "365");
  const [role, setRole] = useState<Role>("viewer");
  const [owners, setOwners] = useState<readonly string[]>([]);
  const roles = (data?.roles ?? []).map((value) => ({
    value,
    label: ROLE_NAMES[value],
    description: KEY_ROLE_HELP[value],
  }));
  const choices = (data?.owners ?? []).map(({ key, displayName }) => ({ value: key, label: displayName }));
  const expiresInDays = /^\d{1,4}$/.test(days) ? Number(days) : 0;
  const lasts = expiresInDays >= 1 && expiresInDays <= MAX_KEY_DAYS[kind];
  const save = () => {
    const shared = { name, expiresInDays };
    create.mutate(
      kind === "api"
        ? { kind, ...shared, role, owners: role === "owner" ? [...owners] : [] }
        : kind === "calendar"
          ? { kind, ...shared, query }
          : { kind, ...shared },
      { onSuccess: onMade },
    );
  };
  return (
    <EntryModal
      title={KIND_TITLES[kind]}
      save="Make"
      ready={name.trim() !== "" && lasts && (kind !== "api" || role !== "owner" || owners.length > 0)}
      saving={create.isPending}
      error={create.error}
      onSave={save}
      onClose={onClose}
    >
      <div>{KIND_HELP[kind]}</div>
      <FormField label="Name" description="Says what uses it; changes are recorded with it." stretch>
        <Input value={name} autoComplete={false} onChange={({ detail }) => setName(detail.value)} />
      </FormField>
      <FormField
        label="Lasts, in days"
        description={`At most ${formatNumberOf(MAX_KEY_DAYS[kind], "day")}; rotating it begins them again.`}
        errorText={lasts ? undefined : `Give a number from 1 to ${MAX_KEY_DAYS[kind]}.`}
      >
        <Input inputMode="numeric" value={days} autoComplete={false} onChange={({ detail }) => setDays(detail.value)} />
      </FormField>
      {kind === "api" && (
        <FormField label="Role" description="None that may do more than you." stretch>
          <Select
            selectedOption={roles.find(({ value }) => value === role) ?? null}
            options={roles}
            onChange={({ detail }) => {
              const chosen = data?.roles.find((one) => one === detail.selectedOption.value);
              if (chosen) setRole(chosen);
            }}
          />
        </FormField>
      )}
      {kind === "api" && role === "owner" && (
        <FormField label="Owner entities" description="The key acts on their brokers alone." stretch>
          <Multiselect
            selectedOptions={choices.filter(({ value }) => owners.includes(value))}
            options={choices}
            filteringType="auto"
            placeholder="Choose at least one"
            empty="You belong to no owner entity."
            deselectAriaLabel={({ label }) => `Remove ${label}`}
            onChange={({ detail }) => setOwners(detail.selectedOptions.flatMap(({ value }) => value ?? []))}
          />
        </FormField>
      )}
    </EntryModal>
  );
}
