import type { z } from "zod";
import type { overrideInput, overrideSaved } from "@/lib/contracts/reference";
import type { Database } from "@/lib/db/client";
import {
  brokersByCalendarRow,
  endOverride,
  insertOverride,
  liveOffers,
  type OverrideRow,
  overrideRows,
  publishedCalendar,
} from "@/lib/db/reference-store";
import { engineDisplayName, engineLine, normalizeEngine } from "@/lib/domain/engine-version";
import { AppError } from "@/lib/domain/errors";
import { parsePlainDate, plainDateFromInstantUtc } from "@/lib/domain/plain-date";
import { findEngineLine, findInstanceType, SHIPPED_SUPPORT_CALENDAR } from "@/lib/reference/support-calendar";
import { changeReference } from "@/lib/services/change-reference";
import type { Ctx } from "@/lib/services/ctx";

/**
 * Overrides a row of the support calendar; the override before it ends and stays in the history. Audited with both; an evaluation follows, and what closes
 * by it is no remediation. Errors: invalid-input for a row that neither the calendar, a published source, AWS nor a broker knows.
 */
export function overrideReference({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof overrideInput>;
}): Promise<z.input<typeof overrideSaved>> {
  const row = { kind: input.kind, engine: normalizeEngine(input.engine), key: input.key.toLowerCase() };
  return changeReference(ctx, "reference-overridden", async (tx, by) => {
    await requireKnownRow(tx, row);
    const before = (await overrideRows(tx, "standing")).find((other) => isSameRow(other, row));
    await endOverride(tx, row, { ...by, reason: "Replaced by another override." });
    const after = {
      ...row,
      endOfSupport: input.endOfSupport === null ? null : parsePlainDate(input.endOfSupport),
      creatable: input.creatable,
      checkedOn: plainDateFromInstantUtc(by.at),
      source: input.source || null,
      reason: input.reason,
      madeBy: by.actor,
      madeAt: by.at,
    };
    const id = await insertOverride(tx, after);
    return {
      result: { id },
      audit: {
        action: "reference.override",
        permission: "reference:write",
        subjectType: "support-calendar",
        subjectKey: `${row.engine} ${row.key}`,
        before: before ? told(before) : shippedOf(row),
        after: told(after),
      },
    };
  });
}

type Row = Pick<OverrideRow, "kind" | "engine" | "key">;

export function isSameRow(a: Row, b: Row): boolean {
  return a.kind === b.kind && a.engine === b.engine && a.key === b.key;
}

/** What the audit keeps of an override. */
export function told({
  endOfSupport,
  creatable,
  source,
  reason,
}: Pick<OverrideRow, "endOfSupport" | "creatable" | "source" | "reason">) {
  return { from: "override", endOfSupport, creatable, source, reason };
}

/** What is in force of a row without an override, for the audit. */
export function shippedOf({ kind, engine, key }: Row) {
  const row =
    kind === "engine-line"
      ? findEngineLine(SHIPPED_SUPPORT_CALENDAR, engine, key)
      : findInstanceType(SHIPPED_SUPPORT_CALENDAR, engine, key);
  return row ? { from: "shipped", endOfSupport: row.endOfSupport, creatable: row.creatable, source: row.source } : null;
}

async function requireKnownRow(tx: Database, row: Row): Promise<void> {
  if (shippedOf(row)) return;
  const [published, offers, running] = await Promise.all([
    publishedCalendar(tx, `endoflife-${row.engine.toLowerCase()}`),
    liveOffers(tx),
    brokersByCalendarRow(tx),
  ]);
  const isLine = row.kind === "engine-line";
  const known =
    (isLine && published?.lines.some(({ line }) => line === row.key)) ||
    offers.some(
      ({ kind, engine, name }) =>
        engine === row.engine &&
        (isLine
          ? kind === "engine-version" && engineLine(name) === row.key
          : kind !== "engine-version" && name === row.key),
    ) ||
    running.some((other) => isSameRow(other, row));
  if (!known) {
    throw new AppError(
      "invalid-input",
      `Nobody knows ${engineDisplayName(row.engine)} ${row.key}: neither the calendar, a published source, AWS nor a broker.`,
      { details: { field: "key" } },
    );
  }
}
