import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import type { SignOnView, signOnMappings } from "@/lib/contracts/single-sign-on";
import { appendAuditEvent } from "@/lib/db/audit-store";
import type { Database } from "@/lib/db/client";
import { ownersByKeys } from "@/lib/db/person-store";
import { replaceSignOnGroups, signOnGroups } from "@/lib/db/sign-on-store";
import { AppError } from "@/lib/domain/errors";
import { auditedBy } from "@/lib/services/audited-by";
import type { WebCtx } from "@/lib/services/ctx";
import { readSingleSignOn } from "@/lib/services/read/read-single-sign-on";

/** Says what the provider's groups mean. It holds from everybody's next sign-in. Errors: invalid-input for an owner that there is not, or a repetition. */
export async function changeSingleSignOn({
  ctx,
  input,
}: {
  ctx: WebCtx;
  input: z.output<typeof signOnMappings>;
}): Promise<SignOnView> {
  const said = input.mappings.map((mapping) => JSON.stringify(mapping));
  if (new Set(said).size < said.length) refuse("A line stands there twice.");
  await ctx.db.transaction(async (tx) => {
    const owners = await ownersByKeys(
      tx,
      input.mappings.flatMap((mapping) => ("owner" in mapping ? [mapping.owner] : [])),
    );
    const before = await factsOf(tx);
    await replaceSignOnGroups(
      tx,
      input.mappings.map((mapping) => {
        if ("role" in mapping) return { name: mapping.group, role: mapping.role, ownerId: null };
        const owner = owners.find(({ key }) => key === mapping.owner);
        return owner
          ? { name: mapping.group, role: null, ownerId: owner.id }
          : refuse(`There is no owner ${mapping.owner}.`);
      }),
    );
    const after = await factsOf(tx);
    if (isDeepStrictEqual(before, after)) return;
    await appendAuditEvent(tx, {
      ...auditedBy(ctx),
      action: "single-sign-on.change",
      permission: "people:write",
      subjectType: "single-sign-on",
      subjectKey: "groups",
      before,
      after,
    });
  });
  return readSingleSignOn({ ctx });
}

const factsOf = async (tx: Database) =>
  (await signOnGroups(tx)).map(({ name, role, owner }) => ({ group: name, role, owner: owner?.key ?? null }));

function refuse(message: string): never {
  throw new AppError("invalid-input", message, { details: { field: "mappings" } });
}
