"use client";

import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Multiselect from "@cloudscape-design/components/multiselect";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import { sentenceCase } from "@/components/broker/labels";
import { ENVIRONMENTS } from "@/lib/domain/environment";

const NO_DEFAULT = { value: "", label: "None: brokers without tag are unclassified" };
const ENVIRONMENT_CHOICES: readonly { value: string; label: string }[] = [
  NO_DEFAULT,
  ...ENVIRONMENTS.filter((e) => e !== "unclassified").map((value) => ({ value, label: sentenceCase(value) })),
];

export interface AccountOptionsValue {
  regions: readonly string[];
  /** Empty: none. */
  defaultEnvironment: string;
  defaultOwner: string;
  readCosts: boolean;
}

interface AccountOptionsProps {
  value: AccountOptionsValue;
  onChange(value: AccountOptionsValue): void;
  allRegions: readonly string[];
}

/** How an account is read and judged: the same whether it is being connected or changed. */
export function AccountOptions({ value, onChange, allRegions }: AccountOptionsProps) {
  const regionOptions = allRegions.map((region) => ({ value: region, label: region }));
  return (
    <SpaceBetween size="l">
      <FormField label="Regions" description="None chosen: all regions where Amazon MQ exists.">
        <Multiselect
          options={regionOptions}
          selectedOptions={regionOptions.filter((option) => value.regions.includes(option.value))}
          onChange={({ detail }) =>
            onChange({
              ...value,
              regions: detail.selectedOptions.flatMap((option) => (option.value ? [option.value] : [])),
            })
          }
          placeholder="All regions"
          filteringType="auto"
          deselectAriaLabel={({ label }) => `Remove ${label}`}
          tokenLimit={6}
        />
      </FormField>
      <FormField label="Default environment" description="For brokers whose tags do not say.">
        <Select
          options={ENVIRONMENT_CHOICES}
          selectedOption={ENVIRONMENT_CHOICES.find((choice) => choice.value === value.defaultEnvironment) ?? NO_DEFAULT}
          onChange={({ detail }) => onChange({ ...value, defaultEnvironment: detail.selectedOption.value ?? "" })}
        />
      </FormField>
      <FormField
        label="Default owner"
        description="For brokers whose tags name nobody. It is shown apart and not counted as ownership."
      >
        <Input
          value={value.defaultOwner}
          onChange={({ detail }) => onChange({ ...value, defaultOwner: detail.value })}
        />
      </FormField>
      <FormField
        label="Costs"
        description="Cost Explorer costs $0.01 for each request. Switch it off where a payer account reports the same spend."
      >
        <Toggle checked={value.readCosts} onChange={({ detail }) => onChange({ ...value, readCosts: detail.checked })}>
          Read costs from this account
        </Toggle>
      </FormField>
    </SpaceBetween>
  );
}
