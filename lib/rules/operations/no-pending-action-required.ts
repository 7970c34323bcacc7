import type { ActionRequired } from "@/lib/domain/broker";
import type { Severity } from "@/lib/domain/finding";
import {
  ACTION_REQUIRED_URL,
  type ActionRequiredCode,
  findActionRequiredCode,
} from "@/lib/reference/action-required-codes";
import { defineRule, pass, type RuleFailure, unknown } from "@/lib/rules/define-rule";

const CRITICAL_STATE = "CRITICAL_ACTION_REQUIRED";

/** Codes that leave the broker working: a change that was asked for does not proceed. */
const CHANGE_REFUSED: ReadonlySet<string> = new Set([
  "RABBITMQ_CLUSTER_DISK_USAGE_TOO_HIGH_FOR_INSTANCE_CHANGE",
  "RABBITMQ_DISK_USAGE_TOO_HIGH_FOR_CHANGE",
  "RABBITMQ_BROKER_NOT_UPGRADEABLE_TO_V4",
]);

/** One finding per action code; a broker that AWS calls critical without naming a code has one under the name of that state. */
export const noPendingActionRequired = defineRule({
  id: "no-pending-action-required",
  version: 1,
  title: "AWS asks for no action",
  severity: "critical",
  category: "operations",
  rationale:
    "AWS names actions that it cannot take itself: alarms that block publishers, deleted network interfaces, unusable keys, changes it had to refuse. " +
    "Until somebody acts the broker is down, blocked or not what was ordered, and in some states it cannot even be rebooted.",
  remediation:
    "Do what the finding says for its action code, then see that the next observation no longer reports it. Where AWS names no code, open the " +
    "broker's page in the AWS console or a support case.",
  references: [
    { kind: "aws", id: "Action required codes", url: ACTION_REQUIRED_URL },
    { kind: "seed", id: "004" },
    { kind: "other", id: "Steampipe aws_mq_broker.actions_required" },
    { kind: "other", id: "Datadog resource catalog aws_mq_broker" },
  ],
  needs: ["state", "actionsRequired"],
  judges: ["state", "actionsRequired"],
  // That AWS names a code at last, or one code fewer, must not look like a fix of the others.
  judged: ({ attributes: { state, actionsRequired } }, discriminator) =>
    discriminator === CRITICAL_STATE
      ? state === CRITICAL_STATE
      : actionsRequired.some((action) => action.code === discriminator),
  replicas: "judged",
  basis: ({ attributes: { actionsRequired } }) =>
    actionsRequired.map(({ code }) => findActionRequiredCode(code)?.remediation ?? null),
  examples: [
    { title: "nothing to do", expect: "pass" },
    { title: "rebooting, nothing to do", attributes: { state: "REBOOT_IN_PROGRESS" }, expect: "pass" },
    {
      title: "memory alarm",
      attributes: {
        engine: "RABBITMQ",
        state: "CRITICAL_ACTION_REQUIRED",
        actionsRequired: [{ code: "RABBITMQ_MEMORY_ALARM", info: null }],
      },
      expect: "fail",
    },
    {
      title: "refused change on a running broker",
      attributes: {
        engine: "RABBITMQ",
        actionsRequired: [{ code: "RABBITMQ_BROKER_NOT_UPGRADEABLE_TO_V4", info: null }],
      },
      expect: "fail",
    },
    {
      title: "code that nobody knows yet",
      attributes: { actionsRequired: [{ code: "BROKER_ON_FIRE", info: "smoke" }] },
      expect: "fail",
    },
    { title: "critical, but no code", attributes: { state: "CRITICAL_ACTION_REQUIRED" }, expect: "fail" },
    { title: "being deleted", attributes: { state: "DELETION_IN_PROGRESS" }, expect: "not-applicable" },
    { title: "never described", withhold: ["actionsRequired"], expect: "unknown" },
  ],
  evaluate(broker) {
    const { state, actionsRequired } = broker.attributes;
    const byCode = new Map(actionsRequired.map((action) => [action.code, action]));
    const [first, ...rest] = [...byCode.values()].map((action) => failureOf(action, state));
    if (first) return { kind: "fail", failures: [first, ...rest] };
    if (state === CRITICAL_STATE) return { kind: "fail", failures: [withoutCode()] };
    return state.trim() === ""
      ? unknown("AWS did not tell the state of the broker.")
      : pass(`AWS asks for nothing (state ${state}).`);
  },
});

function failureOf(action: ActionRequired, state: string): RuleFailure {
  const known = documentedCode(action.code);
  const told = action.info ? ` AWS adds: ${action.info}` : "";
  return {
    discriminator: action.code,
    summary: known
      ? `${action.code}: ${known.meaning} ${known.effect}`
      : `AWS asks for action ${JSON.stringify(action.code)}, which its documentation did not name when it was read.${endSentence(told)}`,
    evidence: {
      code: action.code,
      info: action.info,
      state,
      meaning: known?.meaning ?? null,
      effect: known?.effect ?? null,
      remedy: known?.remediation ?? null,
      source: known?.source ?? null,
    },
    severity: severityOf(action.code, state),
  };
}

function severityOf(code: string, state: string): Severity {
  if (state === CRITICAL_STATE) return "critical";
  return CHANGE_REFUSED.has(code) || !documentedCode(code) ? "high" : "critical";
}

/** AWS's prose also writes codes without their engine's prefix. */
function documentedCode(code: string): ActionRequiredCode | undefined {
  return findActionRequiredCode(code) ?? findActionRequiredCode(`RABBITMQ_${code}`);
}

function withoutCode(): RuleFailure {
  return {
    discriminator: CRITICAL_STATE,
    summary: "AWS calls the broker critical and asks for action, but names no action code.",
    evidence: { code: null, state: CRITICAL_STATE },
    severity: "critical",
  };
}

function endSentence(text: string): string {
  return text === "" || /[.!?]$/.test(text) ? text : `${text}.`;
}
