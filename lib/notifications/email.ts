import { CHANNEL_KINDS } from "@/lib/contracts/notifications";
import type { Channel, ChannelMessage, ChannelSetup, Mail } from "./define-channel";
import { htmlOf } from "./message/html";
import { plainText } from "./message/plain-text";
import { subjectOf } from "./message/wording";

/** Events written out in one mail; the rest is counted. */
const MOST = 100;

/** A message as a mail of both HTML and text. Pure. */
export function mailOf(message: ChannelMessage, { settings, secrets }: ChannelSetup): Mail {
  const { host, port, security, from, user } = CHANNEL_KINDS.email.settings.parse(settings);
  return {
    server: { host, port, security, user, password: secrets.password ?? null },
    from,
    to: { name: message.recipientName, address: message.recipient },
    subject: subjectOf(message),
    html: htmlOf(message, MOST),
    text: plainText(message, MOST),
    messageId: `<${message.idempotencyKey}@${from.split("@").at(-1)}>`,
    // RFC 3834: no out-of-office answers this.
    headers: { "Auto-Submitted": "auto-generated", "X-MQ-Steward-Key": message.idempotencyKey },
    attachments: message.attachments,
  };
}

/** E-mail by SMTP. The Message-ID is the same for every attempt, but not every server drops a second one, so nothing rests on it. */
export const email: Channel = {
  kind: "email",
  personal: true,
  grouping: "step",
  recognisesRepeats: false,
  send: (message, setup, transports) => transports.smtp(mailOf(message, setup)),
};
