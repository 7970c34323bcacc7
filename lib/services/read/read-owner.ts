import type { z } from "zod";
import type { OwnerScorecard, ownerScorecard } from "@/lib/contracts/owners";
import type { Database } from "@/lib/db/client";
import {
  accountsOfDefaultOwner,
  type DatedFinding,
  dueFindings,
  expiringAcceptances,
  findingAges,
  mergedKeys,
  type OwnerFigures,
  ownerCosts,
  ownerFigures,
  ownerIdOf,
  peopleOfOwner,
} from "@/lib/db/owner-queries";
import { AppError } from "@/lib/domain/errors";
import { SEVERITIES, severityOfRank, severityRank } from "@/lib/domain/finding";
import { normalizeOwnerKey } from "@/lib/domain/owner-tag";
import { addDays, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import type { Ctx } from "@/lib/services/ctx";
import { mayActFor } from "@/lib/services/owner-scope";
import { readFreshness } from "@/lib/services/read/freshness";
import { readCosts } from "@/lib/services/read/read-costs";
import { figuresAt, ownerItemOf } from "@/lib/services/read/read-owners";

/** How far ahead a finding counts as due soon. */
const SOON_DAYS = 14;
const DUE_SHOWN = 10;

/** The id of the owner that an address names, by id or key. Errors: not-found. */
export async function requireOwnerId({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<number> {
  const id = await ownerIdOf(ctx.db, input.id);
  if (id === null) throw new AppError("not-found", `There is no owner ${input.id}.`);
  return id;
}

/** One owner: what it answers for, by severity and age, what is due and expires, what it costs, and who belongs to it. Errors: not-found. */
export async function readOwner({ ctx, input }: { ctx: Ctx; input: { id: string } }): Promise<OwnerScorecard> {
  const id = await requireOwnerId({ ctx, input });
  const now = ctx.clock.now();
  const today = plainDateFromInstantUtc(now);
  const window = figuresAt(now);
  const [owner] = await ownerFigures(ctx.db, { ...window, id });
  if (!owner) throw new AppError("not-found", `There is no owner ${input.id}.`);
  const [costs, ages, due, expiring, costMonths, people, accounts, merged, into, freshness] = await Promise.all([
    ownerCosts(ctx.db, id),
    findingAges(ctx.db, { ownerId: id, now, today, soon: addDays(today, SOON_DAYS) }),
    dueFindings(ctx.db, id, now, DUE_SHOWN),
    expiringAcceptances(ctx.db, id, now, window.until),
    readCosts({ ctx, input: { by: "owner", granularity: "month", owner: [owner.key] } }),
    maySeePeople(ctx) ? peopleOfOwner(ctx.db, id) : null,
    accountsOfDefaultOwner(ctx.db, id),
    mergedKeys(ctx.db, id),
    mergedOwner(ctx.db, owner, window),
    readFreshness({ ctx }),
  ]);
  const wasOwner = new Set(merged);
  return {
    owner: {
      ...ownerItemOf(owner, costs),
      email: owner.email,
      chatHandle: owner.chatHandle,
      createdAt: owner.createdAt.toISOString(),
      aliases: owner.aliases.map((name) => ({ name, merged: wasOwner.has(normalizeOwnerKey(name)) })),
    },
    mergedInto: into,
    findings: [...SEVERITIES].reverse().map((severity) => {
      const row = ages.find((one) => one.severity === severityRank(severity));
      return {
        severity,
        total: row?.total ?? 0,
        overdue: row?.overdue ?? 0,
        dueSoon: row?.dueSoon ?? 0,
        setAside: row?.setAside ?? 0,
        ages: [row?.under7 ?? 0, row?.under30 ?? 0, row?.under90 ?? 0, row?.older ?? 0],
      };
    }),
    due: due.flatMap((row) =>
      row.dueOn === null
        ? []
        : [{ ...datedOf(row), dueOn: row.dueOn, overdue: row.dueOn <= today, state: stateAt(row, now) }],
    ),
    acceptances: expiring.flatMap((row) =>
      row.acceptedUntil === null ? [] : [{ ...datedOf(row), acceptedUntil: row.acceptedUntil.toISOString() }],
    ),
    costs: costMonths.currencies.flatMap(({ currency, series }) =>
      series.flatMap(({ points }) => (points.length > 0 ? [{ currency, months: points }] : [])),
    ),
    people: people?.map(({ name, email, role, disabled }) => ({ name, email, role, disabled })) ?? null,
    accounts,
    may: {
      write: has(ctx, "owners:write"),
      contact: has(ctx, "owners:contact") && mayActFor(ctx.actor, "owners:contact", id),
    },
    asOf: now.toISOString(),
    freshness,
  };
}

async function mergedOwner(
  db: Database,
  owner: OwnerFigures,
  window: ReturnType<typeof figuresAt>,
): Promise<z.input<typeof ownerScorecard>["mergedInto"]> {
  if (owner.mergedIntoId === null) return null;
  const [into] = await ownerFigures(db, { ...window, id: owner.mergedIntoId });
  return into ? { id: into.id, displayName: into.displayName, at: owner.mergedAt?.toISOString() ?? null } : null;
}

function datedOf({ id, summary, severity, brokerId, brokerName }: DatedFinding) {
  return { id, summary, severity: severityOfRank(severity) ?? ("low" as const), brokerId, brokerName };
}

/** An acceptance that has expired is over for every reader, whether or not an evaluation has said so. */
function stateAt({ state, acceptedUntil }: DatedFinding, now: Date): string {
  return state === "accepted" && acceptedUntil !== null && acceptedUntil <= now ? "open" : state;
}

function has({ actor }: Ctx, permission: "owners:write" | "owners:contact" | "people:read"): boolean {
  return actor.permissions === "all" || actor.permissions.has(permission);
}

function maySeePeople(ctx: Ctx): boolean {
  return has(ctx, "people:read");
}
