import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { testMessageInput, testMessageResult } from "@/lib/contracts/notifications";
import { appendAuditEvent } from "@/lib/db/audit-store";
import { AppError, isAppError } from "@/lib/domain/errors";
import type { SendOutcome } from "@/lib/notifications/define-channel";
import { CHANNELS } from "@/lib/notifications/registry";
import { auditedBy } from "@/lib/services/audited-by";
import { kindOf, parseChannelSettings, requireChannel } from "@/lib/services/channel-record";
import type { WebCtx } from "@/lib/services/ctx";
import { currentSettings } from "@/lib/services/current-settings";
import { openSecrets } from "@/lib/services/notification-secrets";
import { notificationTransports } from "@/lib/services/notification-transports";

/**
 * Sends a test message by a channel now, past the outbox, and tells what came of it. E-mail goes to the address given, or to whoever asks. Errors: not-found,
 * invalid-input.
 */
export async function testChannel({
  ctx,
  input,
}: {
  ctx: WebCtx;
  input: { id: string } & z.output<typeof testMessageInput>;
}): Promise<z.input<typeof testMessageResult>> {
  const row = await requireChannel(ctx.db, input.id);
  const kind = kindOf(row);
  const channel = CHANNELS[kind];
  const own = ctx.actor.kind === "person" ? ctx.actor.name : null;
  const recipient = channel.personal ? (input.recipient ?? own) : "";
  if (recipient === null)
    throw new AppError("invalid-input", "Say to which address.", { details: { field: "recipient" } });
  const { notifications } = await currentSettings(ctx.db);
  const outcome = await attempt(async () =>
    channel.send(
      {
        delivery: "test",
        idempotencyKey: randomUUID(),
        recipient,
        recipientName: "",
        events: [],
        publicAddress: notifications.publicAddress,
        acknowledgeUrl: null,
        at: ctx.clock.now(),
        attachments: [],
      },
      {
        settings: parseChannelSettings(kind, row.settings),
        secrets: openSecrets(ctx.auth.derive, row.id, row.secrets),
      },
      notificationTransports(ctx.wall, notifications.allowedAddresses),
    ),
  );
  await appendAuditEvent(ctx.db, {
    ...auditedBy(ctx),
    action: "notification-channel.test",
    permission: "notifications:write",
    subjectType: "notification-channel",
    subjectKey: String(row.id),
    before: null,
    after: { recipient, outcome: outcome.kind },
  });
  if (outcome.kind === "sent") return { sent: true, message: `The receiver took it: ${outcome.detail}` };
  return {
    sent: false,
    message: outcome.kind === "unknown" ? `It was sent, but no answer came: ${outcome.message}` : outcome.message,
  };
}

/** A secret that cannot be read is an outcome, too. */
async function attempt(send: () => Promise<SendOutcome>): Promise<SendOutcome> {
  try {
    return await send();
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { kind: "refused", permanent: true, retryAfterMs: null, message: error.message };
  }
}
