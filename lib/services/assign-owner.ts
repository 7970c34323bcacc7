import type { z } from "zod";
import type { assignmentInput } from "@/lib/contracts/owners";
import type { Database } from "@/lib/db/client";
import {
  assignableBrokers,
  endAssignments,
  insertAssignments,
  type OwnerRecord,
  ownerRecords,
} from "@/lib/db/owner-store";
import { AppError } from "@/lib/domain/errors";
import { changeOwners, makeOwner, type OwnerAudit, ownerOfName } from "@/lib/services/change-owner";
import type { Ctx } from "@/lib/services/ctx";

/**
 * Assigns brokers to an owner, who may be made by it (unverified); an assignment made before ends. It goes before the tags of AWS, which stay as they are.
 * Errors: invalid-input for a broker or owner that there is not; conflict for a broker that is gone.
 */
export function assignOwner({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof assignmentInput>;
}): Promise<{ assigned: number; owner: { id: number; key: string; displayName: string } }> {
  return changeOwners(ctx, async (tx, by) => {
    const owners = await ownerRecords(tx);
    const { owner, audit } = await chosenOwner(tx, owners, input.owner, by.at);
    const brokers = await assignableBrokers(tx, input.brokerIds);
    const refuse = (message: string) => new AppError("invalid-input", message, { details: { field: "brokerIds" } });
    const missing = input.brokerIds.find((id) => !brokers.some((broker) => broker.id === id));
    if (missing !== undefined) throw refuse(`There is no broker ${missing}.`);
    const gone = brokers.find(({ goneAt }) => goneAt !== null);
    if (gone) throw new AppError("conflict", `The broker ${gone.id} is gone.`, { details: { field: "brokerIds" } });
    const changed = brokers.filter(({ assignedTo }) => assignedTo !== owner.id);
    const arns = changed.map(({ arn }) => arn);
    await endAssignments(tx, arns, by);
    await insertAssignments(tx, arns, { ownerId: owner.id, reason: input.reason, ...by });
    const keyOf = (id: number | null) => owners.find((one) => one.id === id)?.key ?? null;
    const { id, key, displayName } = owner;
    return {
      result: { assigned: changed.length, owner: { id, key, displayName } },
      audit: [
        ...audit,
        ...changed.map(
          (broker): OwnerAudit => ({
            action: "broker.assign-owner",
            permission: "owners:write",
            subjectType: "broker",
            subjectKey: broker.arn,
            before: { assignedOwner: keyOf(broker.assignedTo) },
            after: { assignedOwner: key, reason: input.reason },
          }),
        ),
      ],
    };
  });
}

/** Takes the assignment of a broker back: its tags decide again, or its account's default. Errors: not-found; conflict where it is not assigned here. */
export function unassignOwner({ ctx, input }: { ctx: Ctx; input: { brokerId: string } }): Promise<{ ended: true }> {
  return changeOwners(ctx, async (tx, by) => {
    const [broker] = await assignableBrokers(tx, [input.brokerId]);
    if (!broker) throw new AppError("not-found", `There is no broker ${input.brokerId}.`);
    if (broker.assignedTo === null) throw new AppError("conflict", "The broker is not assigned here.");
    const owner = (await ownerRecords(tx)).find(({ id }) => id === broker.assignedTo);
    await endAssignments(tx, [broker.arn], by);
    return {
      result: { ended: true as const },
      audit: [
        {
          action: "broker.unassign-owner",
          permission: "owners:write",
          subjectType: "broker",
          subjectKey: broker.arn,
          before: { assignedOwner: owner?.key ?? null },
          after: { assignedOwner: null },
        },
      ],
    };
  });
}

async function chosenOwner(
  tx: Database,
  owners: readonly OwnerRecord[],
  choice: z.output<typeof assignmentInput>["owner"],
  at: Date,
): Promise<{ owner: OwnerRecord; audit: readonly OwnerAudit[] }> {
  const known = ownerOfName(owners, "key" in choice ? choice.key : choice.displayName);
  if (known) return { owner: known, audit: [] };
  if ("key" in choice)
    throw new AppError("invalid-input", `There is no owner ${choice.key}.`, { details: { field: "owner" } });
  const facts = { displayName: choice.displayName, aliases: [], verified: false, email: null, chatHandle: null };
  const { owner, audit } = await makeOwner(tx, facts, at);
  return { owner, audit: [audit] };
}
