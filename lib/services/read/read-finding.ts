import type { z } from "zod";
import type { findingDetail } from "@/lib/contracts/findings";
import { type FindingRow, findFinding, findingHistory } from "@/lib/db/finding-queries";
import { AppError } from "@/lib/domain/errors";
import { severityOfRank } from "@/lib/domain/finding";
import { findRule } from "@/lib/rules/registry";
import type { Ctx } from "@/lib/services/ctx";
import { findingItemOf } from "@/lib/services/read/finding-item";

/** A JSON object of a column, or an empty one. */
export function jsonObject(json: unknown): Record<string, unknown> {
  return typeof json === "object" && json !== null && !Array.isArray(json)
    ? Object.fromEntries(Object.entries(json))
    : {};
}

/** The finding of an id as the list shows it. Errors: not-found. */
export async function requireFinding({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<FindingRow> {
  const row = /^\d{1,9}$/.test(input.id) ? await findFinding(ctx.db, Number(input.id)) : null;
  if (!row) throw new AppError("not-found", `There is no finding ${input.id}.`);
  return row;
}

/** One finding with its rule, evidence, episodes and events. Errors: not-found. */
export async function readFinding({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { id: string };
}): Promise<z.input<typeof findingDetail>> {
  const row = await requireFinding({ ctx, input });
  const { episodes, events } = await findingHistory(ctx.db, row.id);
  const now = ctx.clock.now();
  const finding = findingItemOf(row, now);
  const rule = findRule(row.ruleId);
  return {
    finding,
    rule: {
      id: row.ruleId,
      title: finding.ruleTitle,
      severity: rule?.severity ?? finding.severity,
      category: finding.category,
      rationale: rule?.rationale ?? "This rule was retired.",
      remediation: rule?.remediation ?? "",
      references: rule ? [...rule.references] : [],
    },
    evidence: jsonObject(row.evidence),
    episodes: episodes.map((e) => ({
      number: e.number,
      state: e.state,
      severity: severityOfRank(e.severity) ?? "low",
      openedAt: e.openedAt.toISOString(),
      openedAfter: e.openedAfter?.toISOString() ?? null,
      closedAt: e.closedAt?.toISOString() ?? null,
      closedAfter: e.closedAfter?.toISOString() ?? null,
      closeCause: e.closeCause,
      recurring: e.recurring,
      flaps: e.flaps,
      events: events
        .filter((v) => v.episodeId === e.id)
        .map((v) => ({
          at: v.at.toISOString(),
          actor: v.actor,
          from: v.fromState,
          to: v.toState,
          note: v.note,
          detail: jsonObject(v.detail),
        })),
    })),
    asOf: now.toISOString(),
  };
}
