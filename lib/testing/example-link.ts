import { createHash } from "node:crypto";
import { saveAcknowledgement } from "@/lib/db/acknowledgement-store";
import { signId } from "@/lib/notifications/secrets/secret-box";
import { linkKey } from "@/lib/services/notification-secrets";
import { TEST_SECRET } from "@/lib/testing/add-administrator";
import type { ApiHarness } from "@/lib/testing/api-harness";

/** As the authenticator of a harness derives keys. */
export function deriveInTests(purpose: string): string {
  return createHash("sha256").update(`${purpose}\n${TEST_SECRET}`).digest("base64url");
}

/** The token of an acknowledge link for a finding, sent to a manager made for it. */
export async function exampleLink(api: Pick<ApiHarness, "ctx">, findingId: number): Promise<string> {
  const { db, clock } = await api.ctx();
  const now = clock.now();
  await db.execute(
    `INSERT INTO person (id, name, email, role, created_at, updated_at) VALUES ('link', 'Lin Kay', 'link@example.com', 'manager', $1, $1)`,
    now,
  );
  const [message] = await db.rows<{ id: string }>(
    `WITH c AS (INSERT INTO notification_channel (kind, name, enabled, created_at, updated_at, updated_by)
                VALUES ('email', 'Example', false, $1, $1, 'test') RETURNING id)
     INSERT INTO notification_message (channel_id, recipient, person_id, batch_key, delivery, state, severity, due_at, idempotency_key, created_at)
     SELECT id, 'link@example.com', 'link', 'once:0', 'daily', 'sent', 1, $1, 'link', $1 FROM c RETURNING id::text AS id`,
    now,
  );
  const id = await saveAcknowledgement(db, {
    id: "example-link",
    messageId: message?.id ?? "",
    personId: "link",
    findingIds: [findingId],
    createdAt: now,
    expiresAt: new Date(now.getTime() + 86_400_000),
  });
  return signId(linkKey(deriveInTests), id);
}
