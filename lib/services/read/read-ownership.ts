import type { z } from "zod";
import type { BrokerOwnership, OwnershipList, ownershipQuery } from "@/lib/contracts/owners";
import type { Ctx } from "@/lib/services/ctx";
import { type BrokerStanding, loadOwnership } from "@/lib/services/load-ownership";
import { readFreshness } from "@/lib/services/read/freshness";
import { remembered } from "@/lib/services/read/remembered";

type Query = z.output<typeof ownershipQuery>;

/** Brokers of one kind of ownership (without an owner, by the account's default alone, ambiguous, assigned here), production first. */
export function readOwnership(call: { ctx: Ctx; input: Query }): Promise<OwnershipList> {
  return remembered(call, "ownership", () => computeOwnership(call));
}

async function computeOwnership({ ctx, input }: { ctx: Ctx; input: Query }): Promise<OwnershipList> {
  const [{ brokers, tagKey }, freshness] = await Promise.all([loadOwnership(ctx), readFreshness({ ctx })]);
  const text = input.q?.trim().toLowerCase() ?? "";
  const found = brokers.filter((broker) => broker.kind === input.kind && (text === "" || fits(broker, text)));
  return {
    items: found.slice(0, input.limit).map(ownershipOf),
    total: found.length,
    tagKey,
    asOf: ctx.clock.now().toISOString(),
    freshness,
  };
}

function fits({ row, tags, owner }: BrokerStanding, text: string): boolean {
  const texts = [
    row.name,
    row.id,
    row.accountId,
    row.accountName ?? "",
    owner.display ?? "",
    ...tags.map(({ value }) => value),
  ];
  return texts.some((one) => one.toLowerCase().includes(text));
}

function ownershipOf({ row, tags, owner }: BrokerStanding): BrokerOwnership {
  const { assignedAt, assignedBy, reason, described, tags: _, ...broker } = row;
  return {
    ...broker,
    tagsKnown: described,
    tags,
    owner:
      owner.ownerKey === null
        ? null
        : { key: owner.ownerKey, displayName: owner.display ?? owner.ownerKey, source: owner.source },
    assignment:
      assignedAt && owner.ownerKey !== null
        ? {
            ownerKey: owner.ownerKey,
            owner: owner.display ?? owner.ownerKey,
            at: assignedAt.toISOString(),
            by: assignedBy ?? "",
            reason: reason ?? "",
          }
        : null,
  };
}
