import type { AuditSeals } from "@/lib/contracts/audit";
import { auditMonths, auditProtection, changedAuditMonths } from "@/lib/db/audit-queries";
import { auditChain } from "@/lib/domain/audit-chain";
import { env } from "@/lib/env";
import type { Ctx } from "@/lib/services/ctx";

/** What keeps the audit from being rewritten, and the months that are sealed, newest first. */
export async function readAuditSeals({ ctx }: { ctx: Ctx }): Promise<AuditSeals> {
  const [{ role, mayRewrite, triggers }, months, changed] = await Promise.all([
    auditProtection(ctx.db),
    auditMonths(ctx.db),
    changedAuditMonths(ctx.db),
  ]);
  const intact = months.every((month, index) => month.chain === auditChain(months[index - 1]?.chain ?? null, month));
  return {
    protection: mayRewrite ? (triggers ? "trigger" : "none") : "privileges",
    role,
    keepMonths: env().auditRetentionMonths ?? null,
    intact,
    changed,
    months: months.reverse().map(({ month, sealedAt, droppedAt, ...seal }) => ({
      ...seal,
      month: month.slice(0, 7),
      sealedAt: sealedAt.toISOString(),
      droppedAt: droppedAt?.toISOString() ?? null,
    })),
  };
}
