import { accountInput } from "@/lib/contracts/accounts";
import { connectAccount } from "@/lib/services/connect-account";
import type { Ctx } from "@/lib/services/ctx";
import { readDiscoverableAccounts } from "@/lib/services/read/read-accounts";
import type { SimulatorControl } from "./simulator-control";

/** The regions of the fictional organisation; a person who knows it picks them instead of all. */
export const DEMO_REGIONS = [
  "ap-southeast-1",
  "ap-southeast-2",
  "eu-central-1",
  "eu-west-1",
  "sa-east-1",
  "us-east-1",
  "us-west-2",
];

/**
 * Connects the organisation's accounts as a person would: discovers them through AWS Organizations, takes those in use, enters role and external id.
 * Costs come from the payer alone, whose Cost Explorer covers its members.
 */
export async function connectOrganisation(ctx: Ctx, simulator: SimulatorControl): Promise<number> {
  const { items, message } = await readDiscoverableAccounts({ ctx });
  if (items.length === 0) throw new Error(`the organisation's accounts cannot be listed: ${message}`);
  const roles = await simulator.roles();
  const usable = items.filter((account) => account.status === "ACTIVE" && !account.connected);
  for (const account of usable) {
    const role = roles.get(account.accountId);
    if (!role) continue;
    const input = accountInput.parse({
      accountId: account.accountId,
      name: account.name,
      regions: DEMO_REGIONS,
      readCosts: account.isManagement,
      ...(account.isManagement
        ? {}
        : {
            roleArn: `arn:aws:iam::${account.accountId}:role/${role.roleName}`,
            externalId: role.externalId,
          }),
      ...(account.name === "Sandbox" ? { defaultEnvironment: "sandbox" } : {}),
      ...(account.name === "Staging" ? { defaultEnvironment: "staging" } : {}),
      ...(account.name === "Platform" ? { defaultOwner: "data-platform" } : {}),
    });
    await connectAccount({ ctx, input: { ...input, origin: "organizations" } });
  }
  return usable.length;
}
