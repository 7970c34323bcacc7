"use client";

import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNotifications } from "@/components/shell/notifications";
import { EntryModal } from "@/components/ui/entry-modal";
import { type ApplicationItem, applicationInput } from "@/lib/contracts/register";
import { saveApplicationMutation } from "@/lib/queries/register";
import { BrokerChoice, type ChosenBroker } from "./broker-choice";
import { problemsOf } from "./incident-form";

/** Registers an application that depends on brokers, or changes one. */
export function ApplicationForm({ application, onClose }: { application: ApplicationItem | null; onClose(): void }) {
  const { notify } = useNotifications();
  const save = useMutation(saveApplicationMutation(useQueryClient(), application?.id ?? null));
  const [name, setName] = useState(application?.name ?? "");
  const [owner, setOwner] = useState(application?.ownerName ?? "");
  const [brokers, setBrokers] = useState<readonly ChosenBroker[]>(application?.brokers ?? []);
  const [sla, setSla] = useState(application?.slaTarget == null ? "" : String(application.slaTarget));
  const [cost, setCost] = useState(application?.outageCostPerHour ?? "");
  const [currency, setCurrency] = useState(application?.outageCostCurrency ?? "");
  const [attested, setAttested] = useState(application?.failoverAttestedAt != null);
  const body = applicationInput.safeParse({
    name,
    ownerName: owner.trim() || null,
    brokerIds: brokers.map(({ id }) => id),
    slaTarget: sla.trim() === "" ? null : Number(sla),
    outageCostPerHour: cost.trim() || null,
    outageCostCurrency: currency.trim() || null,
    failoverAttested: attested,
  });
  const problem = problemsOf(body);
  return (
    <EntryModal
      title={application === null ? "Register an application" : `Change ${application.name}`}
      save="Save"
      ready={body.success}
      saving={save.isPending}
      error={save.error}
      onClose={onClose}
      onSave={() => {
        if (!body.success) return;
        save.mutate(body.data, {
          onSuccess: () => {
            notify({ type: "success", header: `${name.trim()} is in the register` });
            onClose();
          },
        });
      }}
    >
      <FormField label="Name" errorText={name === "" ? undefined : problem("name")}>
        <Input value={name} onChange={({ detail }) => setName(detail.value)} />
      </FormField>
      <FormField label="Owner" errorText={problem("ownerName")}>
        <Input value={owner} onChange={({ detail }) => setOwner(detail.value)} />
      </FormField>
      <BrokerChoice chosen={brokers} onChange={setBrokers} />
      <FormField
        label="SLA target (percent)"
        description="Promised share of the time, for example 99.9; empty where nothing was promised"
        errorText={problem("slaTarget", "More than 0 and at most 100.")}
      >
        <Input value={sla} inputMode="decimal" onChange={({ detail }) => setSla(detail.value)} />
      </FormField>
      <FormField label="Cost of an hour's outage" errorText={problem("outageCostPerHour")}>
        <Input value={cost} inputMode="decimal" onChange={({ detail }) => setCost(detail.value)} />
      </FormField>
      <FormField label="Currency of that cost" errorText={problem("outageCostCurrency")}>
        <Input value={currency} placeholder="USD" onChange={({ detail }) => setCurrency(detail.value.toUpperCase())} />
      </FormField>
      <Checkbox checked={attested} onChange={({ detail }) => setAttested(detail.checked)}>
        I vouch that its clients' fail-over connection string names every endpoint of these brokers
      </Checkbox>
    </EntryModal>
  );
}
