import type { SessionView } from "@/lib/contracts/people";
import { ownersByIds } from "@/lib/db/person-store";
import { AppError } from "@/lib/domain/errors";
import type { Ctx } from "@/lib/services/ctx";

/** Who is signed in, and what he may do. Throws unauthenticated. */
export async function readSession({ ctx }: { ctx: Ctx }): Promise<SessionView> {
  const { actor } = ctx;
  if (actor.kind !== "person") throw new AppError("unauthenticated", "Sign in first.");
  return {
    person: {
      id: actor.id,
      name: actor.displayName,
      email: actor.name,
      role: actor.role,
      owners: actor.ownerIds.length > 0 ? await ownersByIds(ctx.db, actor.ownerIds) : [],
    },
    issuer: actor.issuer,
    permissions: [...actor.permissions].sort(),
    mustChangePassword: actor.mustChangePassword,
    expiresAt: actor.sessionExpiresAt.toISOString(),
  };
}
