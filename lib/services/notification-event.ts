import { z } from "zod";
import { severityOfRank } from "@/lib/domain/finding";
import { EVENT_KINDS, type NotificationEvent } from "@/lib/domain/notification";

const fact = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);
const stored = z.object({
  id: z.string(),
  kind: z.enum(EVENT_KINDS),
  severity: z.number().int(),
  facts: z.record(z.string(), fact),
  occurredAt: z.iso.datetime(),
  findingId: z.number().int().nullable(),
  ownerName: z.string().nullable(),
  reason: z.string(),
});

/** An event of a message as the database tells it. Throws where it has another shape. */
export function notificationEventOf(row: unknown): NotificationEvent {
  const { severity, occurredAt, ...event } = stored.parse(row);
  return { ...event, severity: severityOfRank(severity) ?? "low", occurredAt: new Date(occurredAt) };
}
