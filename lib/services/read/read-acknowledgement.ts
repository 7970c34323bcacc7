import type { AcknowledgementView } from "@/lib/contracts/notifications";
import { findingsOfLink } from "@/lib/db/acknowledgement-store";
import { severityOfRank } from "@/lib/domain/finding";
import { addDays, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { requireLink } from "@/lib/services/acknowledgement-link";
import type { WebCtx } from "@/lib/services/ctx";
import { actOnFindings } from "@/lib/services/finding-acts";

/** What a link would do now, and as whom; nothing is changed, so that a mail reader that opens links does no harm. Errors: not-found. */
export async function readAcknowledgement({
  ctx,
  input,
}: {
  ctx: WebCtx;
  input: { token: string };
}): Promise<AcknowledgementView> {
  const link = await requireLink(ctx, input.token);
  const { row } = link;
  const now = ctx.clock.now();
  const [findings, preview] = [
    await findingsOfLink(ctx.db, row.findingIds),
    await ctx.db.transaction((tx) =>
      actOnFindings(tx, link.ctx, {
        ids: row.findingIds,
        act: {
          kind: "acknowledge",
          assignee: row.name,
          note: "preview",
          targetOn: addDays(plainDateFromInstantUtc(now), 1),
        },
        preview: true,
      }),
    ),
  ];
  const refusedOf = new Map([...preview.refused].flatMap(([reason, ids]) => ids.map((id) => [id, reason] as const)));
  return {
    state: row.usedAt ? "used" : now >= row.expiresAt ? "expired" : "open",
    person: { name: row.name, email: row.email },
    expiresAt: row.expiresAt.toISOString(),
    usedAt: row.usedAt?.toISOString() ?? null,
    findings: findings.map(({ severity, id, ...finding }) => ({
      ...finding,
      id,
      severity: severityOfRank(severity) ?? "low",
      refused: refusedOf.get(id) ?? null,
    })),
    asOf: now.toISOString(),
  };
}
