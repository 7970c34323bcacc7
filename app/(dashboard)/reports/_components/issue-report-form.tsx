"use client";

import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNotifications } from "@/components/shell/notifications";
import { EntryModal } from "@/components/ui/entry-modal";
import type { ReportPage } from "@/lib/contracts/reports";
import { issueReportMutation } from "@/lib/queries/reports";
import { reportName, STAGES } from "./report-words";

const GROUPS = [
  { kind: "all", label: "Everything" },
  { kind: "account", label: "Accounts" },
  { kind: "owner", label: "Owners" },
] as const;

/** Which report is to be computed. */
export function IssueReportForm({ page, onClose }: { page: ReportPage; onClose(): void }) {
  const { notify } = useNotifications();
  const issue = useMutation(issueReportMutation(useQueryClient()));
  const [quarter, setQuarter] = useState(page.quarters[1]?.name ?? page.quarters[0]?.name ?? "");
  const [scope, setScope] = useState(page.scopes[0]);
  const [reason, setReason] = useState("");
  const quarters = page.quarters.map(({ name, running }) => ({
    value: name,
    label: running ? `${name}, to date` : name,
  }));
  const scopes = GROUPS.flatMap(({ kind, label }) => {
    const options = page.scopes
      .filter((one) => one.kind === kind)
      .map((one) => ({ value: `${kind} ${one.key}`, label: one.label }));
    return options.length > 0 ? [{ label, options }] : [];
  });
  const chosen = scopes.flatMap(({ options }) => options).find(({ value }) => value === `${scope?.kind} ${scope?.key}`);
  const isCorrection = page.items.some(
    (item) =>
      item.stage === "final" &&
      item.quarter === quarter &&
      item.scope.kind === scope?.kind &&
      item.scope.key === scope.key,
  );
  return (
    <EntryModal
      title="Make a report"
      save="Compute"
      ready={scope !== undefined && (!isCorrection || reason.trim() !== "")}
      saving={issue.isPending}
      error={issue.error}
      onClose={onClose}
      onSave={() =>
        scope &&
        issue.mutate(
          { quarter, scope: scope.kind, key: scope.key, reason: reason.trim() || undefined },
          {
            onSuccess: ({ report, created }) => {
              notify({
                type: created ? "success" : "info",
                header: created
                  ? `${reportName(report)} (${STAGES[report.stage].text.toLowerCase()}) is frozen`
                  : `Nothing changed since ${reportName(report)}`,
              });
              onClose();
            },
          },
        )
      }
    >
      <div>
        It is computed once and frozen as a new version. Where nothing changed since the newest version, that one stays
        the newest.
      </div>
      <FormField label="Quarter" stretch>
        <Select
          selectedOption={quarters.find(({ value }) => value === quarter) ?? null}
          options={quarters}
          onChange={({ detail }) => setQuarter(detail.selectedOption.value ?? "")}
        />
      </FormField>
      <FormField label="Scope" stretch>
        <Select
          selectedOption={chosen ?? null}
          options={scopes}
          filteringType="auto"
          filteringAriaLabel="Find an account or owner"
          onChange={({ detail }) =>
            setScope(page.scopes.find((one) => `${one.kind} ${one.key}` === detail.selectedOption.value))
          }
        />
      </FormField>
      {isCorrection && (
        <FormField label="Why the final report is corrected" stretch>
          <Input value={reason} onChange={({ detail }) => setReason(detail.value)} />
        </FormField>
      )}
    </EntryModal>
  );
}
