import { publishToTopic, type TopicAnswer } from "@/lib/aws/publish-to-topic";
import type { WallClock } from "@/lib/domain/clock";
import type { SendOutcome, Transports } from "@/lib/notifications/define-channel";
import { post } from "@/lib/notifications/transport/http";
import { sendMail } from "@/lib/notifications/transport/smtp";

/** The real ways out, with the addresses that the settings allow beside public ones. */
export function notificationTransports(wall: WallClock, allowed: readonly string[]): Transports {
  const now = () => wall.now();
  return {
    http: (request) => post(request, { allowed, now }),
    smtp: (mail) => sendMail(mail, { allowed }),
    sns: async (message) => outcomeOf(await publishToTopic(message)),
    wallNow: now,
  };
}

/** AWS answers 4xx for what stays wrong, but for throttling; without an answer the topic may have it. */
export function outcomeOf(answer: TopicAnswer): SendOutcome {
  if ("messageId" in answer) return { kind: "sent", detail: answer.messageId };
  const { status, code, message } = answer;
  const words = `${code}: ${message}`;
  // An answer that says yes and cannot be read is none.
  if (status !== null && status >= 300) {
    const permanent = status >= 400 && status < 500 && status !== 429 && !/throttl/i.test(code);
    return { kind: "refused", permanent, retryAfterMs: null, message: words };
  }
  // Nothing left the machine: no credentials, no address.
  const unsent = /Credential|Token|ENOTFOUND|ECONNREFUSED|EAI_AGAIN/.test(`${code} ${message}`);
  return unsent
    ? { kind: "refused", permanent: false, retryAfterMs: null, message: words }
    : { kind: "unknown", message: words };
}
