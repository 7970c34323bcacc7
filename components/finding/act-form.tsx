"use client";

import DateInput from "@cloudscape-design/components/date-input";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import type { FindingAct } from "@/lib/queries/findings";

export type ActName =
  | "acknowledge"
  | "claim-fixed"
  | "request-acceptance"
  | "request-false-positive"
  | "withdraw-request"
  | "approve"
  | "reject"
  | "end-acceptance";

interface ActWords {
  label: string;
  /** Label of the text, and whether it must be there. */
  text: string;
  required: boolean;
  help: string;
}

/** How each act is called and what it asks for. */
export const ACTS: Readonly<Record<ActName, ActWords>> = {
  acknowledge: {
    label: "Acknowledge",
    text: "Note",
    required: true,
    help: "Says who takes it on and by when. The due day of the SLA stays as it is.",
  },
  "claim-fixed": {
    label: "Claim fixed",
    text: "What was done",
    required: false,
    help: "The next sync confirms it by closing the finding, or refutes it.",
  },
  "request-acceptance": {
    label: "Ask for acceptance",
    text: "Reason",
    required: true,
    help: "Somebody else approves. Until then the finding is open and its clock runs.",
  },
  "request-false-positive": {
    label: "Ask for false positive",
    text: "Reason",
    required: true,
    help: "Somebody else approves. Until then the finding is open and its clock runs.",
  },
  "withdraw-request": {
    label: "Take request back",
    text: "Note",
    required: false,
    help: "The finding returns to where it was.",
  },
  approve: {
    label: "Approve",
    text: "Note",
    required: false,
    help: "Who asked cannot approve. While the acceptance lasts the due day waits, unless it was reached before.",
  },
  reject: { label: "Reject", text: "Reason", required: true, help: "The finding returns to where it was." },
  "end-acceptance": {
    label: "End acceptance",
    text: "Reason",
    required: true,
    help: "The finding is open again at once.",
  },
};

export interface ActValue {
  text: string;
  assignee: string;
  /** ISO day: target or expiry. */
  on: string;
}

export const EMPTY_ACT: ActValue = { text: "", assignee: "", on: "" };
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The request of an act as filled in; null while something is missing. */
export function actOf(name: ActName, { text, assignee, on }: ActValue): FindingAct | null {
  const note = text.trim();
  if (ACTS[name].required && note === "") return null;
  switch (name) {
    case "acknowledge":
      return assignee.trim() !== "" && DAY.test(on)
        ? { endpoint: name, body: { assignee: assignee.trim(), note, targetOn: on } }
        : null;
    case "request-acceptance":
      return DAY.test(on) ? { endpoint: name, body: { kind: "accepted", reason: note, expiresOn: on } } : null;
    case "request-false-positive":
      return { endpoint: "request-acceptance", body: { kind: "false-positive", reason: note } };
    case "claim-fixed":
    case "withdraw-request":
      return { endpoint: name, body: { note } };
    case "approve":
    case "reject":
      return { endpoint: "decide", body: { decision: name, note } };
    case "end-acceptance":
      return { endpoint: "decide", body: { decision: "end", note } };
  }
}

/** The fields of an act. */
export function ActForm({
  name,
  value,
  onChange,
  latest,
}: {
  name: ActName;
  value: ActValue;
  onChange(value: ActValue): void;
  /** Says how late an acceptance may end. */
  latest?: string;
}) {
  const words = ACTS[name];
  return (
    <SpaceBetween size="m">
      <div>{words.help}</div>
      {name === "acknowledge" && (
        <FormField label="Who answers for it" description="A person or a team.">
          <Input value={value.assignee} onChange={({ detail }) => onChange({ ...value, assignee: detail.value })} />
        </FormField>
      )}
      {(name === "acknowledge" || name === "request-acceptance") && (
        <FormField
          label={name === "acknowledge" ? "Target date" : "Accepted until"}
          description={name === "acknowledge" ? undefined : "The first day on which it is open again."}
          constraintText={`YYYY/MM/DD.${latest ? ` ${latest}` : ""}`}
        >
          <DateInput
            value={value.on}
            placeholder="YYYY/MM/DD"
            onChange={({ detail }) => onChange({ ...value, on: detail.value })}
          />
        </FormField>
      )}
      <FormField
        label={
          words.required ? (
            words.text
          ) : (
            <>
              {words.text} <i>(optional)</i>
            </>
          )
        }
      >
        <Textarea
          value={value.text}
          rows={3}
          ariaLabel={words.text}
          onChange={({ detail }) => onChange({ ...value, text: detail.value })}
        />
      </FormField>
    </SpaceBetween>
  );
}
