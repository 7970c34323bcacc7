"use client";

import Checkbox from "@cloudscape-design/components/checkbox";
import DatePicker from "@cloudscape-design/components/date-picker";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import Textarea from "@cloudscape-design/components/textarea";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { windowWords } from "@/components/plan/plan-marks";
import { useNotifications } from "@/components/shell/notifications";
import { EntryModal } from "@/components/ui/entry-modal";
import { formatInstant } from "@/components/ui/times";
import type { PlanDetail, PlanStepItem } from "@/lib/contracts/plans";
import { changePlanMutation, type PlanAct } from "@/lib/queries/plans";

export type PlanForm =
  | { form: "edit" | "cancel" | "add-step" | "link" }
  | { form: "change-step" | "attest" | "skip" | "reopen"; step: PlanStepItem }
  | { form: "unlink"; finding: { id: number; summary: string } };

interface FormProps {
  id: string;
  detail: PlanDetail;
  form: PlanForm;
  onClose(): void;
}

const DONE: Readonly<Record<PlanForm["form"], string>> = {
  edit: "The plan is changed",
  cancel: "The plan is cancelled; its findings are back where they were",
  "add-step": "The step is added",
  link: "The findings are in the plan",
  unlink: "The finding is no longer in the plan",
  "change-step": "The step is changed",
  attest: "The step is attested with your name and the time",
  skip: "The step is skipped",
  reopen: "The step is open again",
};

/** The form that is open over a plan. */
export function PlanForms(props: FormProps) {
  const { form } = props.form;
  if (form === "change-step" || form === "add-step") return <StepForm {...props} />;
  if (form === "link") return <LinkForm {...props} />;
  return <TextForm {...props} />;
}

function useSaving({ id, form, onClose }: FormProps) {
  const { notify } = useNotifications();
  const change = useMutation(changePlanMutation(useQueryClient(), id));
  const save = (act: PlanAct) =>
    change.mutate(act, {
      onSuccess: () => {
        notify({ type: "success", header: DONE[form.form] });
        onClose();
      },
    });
  return { save, saving: change.isPending, error: change.error };
}

/** Forms that ask for a text: why, or what somebody vouches for. */
function TextForm(props: FormProps) {
  const { detail, form, onClose } = props;
  const { save, saving, error } = useSaving(props);
  const [title, setTitle] = useState(detail.plan.title);
  const [text, setText] = useState(form.form === "edit" ? detail.note : "");
  const words = wordsOf(form);
  const optional = form.form === "edit" || form.form === "unlink";
  return (
    <EntryModal
      title={words.title}
      save={words.save}
      ready={(optional || text.trim() !== "") && title.trim() !== ""}
      saving={saving}
      error={error}
      onClose={onClose}
      onSave={() => {
        const act = actOf(form, title, text);
        if (act) save(act);
      }}
    >
      {form.form === "edit" && (
        <FormField label="Title" stretch>
          <Input value={title} onChange={({ detail: { value } }) => setTitle(value)} />
        </FormField>
      )}
      {words.text && <div>{words.text}</div>}
      {words.label && (
        <FormField label={words.label} stretch>
          <Textarea value={text} rows={3} onChange={({ detail: { value } }) => setText(value)} />
        </FormField>
      )}
    </EntryModal>
  );
}

function wordsOf(form: PlanForm): { title: string; save: string; text?: string; label?: string } {
  switch (form.form) {
    case "edit":
      return { title: "Edit the plan", save: "Save", label: "Note" };
    case "cancel":
      return {
        title: "Cancel the plan?",
        save: "Cancel the plan",
        text: "Its findings that are not closed return to where they were. The plan and its history are kept.",
        label: "Why",
      };
    case "attest":
      return {
        title: `Attest: ${form.step.title}`,
        save: "Attest",
        text: `You vouch: ${form.step.doneWhen} Your name and the time are kept.`,
        label: "How you know",
      };
    case "skip":
      return { title: `Skip: ${form.step.title}`, save: "Skip", label: "Why it is not needed" };
    case "reopen":
      return { title: `Reopen: ${form.step.title}`, save: "Reopen", label: "Why" };
    case "unlink":
      return { title: "Take the finding from the plan?", save: "Unlink", text: form.finding.summary };
    default:
      return { title: "", save: "Save" };
  }
}

function actOf(form: PlanForm, title: string, text: string): PlanAct | null {
  switch (form.form) {
    case "edit":
      return { kind: "edit", title, note: text };
    case "cancel":
      return { kind: "cancel", reason: text };
    case "attest":
      return { kind: "attest", stepId: form.step.id, note: text };
    case "skip":
      return { kind: "skip", stepId: form.step.id, reason: text };
    case "reopen":
      return { kind: "reopen", stepId: form.step.id, reason: text };
    case "unlink":
      return { kind: "findings", link: [], unlink: [form.finding.id] };
    default:
      return null;
  }
}

const BY_DAY = "day";

/** A step of people's own, or changes of one: title, effort, assignee, and a window of the broker or a day. */
function StepForm(props: FormProps) {
  const { detail, form, onClose } = props;
  const { save, saving, error } = useSaving(props);
  const step = form.form === "change-step" ? form.step : null;
  const [title, setTitle] = useState(step?.title ?? "");
  const [effort, setEffort] = useState(String(step?.effortHours ?? 1));
  const [assignee, setAssignee] = useState(step?.assignee ?? "");
  const [day, setDay] = useState(step?.plannedOn ?? "");
  const [window, setWindow] = useState(step?.windowAt ?? BY_DAY);
  const [instructions, setInstructions] = useState("");
  const hours = Number(effort);
  const options = [
    { value: BY_DAY, label: "On a day, outside the maintenance windows" },
    ...detail.windows.next.map(({ at, local }) => ({
      value: at,
      label: `${local} ${detail.windows.timeZone ?? ""}`,
      description: formatInstant(at),
    })),
  ];
  const chosen = options.find(({ value }) => value === window) ?? {
    value: window,
    label: window === BY_DAY ? "On a day" : formatInstant(window),
  };
  return (
    <EntryModal
      title={step ? `Change: ${step.title}` : "Add a step"}
      save="Save"
      ready={title.trim() !== "" && Number.isFinite(hours) && hours >= 0 && effort.trim() !== ""}
      saving={saving}
      error={error}
      onClose={onClose}
      onSave={() =>
        save(
          step
            ? {
                kind: "change-step",
                stepId: step.id,
                change: {
                  title,
                  effortHours: hours,
                  assignee: assignee.trim() || null,
                  ...(window === BY_DAY
                    ? { plannedOn: day || null }
                    : window === step.windowAt
                      ? {}
                      : { windowAt: window }),
                },
              }
            : {
                kind: "add-step",
                step: {
                  title,
                  instructions,
                  effortHours: hours,
                  assignee: assignee.trim() || null,
                  plannedOn: day || null,
                },
              },
        )
      }
    >
      <FormField label="Title" stretch>
        <Input value={title} onChange={({ detail: { value } }) => setTitle(value)} />
      </FormField>
      {!step && (
        <FormField label="How" stretch>
          <Textarea value={instructions} rows={3} onChange={({ detail: { value } }) => setInstructions(value)} />
        </FormField>
      )}
      <FormField label="Assignee">
        <Input value={assignee} onChange={({ detail: { value } }) => setAssignee(value)} />
      </FormField>
      <FormField label="Effort (hours)">
        <Input value={effort} inputMode="decimal" onChange={({ detail: { value } }) => setEffort(value)} />
      </FormField>
      {step && (
        <FormField
          label="When"
          description={detail.windows.problem ?? `Maintenance window: ${windowWords(detail.windows.text)}`}
        >
          <Select
            selectedOption={chosen}
            options={options}
            onChange={({ detail: { selectedOption } }) => setWindow(selectedOption.value ?? BY_DAY)}
          />
        </FormField>
      )}
      {window === BY_DAY && (
        <FormField label="Day">
          <DatePicker value={day} placeholder="YYYY-MM-DD" onChange={({ detail: { value } }) => setDay(value)} />
        </FormField>
      )}
    </EntryModal>
  );
}

/** Chooses open findings of the broker for the plan. */
function LinkForm(props: FormProps) {
  const { detail, onClose } = props;
  const { save, saving, error } = useSaving(props);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  return (
    <EntryModal
      title="Link findings"
      save="Link"
      ready={chosen.size > 0}
      saving={saving}
      error={error}
      onClose={onClose}
      onSave={() => save({ kind: "findings", link: [...chosen], unlink: [] })}
    >
      <div>Steps that they need and the plan lacks are added. Steps that are there stay as they are.</div>
      {detail.others.map(({ id, summary, severity }) => (
        <Checkbox
          key={id}
          checked={chosen.has(id)}
          description={severity}
          onChange={({ detail: { checked } }) =>
            setChosen(new Set(checked ? [...chosen, id] : [...chosen].filter((other) => other !== id)))
          }
        >
          {summary}
        </Checkbox>
      ))}
    </EntryModal>
  );
}
