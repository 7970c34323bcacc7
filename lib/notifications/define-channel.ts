import type { ChannelKind } from "@/lib/contracts/notifications";
import type { Delivery, NotificationEvent } from "@/lib/domain/notification";

/** What one recipient is told, before a channel gives it its form. */
export interface ChannelMessage {
  /** `test`: somebody tries the channel. */
  delivery: Delivery | "test";
  /** The same for every attempt. Letters, digits and dashes. */
  idempotencyKey: string;
  /** E-mail address; '' where the channel itself is the recipient. */
  recipient: string;
  recipientName: string;
  /** The worst first. */
  events: readonly NotificationEvent[];
  /** Address that links begin with, without a slash at its end; '' where none is set: then there are no links. */
  publicAddress: string;
  /** Where the recipient can acknowledge the findings named; null where he cannot. */
  acknowledgeUrl: string | null;
  /** Business instant it is written at. */
  at: Date;
  attachments: readonly Attachment[];
}

export interface Attachment {
  name: string;
  contentType: string;
  content: Uint8Array;
}

/**
 * What came of an attempt. `refused`: certainly not taken; trying again may help unless `permanent`. `unknown`: all of it was sent and no answer came, so
 * the receiver may have it.
 */
export type SendOutcome =
  | { kind: "sent"; detail: string }
  | { kind: "refused"; permanent: boolean; retryAfterMs: number | null; message: string }
  | { kind: "unknown"; message: string };

export interface HttpRequest {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface Mail {
  server: { host: string; port: number; security: "tls" | "starttls" | "none"; user: string; password: string | null };
  from: string;
  to: { name: string; address: string };
  subject: string;
  html: string;
  text: string;
  messageId: string;
  headers: Readonly<Record<string, string>>;
  attachments: readonly Attachment[];
}

export interface TopicMessage {
  topicArn: string;
  subject: string;
  text: string;
  attributes: Readonly<Record<string, string>>;
  /** For FIFO topics; null for the others. */
  fifo: { group: string; deduplication: string } | null;
}

/** The ways out, handed in: a channel opens no connection itself. */
export interface Transports {
  http(request: HttpRequest): Promise<SendOutcome>;
  smtp(mail: Mail): Promise<SendOutcome>;
  sns(message: TopicMessage): Promise<SendOutcome>;
  /** Wall time: signatures carry it. */
  wallNow(): Date;
}

/** A channel as it is set up; its secrets are open. */
export interface ChannelSetup {
  settings: Readonly<Record<string, unknown>>;
  secrets: Readonly<Record<string, string>>;
}

export interface Channel {
  kind: ChannelKind;
  /** Whether it reaches people one by one, by address; else it is one recipient itself. */
  personal: boolean;
  /** Whether what is sent at once goes as one message per step, or one per event (for programs). */
  grouping: "step" | "event";
  /** Whether a receiver that follows its documentation drops a repeated idempotency key: then what was perhaps sent is sent again. */
  recognisesRepeats: boolean;
  /** Sends a message: a pure form, then the way out handed in. */
  send(message: ChannelMessage, setup: ChannelSetup, transports: Transports): Promise<SendOutcome>;
}
