import type { z } from "zod";
import type { secondFactorState } from "@/lib/contracts/people";
import { findPerson } from "@/lib/db/person-store";
import { AppError } from "@/lib/domain/errors";
import type { Ctx } from "@/lib/services/ctx";

/** Whether one's own sign-in asks for a code; not available to whoever signs in at a provider. */
export async function readSecondFactor({ ctx }: { ctx: Ctx }): Promise<z.input<typeof secondFactorState>> {
  const { actor } = ctx;
  if (actor.kind !== "person") throw new AppError("unauthenticated", "Sign in first.");
  const person = await findPerson(ctx.db, actor.id, ctx.wall.now());
  return { available: person?.issuer === null, enabled: person?.secondFactor ?? false };
}
