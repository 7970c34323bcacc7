import type { z } from "zod";
import type { RuleDetail, RuleItem, ruleList } from "@/lib/contracts/rules";
import { openFindingsByRule, type RuleSettingRow, ruleOutcomeCounts, ruleSettings } from "@/lib/db/rule-setting-store";
import { subjectOutcomeCounts } from "@/lib/db/subject-outcome-store";
import { AppError } from "@/lib/domain/errors";
import { ATTRIBUTE_LABELS, FACT_LABELS } from "@/lib/rules/attribute-labels";
import { POLICY_THRESHOLDS, thresholdsOf } from "@/lib/rules/policy";
import { ALL_RULES, type AnyRule, findRule, subjectTypeOf } from "@/lib/rules/registry";
import type { Ctx } from "@/lib/services/ctx";
import { policyOf } from "@/lib/services/current-policy";
import { DEFAULT_SETTINGS } from "@/lib/services/current-settings";
import { readFreshness } from "@/lib/services/read/freshness";
import { remembered } from "@/lib/services/read/remembered";

/** Every rule with what the last evaluation found: nothing is judged anew for this. */
export function readRules({ ctx }: { ctx: Ctx }): Promise<z.input<typeof ruleList>> {
  return remembered({ ctx, input: {} }, "rules", () => computeRules(ctx));
}

async function computeRules(ctx: Ctx): Promise<z.input<typeof ruleList>> {
  const [itemOf, freshness] = await Promise.all([ruleItems(ctx), readFreshness({ ctx })]);
  return { items: ALL_RULES.map(itemOf), everSynced: freshness.everSynced, asOf: ctx.clock.now().toISOString() };
}

/** The rule of an id. Errors: not-found. */
export function requireRule(id: string): AnyRule {
  const rule = findRule(id);
  if (!rule) throw new AppError("not-found", `There is no rule ${id}.`);
  return rule;
}

/** One rule with its thresholds, settings and examples. Errors: not-found. */
export async function readRule({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<RuleDetail> {
  const rule = requireRule(input.id);
  const [itemOf, rows] = await Promise.all([ruleItems(ctx), ruleSettings(ctx.db, rule.id)]);
  const policy = policyOf(rows, DEFAULT_SETTINGS);
  const [change] = [...rows].sort((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime());
  return {
    rule: itemOf(rule),
    rationale: rule.rationale,
    remediation: rule.remediation,
    otherEngine: "subject" in rule ? null : (rule.engine?.otherwise ?? null),
    needs:
      "subject" in rule ? [...rule.looksAt] : rule.needs.map((need) => ({ ...ATTRIBUTE_LABELS, ...FACT_LABELS })[need]),
    thresholds: thresholdsOf(rule.id).map((id) => ({
      id,
      description: POLICY_THRESHOLDS[id].description,
      unit: POLICY_THRESHOLDS[id].unit,
      default: POLICY_THRESHOLDS[id].default,
      value: policy.threshold(id),
    })),
    examples: rule.examples.map(({ title, expect }) => ({ title, expect })),
    settings: rows.map(({ environment, enabled, severity }) => ({ environment, enabled, severity })),
    change: change
      ? { reason: change.reason, updatedAt: change.updatedAt.toISOString(), updatedBy: change.updatedBy }
      : null,
    asOf: ctx.clock.now().toISOString(),
  };
}

async function ruleItems(ctx: Ctx): Promise<(rule: AnyRule) => RuleItem> {
  const [ofBrokers, ofOthers, findings, settings] = await Promise.all([
    ruleOutcomeCounts(ctx.db),
    subjectOutcomeCounts(ctx.db),
    openFindingsByRule(ctx.db),
    ruleSettings(ctx.db),
  ]);
  const counted = new Map([
    ...ofBrokers.map(({ ruleId, outcome, brokers }) => [`${ruleId}|${outcome}`, brokers] as const),
    ...ofOthers.map(({ ruleId, outcome, subjects }) => [`${ruleId}|${outcome}`, subjects] as const),
  ]);
  const open = new Map(findings.map(({ ruleId, findings: count }) => [ruleId, count]));
  const changed = new Set(settings.map(({ ruleId }: RuleSettingRow) => ruleId));
  return (rule) => ({
    id: rule.id,
    version: rule.version,
    title: rule.title,
    category: rule.category,
    severity: rule.severity,
    subject: subjectTypeOf(rule),
    engine: "subject" in rule ? null : (rule.engine?.only ?? null),
    counts: {
      pass: counted.get(`${rule.id}|pass`) ?? 0,
      fail: counted.get(`${rule.id}|fail`) ?? 0,
      unknown: counted.get(`${rule.id}|unknown`) ?? 0,
      notApplicable: counted.get(`${rule.id}|not-applicable`) ?? 0,
    },
    openFindings: open.get(rule.id) ?? 0,
    changed: changed.has(rule.id),
    references: [...rule.references],
  });
}
