"use client";

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import Tabs from "@cloudscape-design/components/tabs";
import { CostChange, StepTime } from "@/components/plan/plan-marks";
import { CodeBlock } from "@/components/ui/code-block";
import { formatNumberOf } from "@/components/ui/figures";
import { Status } from "@/components/ui/status";
import { formatInstant } from "@/components/ui/times";
import type { PlanDetail, PlanStepItem } from "@/lib/contracts/plans";
import type { PlanForm } from "./plan-forms";

/** The steps in their order, each with how to do it, what it means for users, and the way back. */
export function PlanSteps({
  detail,
  reason,
  onForm,
}: {
  detail: PlanDetail;
  /** Why nothing can be changed. */
  reason: string | undefined;
  onForm(form: PlanForm): void;
}) {
  const { steps, windows } = detail;
  const numberOf = new Map(steps.map(({ key }, index) => [key, index + 1]));
  return (
    <Table
      items={steps}
      trackBy={({ id }) => String(id)}
      wrapLines
      ariaLabels={{ tableLabel: "Steps" }}
      header={
        <Header
          variant="h2"
          counter={`(${steps.length})`}
          description="What AWS shows ticks itself with the next sync. What it does not show is vouched for by a person, with name and date."
          actions={
            <Button
              disabled={reason !== undefined}
              disabledReason={reason}
              onClick={() => onForm({ form: "add-step" })}
            >
              Add a step
            </Button>
          }
        >
          Steps
        </Header>
      }
      columnDefinitions={[
        { id: "number", header: "No.", width: 60, cell: ({ key }) => numberOf.get(key) },
        {
          id: "title",
          header: "Step",
          isRowHeader: true,
          minWidth: 300,
          cell: (step) => <StepText step={step} numberOf={numberOf} />,
        },
        { id: "state", header: "State", minWidth: 130, cell: (step) => <StepState step={step} /> },
        {
          id: "when",
          header: "When",
          minWidth: 140,
          cell: (step) => <StepTime step={step} timeZone={windows.timeZone} />,
        },
        { id: "assignee", header: "Assignee", minWidth: 95, cell: ({ assignee }) => assignee ?? "Nobody" },
        {
          id: "actions",
          header: "Action",
          minWidth: 95,
          cell: (step) => <StepActions step={step} reason={reason} onForm={onForm} />,
        },
      ]}
    />
  );
}

function StepState({ step }: { step: PlanStepItem }) {
  if (step.state === "done")
    return (
      <div>
        <Status type="success">Done</Status>
        <Box variant="small">
          {step.doneBasis === "observed" ? "Seen by a sync" : `Attested by ${step.doneBy}`}
          {step.doneAt ? `, ${formatInstant(step.doneAt)}` : ""}
        </Box>
        {step.doneNote && <Box variant="small">{step.doneNote}</Box>}
      </div>
    );
  if (step.state === "skipped")
    return (
      <div>
        <Status type="stopped">Skipped</Status>
        <Box variant="small">{step.doneNote}</Box>
      </div>
    );
  if (step.overdue) return <Status type="warning">Overdue</Status>;
  return step.waitingFor.length > 0 ? (
    <div>
      <Status type="pending">Waiting</Status>
      <Box variant="small">for {formatNumberOf(step.waitingFor.length, "step")}</Box>
    </div>
  ) : (
    <Status type="in-progress">Can be done</Status>
  );
}

function StepText({ step, numberOf }: { step: PlanStepItem; numberOf: ReadonlyMap<string, number> }) {
  const { interruption, snippets, cost } = step;
  const after = step.dependsOn.flatMap((key) => numberOf.get(key) ?? []);
  const tabs = [
    { id: "cli", label: "AWS CLI", text: snippets.awsCli },
    { id: "terraform", label: "Terraform", text: snippets.terraform },
    { id: "cloudformation", label: "CloudFormation", text: snippets.cloudFormation },
  ].flatMap(({ id, label, text }) =>
    text === null ? [] : [{ id, label, content: <CodeBlock text={text} label={`${label}: ${step.title}`} /> }],
  );
  return (
    <div className="mqs-break">
      <div>{step.title}</div>
      <ExpandableSection
        variant="footer"
        headerText="How, effect and way back"
        headerAriaLabel={`Details of ${step.title}`}
      >
        <SpaceBetween size="s">
          <div>{step.instructions}</div>
          <KeyValuePairs
            columns={1}
            items={[
              {
                label: "Reboots the broker",
                value: `${interruption.reboots ? "Yes" : "No"}${duration(step)}. ${interruption.effect}${interruption.verified ? "" : " Not verified."}`,
              },
              { label: "Done when", value: <Done step={step} /> },
              { label: "Effort (estimate)", value: formatNumberOf(step.effortHours, "hour") },
              { label: "After", value: after.length > 0 ? `Step ${after.join(", ")}` : "Nothing" },
              { label: "Way back", value: step.rollBack || "–" },
              ...(cost ? [{ label: "List price of the instances per month", value: <CostChange cost={cost} /> }] : []),
              ...(step.source ? [{ label: "Source", value: step.source }] : []),
            ]}
          />
          {tabs.length > 0 && <Tabs tabs={tabs} ariaLabel={`Snippets of ${step.title}`} />}
        </SpaceBetween>
      </ExpandableSection>
    </div>
  );
}

function duration({ interruption: { minutes, reboots } }: PlanStepItem): string {
  if (minutes === null) return ", for how long is not known";
  if (!reboots && minutes.to === 0) return "";
  return minutes.from === minutes.to
    ? `, about ${minutes.to} minutes`
    : `, about ${minutes.from} to ${minutes.to} minutes`;
}

function Done({ step }: { step: PlanStepItem }) {
  if (step.checks.length === 0) return <span>{step.doneWhen}</span>;
  return (
    <div>
      {step.checks.map(({ text, met, observed }) => (
        <Status key={text} type={met === null ? "pending" : met ? "success" : "info"}>
          {text} (now: {observed ?? "not known"})
        </Status>
      ))}
    </div>
  );
}

function StepActions({
  step,
  reason,
  onForm,
}: {
  step: PlanStepItem;
  reason: string | undefined;
  onForm(form: PlanForm): void;
}) {
  const waits = step.waitingFor.length > 0 ? `It comes after: ${step.waitingFor.join("; ")}.` : undefined;
  if (step.state !== "open")
    return step.doneBasis === "observed" ? (
      <span>–</span>
    ) : (
      <Button
        variant="inline-link"
        ariaLabel={`Reopen ${step.title}`}
        disabled={reason !== undefined}
        disabledReason={reason}
        onClick={() => onForm({ form: "reopen", step })}
      >
        Reopen
      </Button>
    );
  return (
    <SpaceBetween size="xxs">
      {step.doneKind === "attestation" && (
        <Button
          variant="inline-link"
          ariaLabel={`Attest ${step.title}`}
          disabled={reason !== undefined || waits !== undefined}
          disabledReason={reason ?? waits}
          onClick={() => onForm({ form: "attest", step })}
        >
          Attest
        </Button>
      )}
      <Button
        variant="inline-link"
        ariaLabel={`Change ${step.title}`}
        disabled={reason !== undefined}
        disabledReason={reason}
        onClick={() => onForm({ form: "change-step", step })}
      >
        Change
      </Button>
      <Button
        variant="inline-link"
        ariaLabel={`Skip ${step.title}`}
        disabled={reason !== undefined}
        disabledReason={reason}
        onClick={() => onForm({ form: "skip", step })}
      >
        Skip
      </Button>
    </SpaceBetween>
  );
}
