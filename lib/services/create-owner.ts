import type { z } from "zod";
import type { ownerInput } from "@/lib/contracts/owners";
import { changeOwners, makeOwner } from "@/lib/services/change-owner";
import type { Ctx } from "@/lib/services/ctx";

/** Makes an owner entity. Errors: invalid-input for a name that names nobody; conflict where an owner has the name. */
export function createOwner({ ctx, input }: { ctx: Ctx; input: z.output<typeof ownerInput> }): Promise<{ id: number }> {
  return changeOwners(ctx, async (tx, { at }) => {
    const { displayName, verified } = input;
    const facts = {
      displayName,
      verified,
      aliases: [],
      email: input.email || null,
      chatHandle: input.chatHandle || null,
    };
    const { owner, audit } = await makeOwner(tx, facts, at);
    return { result: { id: owner.id }, audit: [audit] };
  });
}
