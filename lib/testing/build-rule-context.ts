import { type PlainDate, parsePlainDate } from "@/lib/domain/plain-date";
import { type AdvisoryBook, SHIPPED_ADVISORIES } from "@/lib/reference/advisories";
import { SHIPPED_SUPPORT_CALENDAR, type SupportCalendar } from "@/lib/reference/support-calendar";
import type { RuleContext, RuleExample } from "@/lib/rules/define-rule";
import { type RulePolicy, rulePolicy } from "@/lib/rules/policy";
import { type BrokerOverrides, buildBroker } from "@/lib/testing/build-broker";

/** A rule context of the shipped calendar and default policy on a day (default the one on which built brokers were observed). */
export function buildRuleContext(
  overrides: { today?: string; calendar?: SupportCalendar; advisories?: AdvisoryBook; policy?: RulePolicy } = {},
): RuleContext {
  const today: PlainDate = parsePlainDate(overrides.today ?? "2026-11-21");
  return {
    now: new Date(`${today}T06:00:00Z`),
    today,
    calendar: overrides.calendar ?? SHIPPED_SUPPORT_CALENDAR,
    advisories: overrides.advisories ?? SHIPPED_ADVISORIES,
    policy: overrides.policy ?? rulePolicy(),
  };
}

/** The broker of a rule's example. */
export function brokerOfExample(example: RuleExample) {
  const overrides: BrokerOverrides = {
    attributes: example.attributes,
    facts: example.facts,
    withhold: example.withhold,
    accountDefaultEnvironment: example.accountDefaultEnvironment,
    accountDefaultOwner: example.accountDefaultOwner,
    assignedOwner: example.assignedOwner,
  };
  return buildBroker(overrides);
}

/** The context of a rule's example: its day and settings, everything else as shipped. */
export function contextOfExample(example: RuleExample): RuleContext {
  return buildRuleContext({ today: example.today, policy: rulePolicy({}, example.policy) });
}
