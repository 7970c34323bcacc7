import { createHmac } from "node:crypto";
import { CHANNEL_KINDS } from "@/lib/contracts/notifications";
import type { Channel, ChannelMessage, ChannelSetup, HttpRequest } from "./define-channel";
import { linkOf, wordsOf } from "./message/wording";

/** A message as JSON for programs: events with words, links and the facts they are made of. Pure. */
export function webhookBody(message: ChannelMessage): string {
  return JSON.stringify({
    id: message.idempotencyKey,
    type: message.delivery,
    at: message.at.toISOString(),
    events: message.events.map((event) => {
      const { title, detail, path } = wordsOf(event);
      return {
        id: event.id,
        kind: event.kind,
        severity: event.severity,
        occurredAt: event.occurredAt.toISOString(),
        owner: event.ownerName,
        findingId: event.findingId,
        title,
        detail,
        url: linkOf(message, path),
        facts: event.facts,
      };
    }),
  });
}

/**
 * The signature of the Standard Webhooks specification (https://www.standardwebhooks.com): base64 of HMAC-SHA256 over "id.timestamp.body". A secret that
 * begins with whsec_ is base64, any other is taken as it is.
 */
export function signature(secret: string, id: string, timestamp: number, body: string): string {
  const key = secret.startsWith("whsec_") ? Buffer.from(secret.slice(6), "base64") : Buffer.from(secret, "utf8");
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
}

/** The request of a message. `nowSeconds` is wall time: receivers refuse what is old. Pure. */
export function webhookRequest(
  message: ChannelMessage,
  { settings, secrets }: ChannelSetup,
  nowSeconds: number,
): HttpRequest {
  const { url } = CHANNEL_KINDS.webhook.settings.parse(settings);
  const body = webhookBody(message);
  const id = message.idempotencyKey;
  return {
    url,
    headers: {
      "content-type": "application/json; charset=utf-8",
      "idempotency-key": id,
      "webhook-id": id,
      "webhook-timestamp": String(nowSeconds),
      ...(secrets.signingSecret ? { "webhook-signature": signature(secrets.signingSecret, id, nowSeconds, body) } : {}),
    },
    body,
  };
}

/** A generic webhook, signed. What was perhaps sent is sent again under the same key, which the receiver is asked to drop. */
export const webhook: Channel = {
  kind: "webhook",
  personal: false,
  grouping: "event",
  recognisesRepeats: true,
  send: (message, setup, transports) =>
    transports.http(webhookRequest(message, setup, Math.floor(transports.wallNow().getTime() / 1000))),
};
