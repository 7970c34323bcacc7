"use client";

import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Multiselect from "@cloudscape-design/components/multiselect";
import Select from "@cloudscape-design/components/select";
import Textarea from "@cloudscape-design/components/textarea";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { sentenceCase } from "@/components/broker/labels";
import { useNotifications } from "@/components/shell/notifications";
import { EntryModal } from "@/components/ui/entry-modal";
import { type ApplicationItem, type IncidentItem, incidentInput } from "@/lib/contracts/register";
import { INCIDENT_CAUSES } from "@/lib/domain/register";
import { reviewCandidateMutation, saveIncidentMutation } from "@/lib/queries/register";
import { BrokerChoice } from "./broker-choice";
import { instantOfText, textOfInstant } from "./instant-text";

export type IncidentDraft = Pick<
  IncidentItem,
  "title" | "startedAt" | "endedAt" | "cause" | "planned" | "note" | "brokers" | "applicationIds"
>;
export const NEW_INCIDENT: IncidentDraft = {
  title: "",
  startedAt: "",
  endedAt: null,
  cause: "broker-failure",
  planned: false,
  note: "",
  brokers: [],
  applicationIds: [],
};
const CAUSES = INCIDENT_CAUSES.map((value) => ({ value, label: sentenceCase(value) }));

/** Records an incident, changes one, or makes one of a suggestion. */
export function IncidentForm({
  id,
  candidateId = null,
  draft,
  applications,
  onClose,
}: {
  id: number | null;
  candidateId?: string | null;
  draft: IncidentDraft;
  applications: readonly ApplicationItem[];
  onClose(): void;
}) {
  const client = useQueryClient();
  const { notify } = useNotifications();
  const save = useMutation(saveIncidentMutation(client, id));
  const confirm = useMutation(reviewCandidateMutation(client, candidateId ?? ""));
  const [edited, setEdited] = useState(draft);
  const [times, setTimes] = useState({
    start: textOfInstant(draft.startedAt || null),
    end: textOfInstant(draft.endedAt),
  });
  const set = (change: Partial<IncidentDraft>) => setEdited((before) => ({ ...before, ...change }));
  const ended = instantOfText(times.end);
  const body = incidentInput.safeParse({
    ...edited,
    startedAt: instantOfText(times.start) ?? "",
    endedAt: ended === undefined ? "" : ended,
    brokerIds: edited.brokers.map((broker) => broker.id),
  });
  const problem = problemsOf(body);
  const done = {
    onSuccess: () => {
      notify({ type: "success", header: `“${edited.title.trim()}” is in the register` });
      onClose();
    },
  };
  const applicationOptions = applications.map((application) => ({
    value: String(application.id),
    label: application.name,
  }));
  return (
    <EntryModal
      title={candidateId !== null ? "Make it an incident" : id === null ? "Record an incident" : "Change the incident"}
      save="Save"
      ready={body.success}
      saving={save.isPending || confirm.isPending}
      error={save.error ?? confirm.error}
      onClose={onClose}
      onSave={() => {
        if (!body.success) return;
        if (candidateId === null) save.mutate(body.data, done);
        else confirm.mutate({ decision: "confirmed", incident: body.data }, done);
      }}
    >
      <FormField label="Title" errorText={edited.title === "" ? undefined : problem("title")}>
        <Input value={edited.title} onChange={({ detail }) => set({ title: detail.value })} />
      </FormField>
      <FormField
        label="Started"
        description="UTC, for example 2026-11-20 14:30"
        errorText={times.start === "" ? undefined : problem("startedAt", "Write it like 2026-11-20 14:30.")}
      >
        <Input value={times.start} onChange={({ detail }) => setTimes({ ...times, start: detail.value })} />
      </FormField>
      <FormField
        label="Ended"
        description="Empty while it lasts"
        errorText={ended === undefined ? "Write it like 2026-11-20 14:30." : problem("endedAt")}
      >
        <Input value={times.end} onChange={({ detail }) => setTimes({ ...times, end: detail.value })} />
      </FormField>
      <FormField label="Cause">
        <Select
          selectedOption={CAUSES.find(({ value }) => value === edited.cause) ?? null}
          options={CAUSES}
          onChange={({ detail }) =>
            set({ cause: INCIDENT_CAUSES.find((cause) => cause === detail.selectedOption.value) ?? edited.cause })
          }
        />
      </FormField>
      <Checkbox checked={edited.planned} onChange={({ detail }) => set({ planned: detail.checked })}>
        Planned and announced: shown, and not counted as downtime
      </Checkbox>
      <BrokerChoice chosen={edited.brokers} onChange={(brokers) => set({ brokers: [...brokers] })} />
      <FormField label="Applications that were down" stretch>
        <Multiselect
          selectedOptions={applicationOptions.filter(({ value }) => edited.applicationIds.includes(Number(value)))}
          options={applicationOptions}
          placeholder="Choose applications"
          empty="No application is registered"
          deselectAriaLabel={({ label }) => `Remove ${label ?? "application"}`}
          onChange={({ detail }) => set({ applicationIds: detail.selectedOptions.map(({ value }) => Number(value)) })}
        />
      </FormField>
      <FormField label="Note" stretch>
        <Textarea value={edited.note} onChange={({ detail }) => set({ note: detail.value })} />
      </FormField>
    </EntryModal>
  );
}

interface Parse {
  success: boolean;
  error?: { issues: readonly { path: readonly PropertyKey[]; message: string }[] };
}

/** What is wrong with a field, in the contract's words or in better ones. */
export function problemsOf(parse: Parse): (field: string, words?: string) => string | undefined {
  return (field, words) => {
    const issue = parse.error?.issues.find(({ path }) => path[0] === field);
    return issue && (words ?? issue.message);
  };
}
