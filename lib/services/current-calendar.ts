import type { Database } from "@/lib/db/client";
import { overrideRows } from "@/lib/db/reference-store";
import { applyOverrides } from "@/lib/reference/calendar-override";
import { SHIPPED_SUPPORT_CALENDAR, type SupportCalendar } from "@/lib/reference/support-calendar";

/** The last calendar made: pure code remembers what it worked out per calendar object, so the same overrides give the same object. */
let last = { key: "[]", calendar: SHIPPED_SUPPORT_CALENDAR };

/** The support calendar in force: the shipped one with the administrators' overrides. Whatever decides or shows support asks this. */
export async function currentCalendar(db: Database): Promise<SupportCalendar> {
  const overrides = await overrideRows(db, "standing");
  const key = JSON.stringify(overrides);
  if (last.key !== key) last = { key, calendar: applyOverrides(SHIPPED_SUPPORT_CALENDAR, overrides) };
  return last.calendar;
}
