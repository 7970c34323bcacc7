import type { z } from "zod";
import type { AuditEventItem, AuditQuery, auditPage } from "@/lib/contracts/audit";
import { type AuditRow, type AuditWanted, auditActions, countAudit, listAudit } from "@/lib/db/audit-queries";
import { addDays, instantAtStartUtc, parsePlainDate } from "@/lib/domain/plain-date";
import type { Ctx } from "@/lib/services/ctx";
import { csvResponse } from "@/lib/services/read/csv";
import { everyPage } from "@/lib/services/read/every-page";

/** Who changed what, newest first. */
export async function readAudit({ ctx, input }: { ctx: Ctx; input: AuditQuery }): Promise<z.input<typeof auditPage>> {
  const wanted = wantedOf(input);
  const [rows, total, actions] = await Promise.all([
    listAudit(ctx.db, { ...wanted, limit: input.limit + 1, belowId: input.cursor ?? null }),
    countAudit(ctx.db, wanted),
    auditActions(ctx.db),
  ]);
  const page = rows.slice(0, input.limit);
  return {
    items: page.map(itemOf),
    total,
    nextCursor: rows.length > input.limit ? (page.at(-1)?.id ?? null) : null,
    actions,
  };
}

/** Exactly the events that match, as CSV, newest first; `limit` and `cursor` are ignored. */
export function exportAudit({ ctx, input }: { ctx: Ctx; input: AuditQuery }): Promise<Response> {
  const wanted = wantedOf(input);
  const pages = everyPage(async ({ limit, cursor }) => {
    const rows = await listAudit(ctx.db, { ...wanted, limit, belowId: cursor ?? null });
    return { rows, nextCursor: rows.length < limit ? null : (rows.at(-1)?.id ?? null) };
  }, itemOf);
  return csvResponse(`audit-${ctx.clock.now().toISOString().slice(0, 10)}.csv`, HEADER, pages, cellsOf);
}

const HEADER = [
  "At",
  "Actor",
  "Name",
  "Action",
  "Permission",
  "Subject type",
  "Subject",
  "Before",
  "After",
  "Address",
  "Request id",
  "Id",
];

function wantedOf({ actor, action, subject, from, until }: AuditQuery): AuditWanted {
  return {
    actor: actor || null,
    action: action || null,
    subject: subject || null,
    from: from ? instantAtStartUtc(parsePlainDate(from)) : null,
    until: until ? instantAtStartUtc(addDays(parsePlainDate(until), 1)) : null,
  };
}

function itemOf(row: AuditRow): AuditEventItem {
  return { ...row, before: row.before ?? null, after: row.after ?? null, at: row.at.toISOString() };
}

function cellsOf(event: AuditEventItem) {
  return [
    event.at,
    event.actor,
    event.personName,
    event.action,
    event.permission,
    event.subjectType,
    event.subjectKey,
    jsonOf(event.before),
    jsonOf(event.after),
    event.remote,
    event.requestId,
    event.id,
  ];
}

function jsonOf(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}
