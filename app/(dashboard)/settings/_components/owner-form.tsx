"use client";

import FormField from "@cloudscape-design/components/form-field";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { OrderedTexts } from "@/components/ui/ordered-texts";
import type { SettingsView } from "@/lib/contracts/settings";
import { SettingsForm } from "./settings-form";

/** By which tags a broker's owner is known. */
export function OwnerForm({ view }: { view: SettingsView }) {
  const [keys, setKeys] = useState<readonly string[]>(view.settings.ownerKeys);
  const [placeholders, setPlaceholders] = useState(view.settings.ownerPlaceholders.join("\n"));
  return (
    <SettingsForm
      title="Owners"
      description="A broker's owner comes from an assignment, else from the first of these tag keys that names somebody, else from its account's default."
      view={view}
      edited={{ ownerKeys: [...keys], ownerPlaceholders: linesOf(placeholders) }}
      onReset={() => {
        setKeys(view.defaults.ownerKeys);
        setPlaceholders(view.defaults.ownerPlaceholders.join("\n"));
      }}
    >
      <FormField label="Tag keys, most trusted first" description="Upper and lower case do not matter." stretch>
        <OrderedTexts what="owner key" values={keys} onChange={setKeys} max={20} />
      </FormField>
      <FormField
        label="Values that name nobody"
        description="One for each line. A broker with such a value has no owner, which is a finding."
        stretch
      >
        <Textarea value={placeholders} rows={10} onChange={({ detail }) => setPlaceholders(detail.value)} />
      </FormField>
    </SettingsForm>
  );
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
