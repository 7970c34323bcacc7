import type { z } from "zod";
import type { RuleDetail, ruleSettingsInput } from "@/lib/contracts/rules";
import { appendAuditEvent } from "@/lib/db/audit-store";
import { bumpDataVersions } from "@/lib/db/data-version-store";
import { type RuleSettingRow, replaceRuleSettings, ruleSettings } from "@/lib/db/rule-setting-store";
import { AppError } from "@/lib/domain/errors";
import { POLICY_THRESHOLDS, thresholdsOf } from "@/lib/rules/policy";
import type { Ctx } from "@/lib/services/ctx";
import { isThreshold } from "@/lib/services/current-policy";
import { readRule, requireRule } from "@/lib/services/read/read-rules";

/**
 * Replaces what differs from a rule's default: switched off or re-weighted per environment, thresholds. One audit event with before and after; an
 * evaluation follows, and what closes by it is no remediation. Errors: not-found, invalid-input.
 */
export async function changeRule({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof ruleSettingsInput> & { id: string };
}): Promise<RuleDetail> {
  const rule = requireRule(input.id);
  const known = thresholdsOf(rule.id);
  for (const id of Object.keys(input.thresholds)) {
    if (!known.some((threshold) => threshold === id)) {
      throw new AppError("invalid-input", `The rule has no threshold ${id}.`, { details: { field: "thresholds" } });
    }
  }
  if (new Set(input.settings.map(({ environment }) => environment)).size < input.settings.length) {
    throw new AppError("invalid-input", "An environment is named twice.", { details: { field: "settings" } });
  }
  const at = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    const before = await ruleSettings(tx, rule.id);
    const after = rowsOf(rule.id, input, { at, actor: ctx.actor.name });
    await replaceRuleSettings(tx, rule.id, after);
    await appendAuditEvent(tx, {
      at,
      actor: ctx.actor.name,
      action: "rule.change",
      permission: "rules:write",
      subjectType: "rule",
      subjectKey: rule.id,
      before: before.map(told),
      after: { reason: input.reason, settings: after.map(told) },
      requestId: ctx.requestId,
    });
    await bumpDataVersions(tx, "settings");
    await ctx.queue.add("evaluate", { reason: "rule-changed" }, { key: "evaluate", within: tx });
  });
  return readRule({ ctx, input: { id: rule.id } });
}

/** The rows that say something: the default of an environment needs none. Thresholds stand on the row of all environments. */
function rowsOf(
  ruleId: string,
  { settings, thresholds, reason }: z.output<typeof ruleSettingsInput>,
  { at, actor }: { at: Date; actor: string },
): RuleSettingRow[] {
  const overridden = Object.fromEntries(
    Object.entries(thresholds).filter(([id, value]) => isThreshold(id) && POLICY_THRESHOLDS[id].default !== value),
  );
  const all = settings.find(({ environment }) => environment === "") ?? {
    environment: "" as const,
    enabled: true,
    severity: null,
  };
  const differs = !all.enabled || all.severity !== null;
  const row = (setting: typeof all, own: Record<string, number>): RuleSettingRow => ({
    ...setting,
    ruleId,
    thresholds: own,
    reason,
    updatedAt: at,
    updatedBy: actor,
  });
  return [
    ...(differs || Object.keys(overridden).length > 0 ? [row(all, overridden)] : []),
    ...settings
      .filter(({ environment, enabled, severity }) => environment !== "" && (differs || !enabled || severity !== null))
      .map((setting) => row({ ...all, ...setting }, {})),
  ];
}

function told({ environment, enabled, severity, thresholds, reason }: RuleSettingRow) {
  return { environment, enabled, severity, thresholds, reason };
}
