"use client";

import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import Toggle from "@cloudscape-design/components/toggle";
import { useState } from "react";
import { sentenceCase } from "@/components/broker/labels";
import { OrderedTexts } from "@/components/ui/ordered-texts";
import type { Settings, SettingsView } from "@/lib/contracts/settings";
import { ENVIRONMENTS } from "@/lib/domain/environment";
import { SettingsForm } from "./settings-form";

type Environment = Settings["environmentValues"][string];
interface Entry {
  value: string;
  environment: Environment;
}

const CHOICES = ENVIRONMENTS.flatMap((environment) =>
  environment === "unclassified" ? [] : [{ value: environment, label: sentenceCase(environment) }],
);

/** By which tags a broker's environment is known. */
export function EnvironmentForm({ view }: { view: SettingsView }) {
  const [keys, setKeys] = useState<readonly string[]>(view.settings.environmentKeys);
  const [entries, setEntries] = useState(entriesOf(view.settings));
  const [unclassified, setUnclassified] = useState(view.settings.unclassifiedAsProduction);
  const doubles = doubledValues(entries);
  const change = (index: number, part: Partial<Entry>) =>
    setEntries(entries.map((entry, at) => (at === index ? { ...entry, ...part } : entry)));
  return (
    <SettingsForm
      title="Environments"
      description="A broker's environment comes from the first of these tag keys whose value is known, else from its account's default."
      view={view}
      edited={{
        environmentKeys: [...keys],
        environmentValues: Object.fromEntries(entries.map(({ value, environment }) => [value.trim(), environment])),
        unclassifiedAsProduction: unclassified,
      }}
      onReset={() => {
        setKeys(view.defaults.environmentKeys);
        setEntries(entriesOf(view.defaults));
        setUnclassified(view.defaults.unclassifiedAsProduction);
      }}
    >
      <FormField
        label="Tag keys, most trusted first"
        description="Upper and lower case do not matter. Blank values count as missing."
        stretch
      >
        <OrderedTexts what="environment key" values={keys} onChange={setKeys} max={20} />
      </FormField>
      <FormField
        label="What the values mean"
        description="A value that is not listed here decides nothing, and is reported."
        errorText={doubles.length > 0 ? `Listed twice: ${doubles.join(", ")}` : undefined}
        stretch
      >
        <AttributeEditor
          items={entries}
          addButtonText="Add value"
          removeButtonText="Remove"
          removeButtonAriaLabel={({ value }) => `Remove value ${value}`}
          onAddButtonClick={() => setEntries([...entries, { value: "", environment: "production" }])}
          onRemoveButtonClick={({ detail }) => setEntries(entries.filter((_, index) => index !== detail.itemIndex))}
          definition={[
            {
              label: "Tag value",
              control: ({ value }, index) => (
                <Input
                  ariaLabel={`Tag value ${index + 1}`}
                  value={value}
                  onChange={({ detail }) => change(index, { value: detail.value })}
                  invalid={value.trim() === ""}
                />
              ),
            },
            {
              label: "Environment",
              control: ({ environment }, index) => (
                <Select
                  ariaLabel={`Environment of value ${index + 1}`}
                  options={CHOICES}
                  selectedOption={CHOICES.find(({ value }) => value === environment) ?? null}
                  onChange={({ detail }) => {
                    const chosen = CHOICES.find(({ value }) => value === detail.selectedOption.value);
                    if (chosen) change(index, { environment: chosen.value });
                  }}
                />
              ),
            },
          ]}
        />
      </FormField>
      <FormField
        label="Brokers that nothing classifies"
        description="The safe side is to treat them as production; every figure about production says how many of them it holds."
        stretch
      >
        <Toggle checked={unclassified} onChange={({ detail }) => setUnclassified(detail.checked)}>
          Count unclassified brokers as production
        </Toggle>
      </FormField>
    </SettingsForm>
  );
}

function entriesOf({ environmentValues }: Settings): Entry[] {
  return Object.entries(environmentValues).map(([value, environment]) => ({ value, environment }));
}

function doubledValues(entries: readonly Entry[]): string[] {
  const seen = new Set<string>();
  return entries
    .map(({ value }) => value.trim().toLowerCase())
    .filter((value) => {
      const double = seen.has(value);
      seen.add(value);
      return double && value !== "";
    });
}
