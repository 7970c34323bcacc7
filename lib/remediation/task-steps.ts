import type { PlannedStep } from "@/lib/domain/plan";
import { awsCommand, NO_SNIPPETS } from "@/lib/remediation/snippets";
import {
  brokerShows,
  observed,
  type PlannedFinding,
  type Planning,
  snippetBroker,
  step,
} from "@/lib/remediation/step-base";
import { findRule } from "@/lib/rules/registry";

/**
 * The findings that no other maker of steps takes: one step per rule (per action code, where AWS asks for an action), as the rule says to fix it. Done
 * when the rule passes, which a sync decides.
 */
export function taskSteps(planning: Planning, findings: readonly PlannedFinding[]): readonly PlannedStep[] {
  const groups = new Map<string, PlannedFinding[]>();
  for (const finding of findings) {
    const key =
      finding.ruleId === "no-pending-action-required" ? `${finding.ruleId}|${finding.discriminator}` : finding.ruleId;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].flatMap((group) => taskOf(planning, group) ?? []);
}

function taskOf(planning: Planning, group: readonly PlannedFinding[]): PlannedStep | null {
  const [finding] = group;
  if (!finding) return null;
  const rule = findRule(finding.ruleId);
  const { broker } = planning;
  const findingIds = group.map(({ id }) => id);
  const shared = {
    effortHours: 2,
    rollBack: "Undo the change in AWS; the former values stand in the broker's history here.",
    findingIds,
    source: rule?.references.find(({ kind, url }) => kind === "aws" && url)?.url ?? null,
  };
  if (finding.ruleId === "no-pending-action-required" && finding.discriminator !== "") {
    const remedy = typeof finding.evidence.remedy === "string" ? finding.evidence.remedy : null;
    return step({
      ...shared,
      key: `action-${finding.discriminator}`,
      kind: "task",
      title: `Do what AWS asks for: ${finding.discriminator}`,
      instructions: remedy ?? finding.summary,
      done: observed(brokerShows("actionCodes", "lacks", [finding.discriminator])),
      snippets: {
        awsCli: awsCommand("mq describe-broker", [
          ["region", broker.region],
          ["broker-id", broker.brokerId],
          ["query", "ActionsRequired"],
        ]),
        terraform: null,
        cloudFormation: null,
      },
    });
  }
  const ownership = rule?.category === "ownership";
  return step({
    ...shared,
    key: `task-${finding.ruleId}`,
    kind: ownership ? "ownership" : "task",
    title: rule ? `Make it true: ${rule.title.slice(0, 1).toLowerCase()}${rule.title.slice(1)}` : finding.summary,
    instructions: `${finding.summary} ${rule?.remediation ?? ""}`.trim(),
    effortHours: ownership ? 0.5 : 2,
    done: observed(brokerShows(`rule:${finding.ruleId}`, "equals", "pass")),
    snippets: ownership
      ? {
          awsCli: awsCommand("mq create-tags", [
            ["region", broker.region],
            ["resource-arn", snippetBroker(broker).arn],
            ["tags", tagsOf(group)],
          ]),
          terraform: null,
          cloudFormation: null,
        }
      : NO_SNIPPETS,
  });
}

/** The tag keys that a finding names, each with a value to be filled in. */
function tagsOf(group: readonly PlannedFinding[]): readonly string[] {
  const keys = group.flatMap(({ evidence }) => (Array.isArray(evidence.missing) ? evidence.missing.map(String) : []));
  return (keys.length > 0 ? [...new Set(keys)] : ["<key>"]).map((key) => `${key}=<value>`);
}
