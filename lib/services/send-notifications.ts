import { randomBytes, randomUUID } from "node:crypto";
import { z } from "zod";
import { isRole, type Permission, permissionsOf } from "@/lib/contracts/permissions";
import type { NotificationSettings } from "@/lib/contracts/settings";
import { type ActivePerson, activePerson, saveAcknowledgement } from "@/lib/db/acknowledgement-store";
import { type ChannelRow, loadChannels } from "@/lib/db/notification-channel-store";
import {
  anyDue,
  type ClaimedMessage,
  type Finish,
  finishAndClaim,
  resolveClaimed,
} from "@/lib/db/notification-outbox-store";
import { isAppError } from "@/lib/domain/errors";
import { DELIVERIES, type NotificationEvent } from "@/lib/domain/notification";
import type { Attachment, Channel, SendOutcome, Transports } from "@/lib/notifications/define-channel";
import { CHANNELS } from "@/lib/notifications/registry";
import { retryDelayMs } from "@/lib/notifications/routing/retry";
import { signId } from "@/lib/notifications/secrets/secret-box";
import { kindOf, parseChannelSettings } from "@/lib/services/channel-record";
import type { Ctx } from "@/lib/services/ctx";
import { currentSettings } from "@/lib/services/current-settings";
import { notificationEventOf } from "@/lib/services/notification-event";
import { type Derive, linkKey, openSecrets } from "@/lib/services/notification-secrets";
import { notificationTransports } from "@/lib/services/notification-transports";
import { reportBytes, reportFileName } from "@/lib/services/read/export-report";
import { requireReport } from "@/lib/services/read/read-reports";

/** Messages under way at a time: each waits for its receiver most of the time. A worker that is killed has at most so many in its hands. */
const LANES = 8;
/** A job's length; what is left is the next one's. */
const BUDGET_MS = 15_000;
/** For so long a channel is left alone after an attempt failed for a reason that will pass. */
const PAUSE_MS = 30_000;
const LINK_DAYS = 7;
const MOST_LINKED_FINDINGS = 200;
/** Larger files are linked: many servers take no more than 10 MB, and base64 adds a third. */
const MOST_ATTACHED_BYTES = 7_000_000;

export interface SendCounts {
  sent: number;
  failed: number;
  /** Whether more was due when the time was over. */
  more: boolean;
}

/**
 * Sends what is due, and puts right first what a killed worker left. One at a time per database: the caller holds the executor lock and the queue runs one
 * such job after the other. Every message is claimed and committed before it is sent, and what came of it is written down with the next claim.
 */
export async function sendNotifications({
  ctx,
  input: { derive, transports, budgetMs = BUDGET_MS },
}: {
  ctx: Ctx;
  input: { derive: Derive; transports?: Transports; budgetMs?: number };
}): Promise<SendCounts> {
  const claim = randomUUID();
  const settings = (await currentSettings(ctx.db)).notifications;
  const recognisingKinds = Object.values(CHANNELS).flatMap(({ kind, recognisesRepeats }) =>
    recognisesRepeats ? [kind] : [],
  );
  const left = await resolveClaimed(ctx.db, { recognisingKinds, notClaim: claim });
  if (left.again + left.unconfirmed > 0) ctx.log.warn(left, "messages of a worker that was stopped");
  const sender: Sender = {
    ctx,
    claim,
    settings,
    derive,
    transports: transports ?? notificationTransports(ctx.wall, settings.allowedAddresses),
    channels: new Map((await loadChannels(ctx.db)).map((row) => [row.id, row])),
    paused: new Set(),
    attachments: new Map(),
  };
  const deadline = ctx.wall.monotonicMs() + budgetMs;
  const counts = { sent: 0, failed: 0 };
  await Promise.all(Array.from({ length: LANES }, () => runLane(sender, deadline, counts)));
  const more = await anyDue(ctx.db, { now: ctx.clock.now(), wallNow: ctx.wall.now() });
  return { ...counts, more };
}

interface Sender {
  ctx: Ctx;
  claim: string;
  settings: NotificationSettings;
  derive: Derive;
  transports: Transports;
  channels: ReadonlyMap<number, ChannelRow>;
  /** Channels that failed in this job. */
  paused: Set<number>;
  /** PDFs by report, drawn once per job. */
  attachments: Map<string, Promise<Attachment | null>>;
}

async function runLane(sender: Sender, deadline: number, counts: { sent: number; failed: number }): Promise<void> {
  const { ctx, claim, paused } = sender;
  let finished: Finish | null = null;
  for (;;) {
    const isOver = ctx.wall.monotonicMs() > deadline;
    // A lane whose time is over still writes down its last message, and takes none: no channel is left to take from.
    const withoutChannels = isOver ? [...sender.channels.keys()] : [...paused];
    const message: ClaimedMessage | null = await finishAndClaim(ctx.db, {
      finished,
      claim,
      now: ctx.clock.now(),
      wallNow: ctx.wall.now(),
      withoutChannels,
    });
    if (!message) return;
    const outcome = await deliver(sender, message);
    if (outcome.kind === "sent") counts.sent += 1;
    else counts.failed += 1;
    finished = finishOf(sender, message, outcome);
  }
}

/** What is written down of an attempt. */
function finishOf({ ctx, channels, paused }: Sender, message: ClaimedMessage, outcome: SendOutcome): Finish {
  const { id, channelId, attempts } = message;
  if (outcome.kind === "sent") return { id, state: "sent", error: null, nextAttemptAt: null };
  const row = channels.get(channelId);
  const error = outcome.message.slice(0, 1_000);
  const recognises = row ? CHANNELS[kindOf(row)].recognisesRepeats : false;
  if (outcome.kind === "unknown" && !recognises) return { id, state: "unconfirmed", error, nextAttemptAt: null };
  const permanent = outcome.kind === "refused" && outcome.permanent;
  const asked = outcome.kind === "refused" ? outcome.retryAfterMs : null;
  const delay = permanent ? null : retryDelayMs(attempts, asked);
  if (delay === null) return { id, state: "dead", error, nextAttemptAt: null };
  paused.add(channelId);
  return { id, state: "queued", error, nextAttemptAt: new Date(ctx.wall.now().getTime() + Math.max(delay, PAUSE_MS)) };
}

/** One attempt. What goes wrong before anything is sent is a refusal with its reason. */
async function deliver(sender: Sender, message: ClaimedMessage): Promise<SendOutcome> {
  const row = sender.channels.get(message.channelId);
  if (!row)
    return { kind: "refused", permanent: false, retryAfterMs: null, message: "The channel was changed meanwhile." };
  try {
    const kind = kindOf(row);
    const channel: Channel = CHANNELS[kind];
    const events = z.array(z.unknown()).parse(message.events).map(notificationEventOf);
    const { ctx, settings, derive, transports } = sender;
    const person = message.personId === null ? null : await activePerson(ctx.db, message.personId);
    if (message.personId !== null && person === null)
      return { kind: "refused", permanent: true, retryAfterMs: null, message: "The person may no longer sign in." };
    const prepared = {
      delivery: z.enum(DELIVERIES).parse(message.delivery),
      idempotencyKey: message.idempotencyKey,
      recipient: message.recipient,
      recipientName: message.recipientName,
      events,
      publicAddress: settings.publicAddress,
      acknowledgeUrl: channel.personal ? await acknowledgeUrl(sender, message, person, events) : null,
      at: ctx.clock.now(),
      attachments: channel.personal ? await attachmentsOf(sender, person, events) : [],
    };
    const setup = {
      settings: parseChannelSettings(kind, row.settings),
      secrets: openSecrets(derive, row.id, row.secrets),
    };
    return await channel.send(prepared, setup, transports);
  } catch (error) {
    sender.ctx.log.error({ err: error, message: message.id }, "a notification could not be made");
    const words = isAppError(error) ? error.message : "The product itself failed; its log says how.";
    return { kind: "refused", permanent: isAppError(error), retryAfterMs: null, message: words };
  }
}

/** The link by which the recipient acknowledges the findings of a message: for a person who may, and with a public address. */
async function acknowledgeUrl(
  { ctx, settings, derive }: Sender,
  message: ClaimedMessage,
  person: ActivePerson | null,
  events: readonly NotificationEvent[],
): Promise<string | null> {
  const findingIds = [...new Set(events.flatMap(({ findingId }) => findingId ?? []))].slice(0, MOST_LINKED_FINDINGS);
  if (settings.publicAddress === "" || message.personId === null || findingIds.length === 0) return null;
  if (!holds(person, "findings:acknowledge")) return null;
  const createdAt = ctx.clock.now();
  const id = await saveAcknowledgement(ctx.db, {
    id: randomBytes(16).toString("base64url"),
    messageId: message.id,
    personId: message.personId,
    findingIds,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + LINK_DAYS * 86_400_000),
  });
  return `${settings.publicAddress}/acknowledge/${signId(linkKey(derive), id)}`;
}

/** The PDFs of the reports that a message is about; one that is too large is linked alone. */
async function attachmentsOf(
  sender: Sender,
  person: ActivePerson | null,
  events: readonly NotificationEvent[],
): Promise<Attachment[]> {
  const reports = events.flatMap(({ kind, facts }) => (kind === "report-ready" ? [String(facts.reportId)] : []));
  const files: Attachment[] = [];
  for (const id of reports) {
    if (person && !(await mayRead(sender.ctx, person, id))) continue;
    const drawn = sender.attachments.get(id) ?? pdfOf(sender.ctx, id);
    sender.attachments.set(id, drawn);
    const file = await drawn;
    const total = files.reduce((sum, { content }) => sum + content.length, file?.content.length ?? 0);
    if (file && total <= MOST_ATTACHED_BYTES) files.push(file);
  }
  return files;
}

function holds(person: ActivePerson | null, permission: Permission): boolean {
  return person !== null && isRole(person.role) && permissionsOf(person.role).has(permission);
}

/** Whether a person may read a report today: a mail, even one that has waited, tells no more than the page would. */
async function mayRead(ctx: Ctx, person: ActivePerson, reportId: string): Promise<boolean> {
  if (!holds(person, "reports:read")) return false;
  if (person.role !== "owner") return true;
  const { ownerId } = await requireReport({ ctx, input: { id: reportId } });
  return ownerId !== null && person.ownerIds.includes(ownerId);
}

async function pdfOf(ctx: Ctx, id: string): Promise<Attachment | null> {
  const row = await requireReport({ ctx, input: { id } });
  const content = await reportBytes(ctx, row, "pdf", { paper: "a4", owners: "all" });
  if (content.length > MOST_ATTACHED_BYTES) return null;
  return { name: reportFileName(row, "pdf"), contentType: "application/pdf", content };
}
