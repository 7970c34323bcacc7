import { z } from "zod";
import { day, instant } from "@/lib/contracts/common";

export const auditEvent = z
  .object({
    id: z.string(),
    at: instant,
    actor: z.string(),
    personName: z.string().nullable(),
    action: z.string(),
    permission: z.string().nullable(),
    subjectType: z.string(),
    subjectKey: z.string(),
    before: z.unknown(),
    after: z.unknown(),
    requestId: z.string().nullable(),
    remote: z.string().nullable(),
  })
  .meta({ id: "AuditEvent" });
export type AuditEventItem = z.infer<typeof auditEvent>;

const text = z.string().trim().max(300).optional();
/** What of the audit is wanted: all of the conditions given. */
export const auditFilter = z.object({
  actor: text.meta({ description: "Part of the name of whoever acted" }),
  action: text.meta({ description: "Action, or its beginning: person, settings.update" }),
  subject: text.meta({ description: "Part of what was changed: type or key" }),
  from: day.optional().meta({ description: "First day, UTC" }),
  until: day.optional().meta({ description: "Last day, UTC" }),
});
export const auditQuery = auditFilter.extend({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z
    .string()
    .regex(/^\d{1,18}$/, { error: "The cursor does not belong to this list; start again without it." })
    .optional(),
});
export type AuditQuery = z.output<typeof auditQuery>;
export const auditPage = z
  .object({
    items: z.array(auditEvent),
    total: z.number().int(),
    nextCursor: z.string().nullable(),
    /** Every action that was ever recorded, for the filter. */
    actions: z.array(z.string()),
  })
  .meta({ id: "AuditPage" });

export const auditSeals = z
  .object({
    /** privileges: the application's database role cannot rewrite it; trigger: a trigger refuses; none: nothing does */
    protection: z.enum(["privileges", "trigger", "none"]),
    role: z.string().meta({ description: "Database role that the application uses" }),
    keepMonths: z.number().int().nullable().meta({ description: "Months that stay in the database; null keeps all" }),
    intact: z.boolean().meta({ description: "Whether each seal continues the one before" }),
    changed: z.array(z.string()).meta({
      description: "Months whose events are not as many as were sealed, or that have events but no seal, e.g. 2026-10",
    }),
    months: z.array(
      z.object({
        month: z.string().meta({ description: "e.g. 2026-10" }),
        events: z.number().int(),
        sha256: z.string(),
        chain: z.string(),
        sealedAt: instant,
        file: z.string().nullable(),
        droppedAt: instant.nullable(),
      }),
    ),
  })
  .meta({ id: "AuditSeals" });
export type AuditSeals = z.infer<typeof auditSeals>;
