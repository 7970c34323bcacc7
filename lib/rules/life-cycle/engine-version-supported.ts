import { engineDisplayName } from "@/lib/domain/engine-version";
import type { PlainDate } from "@/lib/domain/plain-date";
import { type SupportStage, type SupportStatus, supportStatus } from "@/lib/lifecycle/support-status";
import type { SupportCalendar } from "@/lib/reference/support-calendar";
import { defineRule, fail, pass, type RuleContext, unknown, type With } from "@/lib/rules/define-rule";

/**
 * Past the end of support is critical, in AWS's upgrade window and after it alike: from the first day of the window the upgrade, with its downtime
 * and breaking changes, may come in any week. Ending is medium all along: its 90 days run out on the end day at the latest when the finding
 * opened with AWS's 90 days notice, so rising through the stages never makes a finding overdue that was on time.
 */
export const engineVersionSupported = defineRule({
  id: "engine-version-supported",
  version: 1,
  title: "Engine versions are supported by AWS",
  severity: "critical",
  category: "life-cycle",
  rationale:
    "From the end of support on AWS installs no fixes and upgrades the broker by itself in one of its maintenance windows, within 45 days, tested or " +
    "not. Thirty days before, no new brokers can be created on the version, so neither can a replacement or a test broker.",
  remediation:
    "Upgrade to a supported line before the date: test the clients in a lower environment, turn automatic minor upgrades on, then upgrade in a " +
    "maintenance window. RabbitMQ goes one minor line at a time; 3.13 to 4.2 needs mq.m7g and quorum queues. Going back is not possible.",
  references: [
    { kind: "seed", id: "000" },
    {
      kind: "aws",
      id: "ActiveMQ version support calendar",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/activemq-version-management.html",
    },
    {
      kind: "aws",
      id: "RabbitMQ version support calendar",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-version-management.html",
    },
    { kind: "config", id: "ACTIVE_MQ_SUPPORTED_VERSION" },
    { kind: "config", id: "RABBIT_MQ_SUPPORTED_VERSION" },
    { kind: "checkov", id: "CKV_AWS_208" },
    { kind: "powerpipe", id: "mq_broker_currect_broker_version" },
    { kind: "conformity", id: "engine-version" },
    { kind: "other", id: "CloudSploit mqLatestEngineVersion" },
  ],
  needs: ["engine", "engineVersion"],
  judges: ["engineVersion"],
  replicas: "judged",
  basis: (broker, context) => {
    const { endOfSupport, verified } = statusOf(broker, context);
    return { endOfSupport, verified, endingDays: context.policy.threshold("engine-version-supported.ending-days") };
  },
  examples: [
    { title: "line without an end date", attributes: { engineVersion: "5.18.4" }, expect: "pass" },
    { title: "end far away", attributes: { engineVersion: "5.17.6" }, today: "2024-12-17", expect: "pass" },
    { title: "180 days before the end", attributes: { engineVersion: "5.17.6" }, today: "2024-12-18", expect: "fail" },
    { title: "day before the end", attributes: { engineVersion: "5.17.6" }, today: "2025-06-15", expect: "fail" },
    { title: "end day itself", attributes: { engineVersion: "5.17.6" }, today: "2025-06-16", expect: "fail" },
    {
      title: "RabbitMQ long past the end",
      attributes: { engine: "RABBITMQ", engineVersion: "3.11.28" },
      today: "2026-11-21",
      expect: "fail",
    },
    { title: "being deleted", attributes: { state: "DELETION_IN_PROGRESS" }, expect: "not-applicable" },
    {
      title: "line that no calendar has",
      attributes: { engine: "RABBITMQ", engineVersion: "9.9.1" },
      expect: "unknown",
    },
    {
      title: "row without date or proof",
      attributes: { engine: "RABBITMQ", engineVersion: "3.8.34" },
      expect: "unknown",
    },
    { title: "engine that nobody knows yet", attributes: { engine: "KAFKAMQ" }, expect: "unknown" },
    { title: "version never described", withhold: ["engineVersion"], expect: "unknown" },
    { title: "version that AWS did not tell", attributes: { engineVersion: null }, expect: "unknown" },
  ],
  evaluate(broker, context) {
    const status = statusOf(broker, context);
    const { state, stage, endOfSupport, daysToEnd, explanation } = status;
    if (state === "unknown") return unknown(explanation);
    const endingDays = context.policy.threshold("engine-version-supported.ending-days");
    const past = state === "past-end-of-support";
    if (daysToEnd === null || (!past && daysToEnd > endingDays)) return pass(explanation);
    return fail(
      `${explanation}${nextStep(status)}`,
      {
        engine: broker.attributes.engine,
        engineVersion: broker.attributes.engineVersion,
        line: status.line,
        endOfSupport,
        stage: stage ?? "ending",
        createBlockedFrom: status.createBlockedFrom,
        forcedUpgradeBefore: status.forcedUpgradeEndExclusive,
        nextLine: status.nextLine,
        source: status.source,
        grade: GRADES[stage ?? "ending"],
      },
      past ? "critical" : "medium",
    );
  },
});

const GRADES: Readonly<Record<SupportStage | "ending", number>> = {
  ending: 1,
  notice: 2,
  "create-blocked": 3,
  "forced-upgrade-window": 4,
  overdue: 5,
};

/** A fleet runs a few dozen versions: the status of each is looked up once per calendar and day, not once per broker. */
const statuses = new WeakMap<SupportCalendar, { today: PlainDate; byVersion: Map<string, SupportStatus> }>();

function statusOf(broker: With<"engine" | "engineVersion">, { calendar, today }: RuleContext): SupportStatus {
  const { engine, engineVersion } = broker.attributes;
  let known = statuses.get(calendar);
  if (known?.today !== today) {
    known = { today, byVersion: new Map() };
    statuses.set(calendar, known);
  }
  const key = `${engine} ${engineVersion ?? ""}`;
  const status = known.byVersion.get(key) ?? supportStatus({ engine, version: engineVersion, calendar, on: today });
  known.byVersion.set(key, status);
  return status;
}

function nextStep({ engine, nextLine }: SupportStatus): string {
  return engine && nextLine ? ` The next line is ${engineDisplayName(engine)} ${nextLine}.` : "";
}
