import type { NotificationRuleItem } from "@/lib/contracts/notifications";
import { notificationRule } from "@/lib/contracts/notifications";
import { appendAuditEvent } from "@/lib/db/audit-store";
import type { Database } from "@/lib/db/client";
import { findNotificationRule, type NotificationRuleRow } from "@/lib/db/notification-channel-store";
import { AppError } from "@/lib/domain/errors";
import { severityOfRank } from "@/lib/domain/finding";
import { auditedBy } from "@/lib/services/audited-by";
import type { Ctx } from "@/lib/services/ctx";

/** A routing rule as it is shown and used; its lists are checked here, where they come from the database. */
export function notificationRuleOf(row: NotificationRuleRow): NotificationRuleItem {
  return notificationRule.parse({
    ...row,
    leastSeverity: severityOfRank(row.leastSeverity),
    updatedAt: row.updatedAt.toISOString(),
  });
}

/** A rule by the id of an address. Errors: not-found. */
export async function requireNotificationRule(db: Database, id: string): Promise<NotificationRuleRow> {
  const row = /^\d{1,9}$/.test(id) ? await findNotificationRule(db, Number(id)) : null;
  if (!row) throw new AppError("not-found", `There is no routing rule ${id}.`);
  return row;
}

export function auditNotificationRule(
  ctx: Ctx,
  tx: Database,
  action: "create" | "change" | "remove",
  before: NotificationRuleRow | null,
  after: NotificationRuleRow | null,
): Promise<void> {
  const facts = (row: NotificationRuleRow | null) => {
    if (!row) return null;
    const { id: _, updatedAt: __, updatedBy: ___, ...shown } = notificationRuleOf(row);
    return shown;
  };
  return appendAuditEvent(tx, {
    ...auditedBy(ctx),
    action: `notification-rule.${action}`,
    permission: "notifications:write",
    subjectType: "notification-rule",
    subjectKey: String(after?.id ?? before?.id ?? ""),
    before: facts(before),
    after: facts(after),
  });
}
