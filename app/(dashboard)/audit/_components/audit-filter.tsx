"use client";

import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import type { AuditQuery } from "@/lib/contracts/audit";

type Filter = Pick<AuditQuery, "actor" | "action" | "subject" | "from" | "until">;
const ANY = { value: "", label: "Any action" };
const DAY = /^(\d{4}-\d{2}-\d{2})?$/;

/** What of the audit is shown. Texts apply with Enter or the button, so that not every letter asks the server. */
export function AuditFilter({
  filter,
  actions,
  onChange,
}: {
  filter: Filter;
  actions: readonly string[];
  onChange: (filter: Filter) => void;
}) {
  const [draft, setDraft] = useState<Filter>(filter);
  const set = (change: Filter) => setDraft({ ...draft, ...change });
  const wrong = [draft.from, draft.until].some((day) => !DAY.test(day ?? ""));
  const options = [ANY, ...actions.map((value) => ({ value, label: value }))];
  const field = (label: string, key: "actor" | "subject" | "from" | "until", placeholder: string) => (
    <FormField
      label={label}
      errorText={
        wrong && !DAY.test(draft[key] ?? "") && placeholder === "YYYY-MM-DD" ? "A day, e.g. 2026-01-31" : undefined
      }
    >
      <Input
        value={draft[key] ?? ""}
        placeholder={placeholder}
        onChange={({ detail }) => set({ [key]: detail.value })}
      />
    </FormField>
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!wrong) onChange(draft);
      }}
    >
      <SpaceBetween direction="horizontal" size="s" alignItems="end">
        {field("Who", "actor", "Part of a name")}
        <FormField label="Action">
          <Select
            selectedOption={options.find(({ value }) => value === (draft.action ?? "")) ?? ANY}
            options={options}
            expandToViewport
            onChange={({ detail }) => set({ action: detail.selectedOption.value || undefined })}
          />
        </FormField>
        {field("What", "subject", "Part of type or key")}
        {field("From", "from", "YYYY-MM-DD")}
        {field("Until", "until", "YYYY-MM-DD")}
        <Button formAction="submit">Filter</Button>
      </SpaceBetween>
    </form>
  );
}
