"use client";

import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import Textarea from "@cloudscape-design/components/textarea";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { engineLabel } from "@/components/broker/labels";
import { useNotifications } from "@/components/shell/notifications";
import { EntryModal } from "@/components/ui/entry-modal";
import { type CalendarRow, overrideInput } from "@/lib/contracts/reference";
import { overrideReferenceMutation } from "@/lib/queries/reference";

/** What the form starts with. */
export interface OverrideDraft {
  kind: CalendarRow["kind"];
  engine: string;
  key: string;
  /** Null: none announced. Empty: to be filled in. */
  endOfSupport: string | null;
  source: string;
  reason: string;
}

/** The row as it is in force, for the form to start with. */
export function draftOf({ kind, engine, key, inForce }: CalendarRow): OverrideDraft {
  return { kind, engine, key, endOfSupport: inForce?.endOfSupport ?? "", source: "", reason: "" };
}

const ENDS = [
  { value: "day", label: "On a day" },
  { value: "none", label: "None announced" },
];
const CREATABLE = [
  { value: "", label: "As the shipped row says" },
  { value: "yes", label: "Can be created" },
  { value: "no", label: "Cannot be created" },
];

/** Sets a row of the support calendar instead of the shipped one; asks for a reason. */
export function OverrideForm({ draft, onClose }: { draft: OverrideDraft; onClose(): void }) {
  const { notify } = useNotifications();
  const save = useMutation(overrideReferenceMutation(useQueryClient()));
  const [end, setEnd] = useState(draft.endOfSupport === null ? "none" : "day");
  const [day, setDay] = useState(draft.endOfSupport ?? "");
  const [creatable, setCreatable] = useState("");
  const [source, setSource] = useState(draft.source);
  const [reason, setReason] = useState(draft.reason);
  const body = overrideInput.safeParse({
    kind: draft.kind,
    engine: draft.engine,
    key: draft.key,
    endOfSupport: end === "none" ? null : day.trim(),
    creatable: creatable === "" ? null : creatable === "yes",
    source: source.trim() || null,
    reason,
  });
  const wrongDay = !body.success && body.error.issues.some(({ path }) => path[0] === "endOfSupport");
  const name = `${engineLabel(draft.engine)} ${draft.key}`;
  return (
    <EntryModal
      title={`Override ${name}`}
      save="Override and evaluate"
      ready={body.success}
      saving={save.isPending}
      error={save.error}
      onClose={onClose}
      onSave={() => {
        if (!body.success) return;
        save.mutate(body.data, {
          onSuccess: () => {
            notify({ type: "success", header: `${name} is overridden; the brokers are being evaluated again` });
            onClose();
          },
        });
      }}
    >
      <div>
        The override decides everywhere until it is taken back. What closes because of it is never counted as
        remediation.
      </div>
      <FormField label="End of support">
        <Select
          options={ENDS}
          selectedOption={ENDS.find(({ value }) => value === end) ?? null}
          onChange={({ detail }) => setEnd(detail.selectedOption.value ?? "day")}
        />
      </FormField>
      {end === "day" && (
        <FormField
          label="First day past support"
          description="For example 2027-03-01"
          errorText={wrongDay && day !== "" ? "Write it like 2027-03-01." : undefined}
        >
          <Input value={day} onChange={({ detail }) => setDay(detail.value)} />
        </FormField>
      )}
      <FormField label="New brokers" description="Whether AWS lets brokers be created on it.">
        <Select
          options={CREATABLE}
          selectedOption={CREATABLE.find(({ value }) => value === creatable) ?? null}
          onChange={({ detail }) => setCreatable(detail.selectedOption.value ?? "")}
        />
      </FormField>
      <FormField label="Source" description="Where you read it: an address or a document. Optional." stretch>
        <Input value={source} onChange={({ detail }) => setSource(detail.value)} />
      </FormField>
      <FormField label="Reason" description="Recorded with your name; at least five characters." stretch>
        <Textarea rows={3} value={reason} onChange={({ detail }) => setReason(detail.value)} />
      </FormField>
    </EntryModal>
  );
}
