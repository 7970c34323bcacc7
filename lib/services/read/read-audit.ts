import type { z } from "zod";
import type { AuditEventItem, AuditQuery, auditPage } from "@/lib/contracts/audit";
import { type AuditRow, type AuditWanted, auditActions, countAudit, listAudit } from "@/lib/db/audit-queries";
import { addDays, instantAtStartUtc, parsePlainDate } from "@/lib/domain/plain-date";
import type { Ctx } from "@/lib/services/ctx";
import { csvResponse } from "@/lib/services/read/csv";

const EXPORTED_AT_ONCE = 500;

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
export async function exportAudit({ ctx, input }: { ctx: Ctx; input: AuditQuery }): Promise<Response> {
  const wanted = wantedOf(input);
  const pageBelow = (belowId: string | null) => listAudit(ctx.db, { ...wanted, limit: EXPORTED_AT_ONCE, belowId });
  // Read before the answer begins: what fails later can only cut it short.
  const first = await pageBelow(null);
  async function* pages() {
    let rows: AuditRow[] = first;
    for (;;) {
      yield rows.map((row) => [
        row.at.toISOString(),
        row.actor,
        row.personName,
        row.action,
        row.permission,
        row.subjectType,
        row.subjectKey,
        jsonOf(row.before),
        jsonOf(row.after),
        row.remote,
        row.requestId,
        row.id,
      ]);
      const last = rows.at(-1);
      if (rows.length < EXPORTED_AT_ONCE || !last) return;
      rows = await pageBelow(last.id);
    }
  }
  return csvResponse(`audit-${ctx.clock.now().toISOString().slice(0, 10)}.csv`, HEADER, pages());
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

function jsonOf(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}
