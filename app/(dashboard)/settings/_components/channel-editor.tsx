"use client";

import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { EntryModal } from "@/components/ui/entry-modal";
import {
  CHANNEL_KIND_IDS,
  CHANNEL_KIND_NAMES,
  CHANNEL_KINDS,
  type ChannelItem,
  type ChannelKind,
  isChannelKind,
} from "@/lib/contracts/notifications";
import { changeChannelMutation, createChannelMutation } from "@/lib/queries/notifications";
import { CHANNEL_FIELDS, settingsOf } from "./channel-fields";

const KINDS = CHANNEL_KIND_IDS.map((value) => ({ value, label: CHANNEL_KIND_NAMES[value] }));
const SECRETS = {
  password: { label: "Password", help: "Only where the server asks for one." },
  url: { label: "Webhook address", help: "Whoever knows it can post, so it is kept as a secret." },
  signingSecret: {
    label: "Signing secret",
    help: "The receiver checks with it that a request is ours (Standard Webhooks, HMAC-SHA256).",
  },
} as const;
const PLACES = [
  { value: "value", label: "Stored here, encrypted" },
  { value: "variable", label: "In an environment variable" },
];

/** Adding a channel, or changing one. The kind stays; a secret that is left empty stays, too. */
export function ChannelEditor({ channel, onClose }: { channel: ChannelItem | null; onClose(): void }) {
  const client = useQueryClient();
  const create = useMutation(createChannelMutation(client));
  const change = useMutation(changeChannelMutation(client));
  const [kind, setKind] = useState<ChannelKind>(channel?.kind ?? "email");
  const [name, setName] = useState(channel?.name ?? "");
  const [fields, setFields] = useState<Readonly<Record<string, string>>>(
    Object.fromEntries(Object.entries(channel?.settings ?? {}).map(([key, value]) => [key, String(value)])),
  );
  const [secret, setSecret] = useState("");
  const [secretField] = CHANNEL_KINDS[kind].secrets;
  const kept = secretField ? channel?.secrets[secretField] : undefined;
  const [place, setPlace] = useState(kept?.from === "variable" ? "variable" : "value");
  const error = create.error ?? change.error;
  const save = () => {
    const settings = settingsOf(kind, fields);
    const text = secret.trim();
    const secrets =
      secretField && text !== "" ? { [secretField]: place === "variable" ? { variable: text } : { value: text } } : {};
    const done = { onSuccess: onClose };
    if (channel) change.mutate({ id: channel.id, name, settings, secrets }, done);
    else create.mutate({ kind, name, settings, secrets }, done);
  };
  return (
    <EntryModal
      title={channel ? `Change ${channel.name}` : "Add a channel"}
      save={channel ? "Save" : "Add"}
      ready={name.trim() !== ""}
      saving={create.isPending || change.isPending}
      error={error}
      onSave={save}
      onClose={onClose}
    >
      <FormField label="Kind" stretch>
        <Select
          disabled={channel !== null}
          options={KINDS}
          selectedOption={KINDS.find(({ value }) => value === kind) ?? null}
          onChange={({ detail: { selectedOption } }) => {
            if (selectedOption.value && isChannelKind(selectedOption.value)) setKind(selectedOption.value);
          }}
        />
      </FormField>
      <FormField label="Name" stretch>
        <Input value={name} autoComplete={false} onChange={({ detail }) => setName(detail.value)} />
      </FormField>
      {CHANNEL_FIELDS[kind].map(({ key, label, description, options }) => (
        <FormField key={key} label={label} description={description} stretch>
          {options ? (
            <Select
              options={[...options]}
              selectedOption={options.find(({ value }) => value === (fields[key] ?? options[0]?.value)) ?? null}
              onChange={({ detail }) => setFields({ ...fields, [key]: detail.selectedOption.value ?? "" })}
            />
          ) : (
            <Input
              value={fields[key] ?? ""}
              autoComplete={false}
              onChange={({ detail }) => setFields({ ...fields, [key]: detail.value })}
            />
          )}
        </FormField>
      ))}
      {secretField && (
        <FormField label={`${SECRETS[secretField].label}: where it is kept`} stretch>
          <Select
            options={PLACES}
            selectedOption={PLACES.find(({ value }) => value === place) ?? null}
            onChange={({ detail }) => setPlace(detail.selectedOption.value ?? "value")}
          />
        </FormField>
      )}
      {secretField && (
        <FormField
          label={place === "variable" ? "Name of the variable" : SECRETS[secretField].label}
          description={
            place === "variable"
              ? "MQ_STEWARD_NOTIFY_ and a name of your own; web and worker need it."
              : SECRETS[secretField].help
          }
          constraintText={kept ? "Leave it empty to keep the present one." : undefined}
          stretch
        >
          <Input
            type={place === "variable" ? "text" : "password"}
            value={secret}
            autoComplete={false}
            placeholder={place === "variable" ? "MQ_STEWARD_NOTIFY_MAIL" : ""}
            onChange={({ detail }) => setSecret(detail.value)}
          />
        </FormField>
      )}
    </EntryModal>
  );
}
