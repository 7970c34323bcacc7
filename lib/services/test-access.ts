import type { z } from "zod";
import { POLICY_ACTIONS } from "@/lib/aws/policy";
import type { accessReport, accessTestInput } from "@/lib/contracts/accounts";
import { findAccount } from "@/lib/db/account-store";
import { regionsOfPartition } from "@/lib/reference/regions";
import type { Ctx } from "@/lib/services/ctx";
import { regionsOf } from "@/lib/services/plan-sync";

/**
 * Tries the access to an account, as typed in before it is saved or (with an id alone) as stored: who AWS says we are, then each action of the policy
 * with a harmless read. What AWS refuses is the answer, not an error.
 */
export async function testAccess({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof accessTestInput>;
}): Promise<z.input<typeof accessReport>> {
  const stored = input.accountId && input.roleArn === undefined ? await findAccount(ctx.db, input.accountId) : null;
  const roleArn = stored?.roleArn ?? input.roleArn ?? null;
  const externalId = stored?.externalId ?? (input.externalId || null);
  const wanted = input.accountId ?? roleArn?.split(":")[4] ?? null;
  const session = ctx.aws.session({ accountId: wanted ?? "", roleArn, externalId });
  const identity = await session.identity();
  const caller = identity.items[0] ?? null;
  if (!caller && identity.status !== "unsupported") {
    return { ok: false, accountId: null, arn: null, message: identity.message, wayOut: identity.wayOut, checks: [] };
  }
  const stranger = caller !== null && wanted !== null && caller.accountId !== wanted;
  const region = input.region ?? (stored ? regionsOf(stored)[0] : undefined) ?? firstRegion(caller?.partition);
  const checks = await session.checkAccess(region);
  const reasons = new Map(POLICY_ACTIONS.map(({ action, reason }) => [action, reason]));
  const denied = checks.filter((check) => check.allowed === false);
  return {
    ok: !stranger && denied.length === 0,
    accountId: caller?.accountId ?? null,
    arn: caller?.arn ?? null,
    message: stranger
      ? `These credentials lead to account ${caller.accountId}, not to ${wanted}.`
      : denied.length > 0
        ? `${denied.length} of ${checks.length} actions are not allowed.`
        : null,
    wayOut: stranger
      ? "Enter a role of the account that is to be connected."
      : denied.length > 0
        ? "Give the role the policy shown on this page. What stays denied costs only its own source."
        : null,
    checks: checks.map((check) => ({ ...check, reason: reasons.get(check.action) ?? "" })),
  };
}

function firstRegion(partition: string | undefined): string {
  return regionsOfPartition(partition ?? "aws")[0]?.region ?? "us-east-1";
}
