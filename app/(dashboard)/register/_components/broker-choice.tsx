"use client";

import FormField from "@cloudscape-design/components/form-field";
import Multiselect from "@cloudscape-design/components/multiselect";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { brokerChoiceQuery } from "@/lib/queries/register";

export interface ChosenBroker {
  id: string;
  name: string;
}

/** Chooses brokers by a part of their name. */
export function BrokerChoice({
  chosen,
  onChange,
}: {
  chosen: readonly ChosenBroker[];
  onChange(chosen: readonly ChosenBroker[]): void;
}) {
  const [text, setText] = useState("");
  const { data, isFetching, error } = useQuery(brokerChoiceQuery(text));
  const options = (data?.items ?? []).map(({ id, name, accountId, region }) => ({
    value: id,
    label: name,
    description: `${accountId}, ${region}`,
  }));
  return (
    <FormField label="Brokers" constraintText="At least one." stretch>
      <Multiselect
        selectedOptions={chosen.map(({ id, name }) => ({ value: id, label: name }))}
        options={options}
        filteringType="manual"
        filteringPlaceholder="Part of a name"
        filteringAriaLabel="Part of a broker's name"
        placeholder="Choose brokers"
        statusType={error ? "error" : isFetching ? "loading" : "finished"}
        loadingText="Reading"
        errorText="The brokers could not be read"
        empty="No broker matches"
        deselectAriaLabel={({ label }) => `Remove ${label ?? "broker"}`}
        onLoadItems={({ detail }) => setText(detail.filteringText)}
        onChange={({ detail }) =>
          onChange(detail.selectedOptions.map(({ value, label }) => ({ id: value ?? "", name: label ?? "" })))
        }
      />
    </FormField>
  );
}
