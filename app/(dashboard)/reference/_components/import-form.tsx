"use client";

import FileInput from "@cloudscape-design/components/file-input";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNotifications } from "@/components/shell/notifications";
import { EntryModal } from "@/components/ui/entry-modal";
import { importReferenceMutation } from "@/lib/queries/reference";
import { IMPORT_CHOICES } from "./import-kinds";

const ORIGINS = [
  { value: "file", label: "A file" },
  { value: "address", label: "An address" },
];

/** Loads a published source from a file or an address. */
export function ImportForm({ onClose }: { onClose(): void }) {
  const { notify } = useNotifications();
  const load = useMutation(importReferenceMutation(useQueryClient()));
  const [kind, setKind] = useState<(typeof IMPORT_CHOICES)[number]["value"]>("endoflife-activemq");
  const [origin, setOrigin] = useState("file");
  const [files, setFiles] = useState<File[]>([]);
  const [address, setAddress] = useState(IMPORT_CHOICES[0]?.address ?? "");
  const [file] = files;
  const ready = origin === "file" ? file !== undefined : address.trim().startsWith("https://");
  return (
    <EntryModal
      title="Load a source"
      save="Load"
      ready={ready}
      saving={load.isPending}
      error={load.error}
      onClose={onClose}
      onSave={() =>
        load.mutate(
          { kind, source: origin === "file" && file ? file : address.trim() },
          {
            onSuccess: ({ told, refused }) => {
              const left =
                refused.length > 0 ? ` Not taken: ${refused.length}, each with its reason in the table.` : "";
              notify({ type: "success", header: "The source is loaded", content: `${told.join(" ")}${left}` });
              onClose();
            },
          },
        )
      }
    >
      <FormField label="Source">
        <Select
          options={IMPORT_CHOICES.map(({ value, label }) => ({ value, label }))}
          selectedOption={IMPORT_CHOICES.find(({ value }) => value === kind) ?? null}
          onChange={({ detail }) => {
            const chosen = IMPORT_CHOICES.find(({ value }) => value === detail.selectedOption.value);
            if (!chosen) return;
            setKind(chosen.value);
            setAddress(chosen.address);
          }}
        />
      </FormField>
      <FormField label="From">
        <Select
          options={ORIGINS}
          selectedOption={ORIGINS.find(({ value }) => value === origin) ?? null}
          onChange={({ detail }) => setOrigin(detail.selectedOption.value ?? "file")}
        />
      </FormField>
      {origin === "file" ? (
        <FormField label="File" description="JSON, at most 20 MB." secondaryControl={file?.name}>
          <FileInput value={files} onChange={({ detail }) => setFiles(detail.value)} accept=".json,application/json">
            Choose a file
          </FileInput>
        </FormField>
      ) : (
        <FormField
          label="Address"
          description="https, on the public internet. The server asks it once, now; redirects are not followed."
          stretch
        >
          <Input value={address} onChange={({ detail }) => setAddress(detail.value)} />
        </FormField>
      )}
      <div>Nothing shipped is replaced. Advisories that the product does not ship are judged from now on.</div>
    </EntryModal>
  );
}
