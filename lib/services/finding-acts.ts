import { appendAuditEvents } from "@/lib/db/audit-store";
import type { Database } from "@/lib/db/client";
import { bumpDataVersions } from "@/lib/db/data-version-store";
import {
  countFindingsOfBrokers,
  type FindingWrite,
  lockFindings,
  type StoredFinding,
  storeFindings,
} from "@/lib/db/finding-store";
import { holdEvaluation } from "@/lib/db/sync-observation-store";
import { type EpisodeState, FLAP_WINDOW_DAYS } from "@/lib/domain/finding";
import { actOnEpisode, type HumanAct } from "@/lib/findings/act";
import { effectiveDueOn } from "@/lib/findings/due-on";
import { actingPerson } from "@/lib/services/acting-person";
import { auditedBy } from "@/lib/services/audited-by";
import type { Ctx } from "@/lib/services/ctx";
import { findingWriteOf } from "@/lib/services/finding-write";
import { mayActFor, NOT_YOURS } from "@/lib/services/owner-scope";

/** Each act with the permission it needs and the name under which the audit has it. */
export const ACT_PERMISSIONS = {
  acknowledge: "findings:acknowledge",
  "claim-fixed": "findings:acknowledge",
  "link-plan": "findings:acknowledge",
  "unlink-plan": "findings:acknowledge",
  "request-acceptance": "findings:accept-request",
  "request-false-positive": "findings:accept-request",
  "withdraw-request": "findings:accept-request",
  approve: "findings:accept-approve",
  reject: "findings:accept-approve",
  "end-acceptance": "findings:accept-approve",
  comment: "findings:comment",
} as const satisfies Record<HumanAct["kind"], string>;

/** How far back a closed episode may still go on. */
export function reopenableSince(now: Date): Date {
  return new Date(now.getTime() - FLAP_WINDOW_DAYS * 86_400_000);
}

export interface Acted {
  /** Findings that changed, or would. */
  allowed: number;
  /** Ids of the others by the sentence that says why. */
  refused: ReadonlyMap<string, readonly number[]>;
}

/**
 * One act on findings, in the caller's transaction: episodes, events and one audit event per finding. What is refused stays as it is and is told with the
 * reason. With `preview` nothing is written.
 */
export function actOnFindings(
  tx: Database,
  ctx: Ctx,
  { ids, act, preview = false }: { ids: readonly number[]; act: HumanAct; preview?: boolean },
): Promise<Acted> {
  return actOnEach(tx, ctx, new Map(ids.map((id) => [id, act])), preview);
}

/** As actOnFindings, with an act of its own for each finding. */
export async function actOnEach(
  tx: Database,
  ctx: Ctx,
  acts: ReadonlyMap<number, HumanAct>,
  preview = false,
): Promise<Acted> {
  const now = ctx.clock.now();
  const person = actingPerson(ctx.actor);
  if (!preview) await holdEvaluation(tx);
  const refused = new Map<string, number[]>();
  const writes: Write[] = [];
  for (const finding of await lockFindings(tx, [...acts.keys()], reopenableSince(now))) {
    const last = finding.episodes.at(-1);
    const act = acts.get(finding.id);
    if (!last || !act) continue;
    const result = mayActFor(ctx.actor, ACT_PERMISSIONS[act.kind], finding.shown.ownerId)
      ? actOnEpisode(last, act, { person, now })
      : ({ ok: false, reason: NOT_YOURS } as const);
    if (result.ok) writes.push({ finding, act, write: findingWriteOf(finding, result) });
    else refused.set(result.reason, [...(refused.get(result.reason) ?? []), finding.id]);
  }
  if (!preview && writes.length > 0) await store(tx, ctx, writes);
  return { allowed: writes.length, refused };
}

interface Write {
  finding: StoredFinding;
  act: HumanAct;
  write: FindingWrite;
}

async function store(tx: Database, ctx: Ctx, writes: readonly Write[]): Promise<void> {
  await storeFindings(
    tx,
    writes.map(({ write }) => write),
    null,
  );
  const via = ctx.actor.kind === "person" && ctx.actor.via ? { via: ctx.actor.via } : {};
  await appendAuditEvents(
    tx,
    writes.map(({ finding, act, write }) => ({
      ...auditedBy(ctx),
      action: `finding.${act.kind}`,
      permission: ACT_PERMISSIONS[act.kind],
      subjectType: "finding",
      subjectKey: String(finding.id),
      before: factsOf(finding.episodes.at(-1)),
      after: { ...factsOf(write.episode), ...act, ...via },
    })),
  );
  const brokers = new Set(writes.flatMap(({ write }) => (write.brokerId === null ? [] : [write.brokerId])));
  await countFindingsOfBrokers(tx, [...brokers]);
  await bumpDataVersions(tx, "fleet");
}

function factsOf(episode: EpisodeState | undefined): Record<string, unknown> {
  if (!episode) return {};
  const { number, state, request, acceptance, acknowledgement, fixClaim } = episode;
  return {
    episode: number,
    state,
    dueOn: effectiveDueOn(episode),
    ...(acknowledgement ? { assignee: acknowledgement.assignee, targetOn: acknowledgement.targetOn } : {}),
    ...(request ? { requestedBy: request.by.name, requested: request.kind } : {}),
    ...(acceptance ? { approvedBy: acceptance.approvedBy.name, expiresAt: acceptance.expiresAt } : {}),
    ...(fixClaim ? { claimedBy: fixClaim.by.name } : {}),
  };
}
