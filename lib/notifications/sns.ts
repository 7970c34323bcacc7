import { CHANNEL_KINDS } from "@/lib/contracts/notifications";
import { SEVERITIES } from "@/lib/domain/finding";
import type { Channel, ChannelMessage, ChannelSetup, TopicMessage } from "./define-channel";
import { plainText } from "./message/plain-text";
import { subjectOf } from "./message/wording";

/** SNS takes 256 KB, and subjects of 100 ASCII characters that begin with a letter, number or punctuation. */
const MOST_EVENTS = 200;
const MOST_BYTES = 250_000;
const MOST_SUBJECT = 100;

/** A message as SNS takes it. Pure. */
export function topicMessageOf(message: ChannelMessage, { settings }: ChannelSetup): TopicMessage {
  const { topicArn } = CHANNEL_KINDS.sns.settings.parse(settings);
  const worst = Math.max(-1, ...message.events.map(({ severity }) => SEVERITIES.indexOf(severity)));
  const kinds = [...new Set(message.events.map(({ kind }) => kind))];
  return {
    topicArn,
    subject: subjectOf(message)
      .replace(/[^\x20-\x7e]/g, "?")
      .slice(0, MOST_SUBJECT),
    text: Buffer.from(plainText(message, MOST_EVENTS)).subarray(0, MOST_BYTES).toString("utf8").replace(/�$/, ""),
    attributes: {
      id: message.idempotencyKey,
      delivery: message.delivery,
      severity: SEVERITIES[worst] ?? "low",
      ...(kinds.length > 0 ? { kinds: kinds.join(",") } : {}),
    },
    fifo: topicArn.endsWith(".fifo") ? { group: "mq-steward", deduplication: message.idempotencyKey } : null,
  };
}

/** Amazon SNS. A FIFO topic drops repeats for five minutes alone, a standard one never. */
export const sns: Channel = {
  kind: "sns",
  personal: false,
  grouping: "step",
  recognisesRepeats: false,
  send: (message, setup, transports) => transports.sns(topicMessageOf(message, setup)),
};
