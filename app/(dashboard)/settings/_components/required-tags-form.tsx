"use client";

import FormField from "@cloudscape-design/components/form-field";
import { useState } from "react";
import { OrderedTexts } from "@/components/ui/ordered-texts";
import type { SettingsView } from "@/lib/contracts/settings";
import { SettingsForm } from "./settings-form";

/** Which tags every broker needs. */
export function RequiredTagsForm({ view }: { view: SettingsView }) {
  const [keys, setKeys] = useState<readonly string[]>(view.settings.requiredTagKeys);
  return (
    <SettingsForm
      title="Required tags"
      description="A broker without one of these tags, or with a blank one, is a finding. Where none is named, any tag will do."
      view={view}
      edited={{ requiredTagKeys: [...keys] }}
      onReset={() => setKeys(view.defaults.requiredTagKeys)}
    >
      <FormField label="Tag keys" description="Upper and lower case do not matter." stretch>
        <OrderedTexts what="required tag key" values={keys} onChange={setKeys} max={20} />
      </FormField>
    </SettingsForm>
  );
}
