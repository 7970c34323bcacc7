"use client";

import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import Textarea from "@cloudscape-design/components/textarea";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNotifications } from "@/components/shell/notifications";
import { EntryModal } from "@/components/ui/entry-modal";
import { type DrillItem, drillInput } from "@/lib/contracts/register";
import { saveDrillMutation } from "@/lib/queries/register";
import { BrokerChoice, type ChosenBroker } from "./broker-choice";
import { problemsOf } from "./incident-form";
import { instantOfText, textOfInstant } from "./instant-text";

const RESULTS = [
  { value: "", label: "Not run yet" },
  { value: "yes", label: "Clients went on as expected" },
  { value: "no", label: "It failed" },
];

/** Plans a drill, or says how one went. */
export function DrillForm({ drill, onClose }: { drill: DrillItem | null; onClose(): void }) {
  const { notify } = useNotifications();
  const save = useMutation(saveDrillMutation(useQueryClient(), drill?.id ?? null));
  const [brokers, setBrokers] = useState<readonly ChosenBroker[]>(drill?.brokers ?? []);
  const [plannedOn, setPlannedOn] = useState(drill?.plannedOn ?? "");
  const [start, setStart] = useState(textOfInstant(drill?.startedAt ?? null));
  const [end, setEnd] = useState(textOfInstant(drill?.recoveredAt ?? null));
  const [result, setResult] = useState(drill?.successful == null ? "" : drill.successful ? "yes" : "no");
  const [problems, setProblems] = useState(drill?.problems ?? "");
  const [startedAt, recoveredAt] = [instantOfText(start), instantOfText(end)];
  const body = drillInput.safeParse({
    brokerIds: brokers.map(({ id }) => id),
    plannedOn,
    startedAt: startedAt === undefined ? "" : startedAt,
    recoveredAt: recoveredAt === undefined ? "" : recoveredAt,
    successful: result === "" ? null : result === "yes",
    problems,
  });
  const problem = problemsOf(body);
  return (
    <EntryModal
      title={drill === null ? "Plan a fail-over drill" : "Change the drill"}
      save="Save"
      ready={body.success}
      saving={save.isPending}
      error={save.error}
      onClose={onClose}
      onSave={() => {
        if (!body.success) return;
        save.mutate(body.data, {
          onSuccess: () => {
            notify({ type: "success", header: `The drill of ${plannedOn} is in the register` });
            onClose();
          },
        });
      }}
    >
      <BrokerChoice chosen={brokers} onChange={setBrokers} />
      <FormField
        label="Planned for"
        description="A day, for example 2026-12-01"
        errorText={plannedOn === "" ? undefined : problem("plannedOn", "Write it like 2026-12-01.")}
      >
        <Input value={plannedOn} onChange={({ detail }) => setPlannedOn(detail.value)} />
      </FormField>
      <FormField
        label="Started"
        description="UTC, for example 2026-11-20 14:30; empty as long as it was not run"
        errorText={startedAt === undefined ? "Write it like 2026-11-20 14:30." : problem("startedAt")}
      >
        <Input value={start} onChange={({ detail }) => setStart(detail.value)} />
      </FormField>
      <FormField
        label="Recovered"
        errorText={recoveredAt === undefined ? "Write it like 2026-11-20 14:30." : problem("recoveredAt")}
      >
        <Input value={end} onChange={({ detail }) => setEnd(detail.value)} />
      </FormField>
      <FormField label="Result">
        <Select
          selectedOption={RESULTS.find(({ value }) => value === result) ?? null}
          options={RESULTS}
          onChange={({ detail }) => setResult(detail.selectedOption.value ?? "")}
        />
      </FormField>
      <FormField label="Observed problems" stretch>
        <Textarea value={problems} onChange={({ detail }) => setProblems(detail.value)} />
      </FormField>
    </EntryModal>
  );
}
