"use client";

import Alert from "@cloudscape-design/components/alert";
import DatePicker from "@cloudscape-design/components/date-picker";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { CostChange, StepTime } from "@/components/plan/plan-marks";
import { useNotifications } from "@/components/shell/notifications";
import { ErrorState } from "@/components/states/error-state";
import { EntryModal } from "@/components/ui/entry-modal";
import { formatNumberOf } from "@/components/ui/figures";
import { Status } from "@/components/ui/status";
import type { PlanItem } from "@/lib/contracts/plans";
import { createPlanMutation, linkFindingsMutation, planPreviewQuery } from "@/lib/queries/plans";

/** Shows the plan that would be made before it is made; where the broker has one, offers to add the finding to it. */
export function PlanDialog({
  brokerId,
  findingId,
  plan,
  onClose,
}: {
  brokerId: string;
  findingId: number | undefined;
  plan: PlanItem | null;
  onClose(): void;
}) {
  const router = useRouter();
  const client = useQueryClient();
  const { notify } = useNotifications();
  const [title, setTitle] = useState("");
  const [toLine, setToLine] = useState("");
  const [startOn, setStartOn] = useState("");
  const findings = findingId === undefined ? {} : { findingIds: [findingId] };
  const input = { brokerId, ...findings, ...(toLine ? { toLine } : {}), ...(startOn ? { startOn } : {}) };
  const { data: preview, error: refused, isFetching } = useQuery(planPreviewQuery(input));
  const create = useMutation(createPlanMutation(client));
  const link = useMutation(linkFindingsMutation(client));
  const opened = (id: number, header: string) => {
    notify({ type: "success", header });
    router.push(`/plans/${id}`);
  };
  const save = () => {
    if (plan && findingId !== undefined)
      link.mutate(
        { id: plan.id, link: [findingId] },
        { onSuccess: () => opened(plan.id, "The finding is in the plan") },
      );
    else
      create.mutate(
        { ...input, ...(title.trim() ? { title: title.trim() } : {}) },
        { onSuccess: ({ id }) => opened(id, "The plan is made; its findings are in progress") },
      );
  };
  const lines = [{ value: "", label: "The nearest that puts the findings right" }].concat(
    (preview?.lines ?? []).map((line) => ({ value: line, label: line })),
  );
  const steps = preview?.steps ?? [];
  return (
    <EntryModal
      title={plan ? `Add the finding to the plan "${plan.title}"?` : "Make a plan"}
      save={plan ? "Add" : "Make the plan"}
      ready={refused === null && steps.length > 0}
      saving={create.isPending || link.isPending}
      error={create.error ?? link.error}
      onClose={onClose}
      onSave={save}
    >
      {!plan && (
        <SpaceBetween size="m">
          <FormField label="Title" stretch>
            <Input value={title} placeholder={preview?.title ?? ""} onChange={({ detail }) => setTitle(detail.value)} />
          </FormField>
          {lines.length > 1 && (
            <FormField label="Engine line to end on">
              <Select
                selectedOption={lines.find(({ value }) => value === toLine) ?? null}
                options={lines}
                onChange={({ detail }) => setToLine(detail.selectedOption.value ?? "")}
              />
            </FormField>
          )}
          <FormField label="Start" description="The first day of work; empty: today">
            <DatePicker value={startOn} placeholder="YYYY-MM-DD" onChange={({ detail }) => setStartOn(detail.value)} />
          </FormField>
        </SpaceBetween>
      )}
      {refused && <ErrorState error={refused} what="The plan" />}
      {(preview?.notes ?? []).map((note) => (
        <Alert key={note} type="info">
          {note}
        </Alert>
      ))}
      {preview?.cost && (
        <FormField
          label="List price of the instances per month"
          description="An estimate without storage and data transfer"
        >
          <CostChange cost={preview.cost} />
        </FormField>
      )}
      <Table
        variant="embedded"
        items={steps}
        trackBy="key"
        wrapLines
        loading={!preview && isFetching}
        loadingText="Making the plan"
        ariaLabels={{ tableLabel: "Steps of the plan" }}
        empty="No step would come of it."
        header={
          preview
            ? `${formatNumberOf(steps.length, "step")} for ${formatNumberOf(preview.findingIds.length, "finding")}`
            : undefined
        }
        columnDefinitions={[
          { id: "title", header: "Step", isRowHeader: true, minWidth: 260, cell: ({ title: text }) => text },
          {
            id: "when",
            header: "When",
            minWidth: 160,
            cell: (step) => <StepTime step={step} timeZone={preview?.windows.timeZone ?? null} />,
          },
          {
            id: "reboots",
            header: "Reboots",
            cell: ({ interruption }) => (interruption.reboots ? <Status type="warning">Yes</Status> : "No"),
          },
          {
            id: "done",
            header: "Done by",
            cell: ({ doneKind }) => (doneKind === "observed" ? "A sync sees it" : "Somebody vouches"),
          },
        ]}
      />
    </EntryModal>
  );
}
