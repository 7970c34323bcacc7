"use client";

import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { sentenceCase } from "@/components/broker/labels";
import { useRefusal } from "@/components/shell/use-refusal";
import { formatInstant } from "@/components/ui/times";
import type { RuleDetail } from "@/lib/contracts/rules";
import { ENVIRONMENTS } from "@/lib/domain/environment";
import { SEVERITIES } from "@/lib/domain/finding";
import { changeRuleMutation } from "@/lib/queries/rules";

type Setting = RuleDetail["settings"][number];

/** What a rule does in an environment, as one choice. */
const CHOICES = [
  { value: "default", label: "As the rule says" },
  { value: "off", label: "Switched off" },
  ...SEVERITIES.map((severity) => ({ value: severity, label: `Severity ${severity}` })),
];

/** Switches a rule off or re-weights it, in all environments or in one, and sets its thresholds; a reason is asked for. */
export function RuleSettingsForm({ detail }: { detail: RuleDetail }) {
  const client = useQueryClient();
  const change = useMutation(changeRuleMutation(client, detail.rule.id));
  const [choices, setChoices] = useState(() => choicesOf(detail.settings));
  const [thresholds, setThresholds] = useState(() =>
    Object.fromEntries(detail.thresholds.map(({ id, value }) => [id, String(value)])),
  );
  const [reason, setReason] = useState("");
  const refusal = useRefusal("rules:write");
  const values = Object.entries(thresholds).map(([id, text]) => [id, Number(text)] as const);
  const wrong = values.filter(([id, value]) => thresholds[id]?.trim() === "" || !Number.isFinite(value) || value < 0);
  const places = ["" as const, ...ENVIRONMENTS];
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={
            detail.change
              ? `Changed by ${detail.change.updatedBy} on ${formatInstant(detail.change.updatedAt)}: ${detail.change.reason}`
              : "As shipped. What closes because a rule changed is never counted as remediation."
          }
          actions={
            <Button
              loading={change.isPending}
              disabled={refusal !== undefined || wrong.length > 0 || reason.trim().length < 5}
              disabledReason={refusal ?? (wrong.length > 0 ? "A threshold is not a number." : "Give a reason first.")}
              onClick={() =>
                change.mutate({
                  reason,
                  settings: places.flatMap((environment) => settingOf(environment, choices[environment])),
                  thresholds: Object.fromEntries(values),
                })
              }
            >
              Save and evaluate
            </Button>
          }
        >
          Settings
        </Header>
      }
    >
      <SpaceBetween size="m">
        {change.error && (
          <Alert type="error" header="Nothing was changed">
            {change.error.message}
          </Alert>
        )}
        {change.isSuccess && <Alert type="success">Saved. The brokers are being evaluated again.</Alert>}
        <div className="mqs-pairs">
          {places.map((environment) => (
            <FormField key={environment} label={environment === "" ? "All environments" : sentenceCase(environment)}>
              <Select
                options={CHOICES}
                selectedOption={CHOICES.find(({ value }) => value === (choices[environment] ?? "default")) ?? null}
                onChange={({ detail: { selectedOption } }) =>
                  setChoices({ ...choices, [environment]: selectedOption.value ?? "default" })
                }
              />
            </FormField>
          ))}
          {detail.thresholds.map(({ id, description, unit, default: shipped }) => (
            <FormField
              key={id}
              label={thresholdLabel(id, unit)}
              description={`${description} Default ${shipped}.`}
              errorText={wrong.some(([name]) => name === id) ? "Write a number that is not negative." : undefined}
            >
              <Input
                inputMode="decimal"
                value={thresholds[id] ?? ""}
                onChange={({ detail: { value } }) => setThresholds({ ...thresholds, [id]: value })}
              />
            </FormField>
          ))}
        </div>
        <FormField label="Reason" description="Recorded with your name; at least five characters.">
          <Textarea rows={2} value={reason} onChange={({ detail: { value } }) => setReason(value)} />
        </FormField>
      </SpaceBetween>
    </Container>
  );
}

/** "max-age.grace-days" in days -> "Grace days"; the unit is added where the name does not hold it. */
function thresholdLabel(id: string, unit: string): string {
  const name = sentenceCase(id.slice(id.indexOf(".") + 1));
  return name.toLowerCase().split(" ").includes(unit.toLowerCase()) ? name : `${name} (${unit})`;
}

function choicesOf(settings: readonly Setting[]): Record<string, string> {
  return Object.fromEntries(
    settings.map(({ environment, enabled, severity }) => [environment, enabled ? (severity ?? "default") : "off"]),
  );
}

function settingOf(environment: Setting["environment"], choice: string | undefined): Setting[] {
  if (!choice || choice === "default") return [];
  const severity = SEVERITIES.find((candidate) => candidate === choice) ?? null;
  return [{ environment, enabled: choice !== "off", severity }];
}
