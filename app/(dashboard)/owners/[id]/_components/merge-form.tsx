"use client";

import Alert from "@cloudscape-design/components/alert";
import FormField from "@cloudscape-design/components/form-field";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNotifications } from "@/components/shell/notifications";
import { ErrorState } from "@/components/states/error-state";
import { SectionSkeleton } from "@/components/states/section-skeleton";
import { EntryModal } from "@/components/ui/entry-modal";
import { formatCount, formatNumberOf } from "@/components/ui/figures";
import type { OwnerScorecard } from "@/lib/contracts/owners";
import { mergeOwnerMutation, mergePreviewQuery, ownersQuery } from "@/lib/queries/owners";

/** Makes another owner an alias of this one, once it was seen what moves. */
export function MergeForm({ owner, onClose }: { owner: OwnerScorecard["owner"]; onClose(): void }) {
  const { notify } = useNotifications();
  const merge = useMutation(mergeOwnerMutation(useQueryClient(), owner.id));
  const owners = useQuery(ownersQuery());
  const [from, setFrom] = useState<number | null>(null);
  const options = (owners.data?.items ?? [])
    .filter(({ id }) => id !== owner.id)
    .map(({ id, displayName, brokers, verified }) => ({
      value: String(id),
      label: displayName,
      description: `${formatNumberOf(brokers, "broker")}, ${verified ? "verified" : "not verified"}`,
    }));
  return (
    <EntryModal
      title={`Merge another owner into ${owner.displayName}`}
      save="Merge"
      ready={from !== null}
      saving={merge.isPending}
      error={merge.error}
      onClose={onClose}
      onSave={() =>
        from !== null &&
        merge.mutate(
          { from },
          {
            onSuccess: (done) => {
              notify({
                type: "success",
                header: `${done.from} is now an alias of ${done.into}`,
                content: "Brokers and findings follow within a minute.",
              });
              onClose();
            },
          },
        )
      }
    >
      <FormField label="Owner that becomes an alias" description="Two spellings of one team, for example." stretch>
        <Select
          selectedOption={options.find(({ value }) => value === String(from)) ?? null}
          options={options}
          filteringType="auto"
          filteringAriaLabel="Part of an owner's name"
          placeholder="Choose an owner"
          statusType={owners.data ? "finished" : owners.error ? "error" : "loading"}
          loadingText="Reading"
          errorText="The owners could not be read"
          empty="There is no other owner"
          onChange={({ detail }) => setFrom(Number(detail.selectedOption.value))}
        />
      </FormField>
      {from !== null && <Preview id={owner.id} from={from} />}
    </EntryModal>
  );
}

function Preview({ id, from }: { id: number; from: number }) {
  const { data, error, refetch, isFetching } = useQuery(mergePreviewQuery(id, from));
  if (!data) {
    return error ? (
      <ErrorState error={error} what="The preview" onRetry={() => void refetch()} retrying={isFetching} />
    ) : (
      <SectionSkeleton label="the preview" height={180} />
    );
  }
  return (
    <SpaceBetween size="m">
      <KeyValuePairs
        columns={3}
        minColumnWidth={150}
        items={[
          { label: "Brokers", value: formatCount(data.brokers) },
          { label: "Findings not closed", value: formatCount(data.openFindings) },
          { label: "Assignments made here", value: formatCount(data.assignments) },
          { label: "People", value: formatCount(data.people) },
          { label: "Accounts whose default it is", value: formatCount(data.accountDefaults) },
          { label: "Names that lead here", value: data.names.join(", ") },
        ]}
      />
      <Alert type="info">
        {`People of ${data.from} act on all brokers of ${data.into} from then on. Costs and findings of earlier days stay with ${data.from}. Taking the alias away makes ${data.from} an owner of its own again.`}
      </Alert>
    </SpaceBetween>
  );
}
