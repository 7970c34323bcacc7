import type { z } from "zod";
import type { findingDetail } from "@/lib/contracts/findings";
import type { Permission } from "@/lib/contracts/permissions";
import { type FindingRow, findFinding, findingHistory } from "@/lib/db/finding-queries";
import { findingsByIds } from "@/lib/db/finding-store";
import {
  type ReplacementBroker,
  replacementBroker,
  sameNameBrokers,
  standingReplacementOf,
} from "@/lib/db/replacement-store";
import { AppError } from "@/lib/domain/errors";
import { type EpisodeState, MAX_ACCEPTANCE_DAYS, severityOfRank } from "@/lib/domain/finding";
import { diffDays, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { expireAcceptance } from "@/lib/findings/acceptance";
import { type ActKind, refusalOf } from "@/lib/findings/act";
import { effectiveDueOn } from "@/lib/findings/due-on";
import { findRule } from "@/lib/rules/registry";
import { actingPerson } from "@/lib/services/acting-person";
import type { Ctx } from "@/lib/services/ctx";
import { ACT_PERMISSIONS, reopenableSince } from "@/lib/services/finding-acts";
import { mayActFor, NOT_YOURS } from "@/lib/services/owner-scope";
import { findingIdOf } from "@/lib/services/read/finding-id";
import { findingItemOf } from "@/lib/services/read/finding-item";

export type FindingDetail = z.input<typeof findingDetail>;

/** A JSON object of a column, or an empty one. */
export function jsonObject(json: unknown): Record<string, unknown> {
  return typeof json === "object" && json !== null && !Array.isArray(json)
    ? Object.fromEntries(Object.entries(json))
    : {};
}

/** The finding of an id as the list shows it. Errors: not-found. */
export async function requireFinding({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<FindingRow> {
  const row = await findFinding(ctx.db, findingIdOf(input.id), ctx.clock.now());
  if (!row) throw new AppError("not-found", `There is no finding ${input.id}.`);
  return row;
}

/** One finding with its rule, evidence, decisions, clock, episodes and events, and what the actor may do about it now. Errors: not-found. */
export async function readFinding({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<FindingDetail> {
  const row = await requireFinding({ ctx, input });
  const { id } = row;
  const now = ctx.clock.now();
  const [stored] = await findingsByIds(ctx.db, [id], reopenableSince(now));
  const last = stored?.episodes.at(-1);
  if (!stored || !last) throw new AppError("not-found", `There is no finding ${input.id}.`);
  const current = expireAcceptance(last, { now, actor: "" }).episode;
  const [{ episodes, events }, replacement] = await Promise.all([
    findingHistory(ctx.db, id),
    stored.brokerId === null ? null : readReplacement(ctx, stored.brokerId),
  ]);
  const finding = findingItemOf(row, now);
  const rule = findRule(row.ruleId);
  const { acknowledgement, request, acceptance, fixClaim } = current;
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
    evidence: last.evidence,
    actions: actionsOf(ctx, last, stored.shown.ownerId, replacement),
    maxAcceptanceDays: MAX_ACCEPTANCE_DAYS[current.severity],
    acknowledgement: acknowledgement ? { ...acknowledgement, at: acknowledgement.at.toISOString() } : null,
    request: request ? { ...request, at: request.at.toISOString() } : null,
    acceptance: acceptance
      ? {
          ...acceptance,
          approvedAt: acceptance.approvedAt.toISOString(),
          expiresAt: acceptance.expiresAt?.toISOString() ?? null,
        }
      : null,
    fixClaim: fixClaim ? { ...fixClaim, at: fixClaim.at.toISOString() } : null,
    sla: slaOf(current, now),
    replacement,
    episodes: episodes.map((e) => ({
      number: e.number,
      state: e.number === current.number ? current.state : e.state,
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
          kind: v.kind,
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

const SHOWN_ACTS = [
  "acknowledge",
  "claim-fixed",
  "request-acceptance",
  "request-false-positive",
  "withdraw-request",
  "approve",
  "reject",
  "end-acceptance",
  "comment",
] as const satisfies readonly ActKind[];

/** What the actor may do now, each with the reason where not: permission first, then ownership, then the state. */
function actionsOf(
  ctx: Ctx,
  episode: EpisodeState,
  ownerId: number | null,
  replacement: FindingDetail["replacement"],
): FindingDetail["actions"] {
  const { permissions } = ctx.actor;
  const held: ReadonlySet<string> | "all" = permissions;
  const person = actingPerson(ctx.actor);
  const general = (permission: Permission): string | null => {
    if (held !== "all" && !held.has(permission)) return `This needs the permission ${permission}.`;
    return mayActFor(ctx.actor, permission, ownerId) ? null : NOT_YOURS;
  };
  const acts = SHOWN_ACTS.map((act) => ({
    act,
    refusal: general(ACT_PERMISSIONS[act]) ?? refusalOf(act, episode, person, ctx.clock.now()),
  }));
  const confirming =
    general("findings:acknowledge") ??
    (!replacement
      ? "It is not about a broker."
      : replacement.standing
        ? "A replacement is confirmed already."
        : person.id === null
          ? "Only a signed-in person confirms a replacement."
          : null);
  return [...acts, { act: "confirm-replacement" as const, refusal: confirming }];
}

function slaOf(episode: EpisodeState, now: Date): FindingDetail["sla"] {
  const dueOn = effectiveDueOn(episode);
  const baseOn = episode.dueBaseOn ?? null;
  const paused = episode.state !== "closed" && (episode.acceptance?.pausedFrom ?? null) !== null;
  const until = plainDateFromInstantUtc(episode.closedAt ?? now);
  const outside = episode.evidence.outsideSla === true;
  return {
    baseOn,
    dueOn,
    movedDays: baseOn && dueOn ? diffDays(baseOn, dueOn) : 0,
    paused,
    breached: dueOn !== null && until >= dueOn,
    reason: outside
      ? "No fix exists on Amazon MQ: nothing is due, and the finding is counted beside the SLA."
      : paused && dueOn === null
        ? "The clock stands still while it counts as a false positive."
        : paused
          ? "The clock stands still while the risk is accepted; the due day moves by as many days."
          : null,
  };
}

async function readReplacement(ctx: Ctx, brokerId: number): Promise<FindingDetail["replacement"]> {
  const [standing, candidates] = await Promise.all([
    standingReplacementOf(ctx.db, brokerId),
    sameNameBrokers(ctx.db, brokerId),
  ]);
  const broker = standing ? await replacementBroker(ctx.db, standing.newBrokerId) : null;
  return {
    standing:
      standing && broker
        ? {
            broker: brokerItem(broker),
            basis: standing.basis,
            note: standing.note,
            confirmedAt: standing.confirmedAt.toISOString(),
            confirmedBy: standing.confirmedBy,
            settledAt: standing.settledAt?.toISOString() ?? null,
          }
        : null,
    candidates: candidates.map(brokerItem),
  };
}

function brokerItem(broker: ReplacementBroker) {
  const { brokerId, name, deploymentMode, engineVersion, firstSeenAt } = broker;
  return { brokerId, name, deploymentMode, engineVersion, firstSeenAt: firstSeenAt.toISOString() };
}
