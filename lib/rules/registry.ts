import { productionHighlyAvailable } from "@/lib/rules/availability/production-highly-available";
import type { Rule } from "@/lib/rules/define-rule";
import { autoMinorUpgradeEnabled } from "@/lib/rules/life-cycle/auto-minor-upgrade-enabled";
import { engineVersionSupported } from "@/lib/rules/life-cycle/engine-version-supported";
import { instanceTypeSupported } from "@/lib/rules/life-cycle/instance-type-supported";
import { generalLogsEnabled } from "@/lib/rules/operations/general-logs-enabled";
import { noPendingActionRequired } from "@/lib/rules/operations/no-pending-action-required";
import { environmentClassified } from "@/lib/rules/ownership/environment-classified";
import { ownerAssigned } from "@/lib/rules/ownership/owner-assigned";
import { auditLogsEnabled } from "@/lib/rules/security/audit-logs-enabled";
import { brokerNotPublic } from "@/lib/rules/security/broker-not-public";

/** Every rule, in the order in which pages list them. A new rule is a file, a test and a line here; nothing else needs to know. */
export const RULES: readonly Rule[] = [
  engineVersionSupported,
  instanceTypeSupported,
  autoMinorUpgradeEnabled,
  productionHighlyAvailable,
  brokerNotPublic,
  auditLogsEnabled,
  generalLogsEnabled,
  noPendingActionRequired,
  ownerAssigned,
  environmentClassified,
];

const byId = new Map(RULES.map((rule) => [rule.id, rule]));

/** The rule of an id; undefined for one that was retired or never was. */
export function findRule(id: string): Rule | undefined {
  return byId.get(id);
}
