import type { OwnerItem, OwnerList } from "@/lib/contracts/owners";
import { type OwnerFigures, ownerCosts, ownerFigures } from "@/lib/db/owner-queries";
import { decimalToText, parseDecimal } from "@/lib/domain/money";
import { plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import type { Ctx } from "@/lib/services/ctx";
import { loadOwnership } from "@/lib/services/load-ownership";
import { readFreshness } from "@/lib/services/read/freshness";
import { remembered } from "@/lib/services/read/remembered";

/** How far ahead an acceptance counts as expiring. */
export const EXPIRY_DAYS = 30;

/** Every owner with what it answers for, by name, and how many brokers somebody may want to assign. */
export function readOwners({ ctx }: { ctx: Ctx }): Promise<OwnerList> {
  return remembered({ ctx, input: {} }, "owners", () => computeOwners(ctx));
}

async function computeOwners(ctx: Ctx): Promise<OwnerList> {
  const now = ctx.clock.now();
  const [figures, costs, { brokers }, freshness] = await Promise.all([
    ownerFigures(ctx.db, figuresAt(now)),
    ownerCosts(ctx.db),
    loadOwnership(ctx),
    readFreshness({ ctx }),
  ]);
  const counts = { none: 0, "account-default": 0, ambiguous: 0, assigned: 0 };
  for (const { kind } of brokers) if (kind) counts[kind] += 1;
  return {
    items: figures.map((owner) =>
      ownerItemOf(
        owner,
        costs.filter(({ ownerId }) => ownerId === owner.id),
      ),
    ),
    total: figures.length,
    brokers: counts,
    asOf: now.toISOString(),
    freshness,
  };
}

/** The instants that figures of owners are about. */
export function figuresAt(now: Date): { now: Date; until: Date; today: string } {
  return { now, until: new Date(now.getTime() + EXPIRY_DAYS * 86_400_000), today: plainDateFromInstantUtc(now) };
}

/** An owner as the list shows it. */
export function ownerItemOf(owner: OwnerFigures, costs: readonly { currency: string; amount: string }[]): OwnerItem {
  const { id, key, displayName, verified, brokers, productionBrokers, brokersWithoutCost, expiringAcceptances } = owner;
  const { total, critical, high, medium, low, overdue } = owner;
  return {
    id,
    key,
    displayName,
    verified,
    contactable: Boolean(owner.email) || Boolean(owner.chatHandle),
    brokers,
    productionBrokers,
    findings: { total, critical, high, medium, low, overdue },
    expiringAcceptances,
    monthlyCost: costs.map(({ currency, amount }) => ({ currency, amount: decimalToText(parseDecimal(amount)) })),
    brokersWithoutCost,
  };
}
