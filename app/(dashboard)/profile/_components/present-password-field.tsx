"use client";

import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";

/** The password somebody has now, asked for before what protects an account is changed. */
export function PresentPasswordField({ value, onChange }: { value: string; onChange(value: string): void }) {
  return (
    <FormField label="Current password" stretch>
      <Input
        type="password"
        autoComplete="current-password"
        value={value}
        onChange={({ detail }) => onChange(detail.value)}
      />
    </FormField>
  );
}
