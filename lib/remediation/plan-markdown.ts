import type { DoneBasis, MonthlyAmount, PlannedStep, StepState } from "@/lib/domain/plan";
import { doneText } from "@/lib/remediation/done-condition";

export interface DocumentedStep extends PlannedStep {
  state: StepState;
  plannedText: string;
  assignee: string | null;
  doneAt: string | null;
  doneBy: string | null;
  doneBasis: DoneBasis | null;
  doneNote: string | null;
}

export interface PlanDocument {
  title: string;
  state: string;
  broker: { name: string; id: string; account: string; region: string };
  note: string;
  notes: readonly string[];
  asOf: string;
  progress: string;
  findings: readonly { id: number; severity: string; state: string; summary: string }[];
  steps: readonly DocumentedStep[];
}

const STATE_WORDS = { open: "Open", done: "Done", skipped: "Skipped" } as const;

/** A plan as a Markdown document that can be read without the product. */
export function planMarkdown(plan: PlanDocument): string {
  const { broker } = plan;
  return `${[
    `# ${markdownText(plan.title)}`,
    `${markdownText(broker.name)} (${code(broker.id)}), account ${broker.account}, ${broker.region}. State: ${plan.state}. ${plan.progress} As of ${plan.asOf}.`,
    ...(plan.note ? [markdownText(plan.note)] : []),
    ...plan.notes.map((note) => `> ${markdownText(note)}`),
    "## Findings",
    plan.findings.length === 0
      ? "No finding is linked."
      : plan.findings
          .map(({ id, severity, state, summary }) => `- ${id} (${severity}, ${state}): ${markdownText(summary)}`)
          .join("\n"),
    "## Steps",
    ...plan.steps.flatMap((step, index) => stepSection(step, index + 1, plan.steps)),
    "Costs are list prices of the instances without storage and data transfer; they are estimates, not billed cost. MQ Steward changes nothing in AWS.",
  ].join("\n\n")}\n`;
}

function stepSection(step: DocumentedStep, number: number, all: readonly DocumentedStep[]): string[] {
  const { interruption, cost } = step;
  const depends = step.dependsOn.flatMap((key) => {
    const at = all.findIndex((other) => other.key === key);
    return at < 0 ? [] : [String(at + 1)];
  });
  const lines = [
    `- State: ${STATE_WORDS[step.state]}${step.doneAt ? `, ${step.doneAt} by ${markdownText(step.doneBy ?? "")} (${step.doneBasis})` : ""}${step.doneNote ? `: ${markdownText(step.doneNote)}` : ""}`,
    `- When: ${step.plannedText}`,
    `- Assignee: ${markdownText(step.assignee ?? "nobody")}`,
    `- Depends on: ${depends.length > 0 ? `step ${depends.join(", step ")}` : "nothing"}`,
    `- Reboots the broker: ${interruption.reboots ? "yes" : "no"}. ${markdownText(interruption.effect)}${durationText(interruption.minutes)}${interruption.verified ? "" : " (not verified)"}`,
    `- Effort: about ${step.effortHours} ${step.effortHours === 1 ? "hour" : "hours"}`,
    ...(cost
      ? [
          `- Cost per month: before ${amountText(cost.before)}, after ${amountText(cost.after)}${cost.parallel ? `, both side by side ${amountText(cost.parallel)}` : ""}`,
        ]
      : []),
    `- Done when: ${markdownText(doneText(step.done))}${step.done.kind === "attestation" ? " (somebody vouches for it)" : " (a sync sees it)"}`,
    `- Way back: ${markdownText(step.rollBack)}`,
  ];
  return [
    `### ${number}. ${markdownText(step.title)}`,
    markdownText(step.instructions),
    lines.join("\n"),
    ...fenced("AWS CLI", "sh", step.snippets.awsCli),
    ...fenced("Terraform", "hcl", step.snippets.terraform),
    ...fenced("CloudFormation", "yaml", step.snippets.cloudFormation),
  ];
}

/** Minutes as a sentence part; empty where nothing is interrupted. */
export function durationText(minutes: { from: number; to: number } | null): string {
  if (minutes === null) return " How long is not known.";
  if (minutes.to === 0) return "";
  return minutes.from === minutes.to
    ? ` About ${minutes.to} minutes.`
    : ` About ${minutes.from} to ${minutes.to} minutes.`;
}

/** An amount for a document: exact digits, with the day of the price list. */
export function amountText(amount: MonthlyAmount): string {
  return amount.known
    ? `${amount.amount} ${amount.currency} (price list of ${amount.priceListOf})`
    : `unknown (${markdownText(amount.reason)})`;
}

function fenced(name: string, language: string, snippet: string | null): string[] {
  if (snippet === null) return [];
  // A fence longer than any in the text, so that no name can end the block.
  const longest = Math.max(2, ...[...snippet.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return [`${name}:`, `${fence}${language}\n${snippet}\n${fence}`];
}

/** Text of people and AWS in a line of Markdown: one line, its signs switched off. */
export function markdownText(value: string): string {
  return value.replaceAll(/\s+/g, " ").replaceAll(/[\\`*_[\]<>#|]/g, (sign) => `\\${sign}`);
}

function code(value: string): string {
  return `\`${value.replaceAll("`", "'")}\``;
}
