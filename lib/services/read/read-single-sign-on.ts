import { redirectUriOf } from "@/lib/auth/single-sign-on";
import { isRole } from "@/lib/contracts/permissions";
import type { SignOnView } from "@/lib/contracts/single-sign-on";
import { ownerChoices } from "@/lib/db/person-store";
import { signOnGroups } from "@/lib/db/sign-on-store";
import type { WebCtx } from "@/lib/services/ctx";

/** The OpenID provider, without its secret, and what its groups mean here. */
export async function readSingleSignOn({ ctx }: { ctx: WebCtx }): Promise<SignOnView> {
  const [provider, groups, owners] = await Promise.all([
    ctx.auth.singleSignOn(),
    signOnGroups(ctx.db),
    ownerChoices(ctx.db),
  ]);
  return {
    provider: provider && {
      issuer: provider.settings.issuer,
      clientId: provider.settings.clientId,
      scopes: provider.settings.scopes,
      groupsClaim: provider.settings.groupsClaim,
    },
    redirectUri: redirectUriOf(ctx.request),
    mappings: groups.map(({ name, role, owner }) => ({
      group: name,
      role: role !== null && isRole(role) ? role : null,
      owner: owner && { key: owner.key, displayName: owner.displayName },
    })),
    owners,
  };
}
