import { appendAuditEvent } from "@/lib/db/audit-store";
import { auditedBy } from "@/lib/services/audited-by";
import type { WebCtx } from "@/lib/services/ctx";

/** Ends the session that asks. Returns the cookies that take its cookie back. */
export async function signOut({ ctx }: { ctx: WebCtx }): Promise<{ cookies: readonly string[] }> {
  const { cookies } = await ctx.auth.signOut(ctx.request);
  await appendAuditEvent(ctx.db, {
    ...auditedBy(ctx),
    action: "session.sign-out",
    permission: null,
    subjectType: "person",
    subjectKey: ctx.actor.name,
    before: null,
    after: null,
  });
  return { cookies };
}
