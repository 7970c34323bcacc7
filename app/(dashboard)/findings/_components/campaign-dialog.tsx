"use client";

import Checkbox from "@cloudscape-design/components/checkbox";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import DatePicker from "@cloudscape-design/components/date-picker";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Textarea from "@cloudscape-design/components/textarea";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useNotifications } from "@/components/shell/notifications";
import { ErrorState } from "@/components/states/error-state";
import { EntryModal } from "@/components/ui/entry-modal";
import { formatNumberOf } from "@/components/ui/figures";
import { formatDay } from "@/components/ui/times";
import type { ListQuery } from "@/lib/contracts/common";
import type { CampaignStageId } from "@/lib/domain/campaign";
import { campaignPreviewQuery, createCampaignMutation } from "@/lib/queries/campaigns";
import { CampaignPreviewView } from "./campaign-preview";

type Starts = Readonly<Partial<Record<CampaignStageId, string>>>;

/** Makes a campaign of many findings: shows its plans by stage, and what cannot be planned and why, before it is made. */
export function CampaignDialog({
  query,
  ids,
  onClose,
}: {
  query: ListQuery;
  /** The selected ones; absent: all that match the filter. */
  ids?: number[];
  onClose(): void;
}) {
  const router = useRouter();
  const { notify } = useNotifications();
  const [name, setName] = useState("");
  const [goal, setGoal] = useState("");
  const [deadline, setDeadline] = useState("");
  const [starts, setStarts] = useState<Starts>({});
  const [takePlans, setTakePlans] = useState(false);
  const stages = (["development", "test", "staging", "production"] as const).flatMap((id) =>
    starts[id] ? [{ id, startOn: starts[id] }] : [],
  );
  const draft = { ...(ids ? { ids } : {}), stages, takePlans };
  const reading = useQuery(campaignPreviewQuery(query, { ...draft, ...(deadline ? { deadline } : {}) }));
  const { data: preview, error: refused, isFetching } = reading;
  const create = useMutation(createCampaignMutation(useQueryClient(), query));
  const plans = (preview?.stages ?? []).reduce((sum, { newPlans, takenPlans }) => sum + newPlans + takenPlans, 0);
  const save = () => {
    if (!preview) return;
    create.mutate(
      { ...draft, name: name.trim(), goal: goal.trim(), deadline: preview.deadline, expected: plans },
      {
        onSuccess: (made) => {
          notify({ type: "success", header: `The campaign is made: ${formatNumberOf(made.plans, "plan")}` });
          router.push(`/plans/campaigns/${made.id}`);
        },
      },
    );
  };
  return (
    <EntryModal
      title="Make a campaign"
      save={plans > 0 ? `Make ${formatNumberOf(plans, "plan")}` : "Make the campaign"}
      ready={name.trim() !== "" && refused === null && plans > 0 && !isFetching}
      saving={create.isPending}
      error={create.error}
      onClose={onClose}
      onSave={save}
    >
      <div>
        {ids
          ? `Of ${formatNumberOf(ids.length, "selected finding")}.`
          : "Of all findings that match the filter, also those on other pages."}{" "}
        Each broker gets a plan of its own, placed in its maintenance windows, not before its stage begins.
      </div>
      <ColumnLayout columns={2}>
        <FormField label="Name">
          <Input value={name} placeholder="Off RabbitMQ 3.12" onChange={({ detail }) => setName(detail.value)} />
        </FormField>
        <FormField
          label="Deadline"
          description={preview && !deadline ? `Without one: ${formatDay(preview.deadline)}` : "The last day"}
        >
          <DatePicker value={deadline} placeholder="YYYY-MM-DD" onChange={({ detail }) => setDeadline(detail.value)} />
        </FormField>
      </ColumnLayout>
      <FormField label="Goal" stretch>
        <Textarea
          value={goal}
          rows={2}
          placeholder="What holds when it is over"
          onChange={({ detail }) => setGoal(detail.value)}
        />
      </FormField>
      {preview && preview.withPlan.total > 0 && (
        <Checkbox
          checked={takePlans}
          onChange={({ detail }) => setTakePlans(detail.checked)}
          description={`Findings they lack are added with their steps; steps that are there stay as they are: ${preview.withPlan.examples
            .map(({ broker }) => broker)
            .join(", ")}${preview.withPlan.total > preview.withPlan.examples.length ? " ..." : ""}`}
        >
          {`Take ${formatNumberOf(preview.withPlan.total, "active plan")} of these brokers into the campaign`}
        </Checkbox>
      )}
      {refused && <ErrorState error={refused} what="The campaign" />}
      {preview && (
        <CampaignPreviewView
          preview={preview}
          loading={isFetching}
          starts={starts}
          onStart={(id, day) => setStarts({ ...starts, [id]: day })}
        />
      )}
      {!preview && isFetching && <div role="status">Making the plans</div>}
    </EntryModal>
  );
}
