import { isRole, permissionsOf } from "@/lib/contracts/permissions";
import { type AcknowledgementRow, findAcknowledgement } from "@/lib/db/acknowledgement-store";
import { AppError } from "@/lib/domain/errors";
import { signedId } from "@/lib/notifications/secrets/secret-box";
import type { Ctx, PersonActor, WebCtx } from "@/lib/services/ctx";
import { linkKey } from "@/lib/services/notification-secrets";

/** A link with the ctx of the person it was sent to, as he may act today. */
export interface AcknowledgementLink {
  row: AcknowledgementRow;
  /** The request's ctx, acting as that person. */
  ctx: Ctx;
}

/** The link of a token. Errors: not-found for one that is not ours, or whose person may act no more. */
export async function requireLink(ctx: WebCtx, token: string): Promise<AcknowledgementLink> {
  const id = signedId(linkKey(ctx.auth.derive), token);
  const row = id === null ? null : await findAcknowledgement(ctx.db, id);
  if (!row || row.disabled || !isRole(row.role) || !permissionsOf(row.role).has("findings:acknowledge"))
    throw new AppError(
      "not-found",
      "This link leads nowhere: it was changed, or the person it was sent to may no longer act.",
    );
  const actor: PersonActor = {
    kind: "person",
    id: row.personId,
    name: row.email,
    displayName: row.name,
    role: row.role,
    permissions: permissionsOf(row.role),
    ownerIds: row.ownerIds,
    issuer: null,
    remote: ctx.request.remote,
    mustChangePassword: false,
    sessionId: "",
    sessionExpiresAt: row.expiresAt,
    via: "acknowledge-link",
  };
  return { row, ctx: { ...ctx, actor } };
}
