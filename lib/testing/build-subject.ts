import type { AccountSubject, ConfigurationSubject, OtherSubjectType } from "@/lib/domain/finding-subject";
import type { RuleContext } from "@/lib/rules/define-rule";
import type { SubjectRule, SubjectRuleExample } from "@/lib/rules/define-subject-rule";
import type { OtherSubject } from "@/lib/rules/evaluate-subject";
import { buildRuleContext } from "@/lib/testing/build-rule-context";

/** An exemplary account that no rule objects to, with the overrides. */
export function buildAccountSubject(overrides: Partial<AccountSubject> = {}): AccountSubject {
  return {
    type: "account",
    key: "111122223333",
    accountId: "111122223333",
    environment: "production",
    name: "Payments",
    defaultOwner: "payments",
    regions: [
      { region: "eu-central-1", brokers: 4 },
      { region: "eu-west-1", brokers: 31 },
    ],
    ...overrides,
  };
}

/** An exemplary configuration that no rule objects to, with the overrides. */
export function buildConfigurationSubject(overrides: Partial<ConfigurationSubject> = {}): ConfigurationSubject {
  return {
    type: "configuration",
    key: "arn:aws:mq:eu-west-1:111122223333:configuration:c-0a1b2c3d",
    accountId: "111122223333",
    environment: "production",
    region: "eu-west-1",
    id: "c-0a1b2c3d",
    name: "orders-configuration",
    engine: "ACTIVEMQ",
    createdAt: new Date("2025-08-14T09:12:00Z"),
    usedBy: ["orders"],
    useUnknown: null,
    ...overrides,
  };
}

const BUILDERS: Readonly<Record<OtherSubjectType, (overrides: object) => OtherSubject>> = {
  account: buildAccountSubject,
  configuration: buildConfigurationSubject,
};

/** The subject of a rule's example, and the context of its day. */
export function subjectOfExample(
  rule: SubjectRule,
  example: SubjectRuleExample,
): { subject: OtherSubject; context: RuleContext } {
  return {
    subject: BUILDERS[rule.subject](example.subject ?? {}),
    context: buildRuleContext({ today: example.today }),
  };
}
