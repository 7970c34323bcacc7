import type { NotificationSettings } from "@/lib/contracts/settings";
import type { Severity } from "@/lib/domain/finding";
import type { Delivery } from "@/lib/domain/notification";
import { addDays, dayOfWeek } from "@/lib/domain/plain-date";
import { instantOf, localDay, localParts, type TimeOfDay } from "@/lib/domain/zoned-time";

export type ScheduleSettings = Pick<
  NotificationSettings,
  "timeZone" | "digestHour" | "weeklyDay" | "quietHours" | "quietForCritical"
>;

/** When a message goes, and what collects with it until then. */
export interface Slot {
  dueAt: Date;
  /** daily:<day>, weekly:<day>, quiet:<instant>; null: it collects with nothing. */
  batch: string | null;
}

/** The slot of an event that is told at `now`. Pure. Time zones and clock changes as lib/domain/zoned-time says. */
export function slotOf(delivery: Delivery, severity: Severity, now: Date, settings: ScheduleSettings): Slot {
  if (delivery === "at-once") {
    const until = severity === "critical" && !settings.quietForCritical ? null : quietUntil(now, settings);
    return until ? { dueAt: until, batch: `quiet:${until.toISOString()}` } : { dueAt: now, batch: null };
  }
  const time = { hour: settings.digestHour, minute: 0 };
  let day = localDay(now, settings.timeZone);
  for (;;) {
    const dueAt = instantOf(day, time, settings.timeZone);
    if (dueAt > now && (delivery === "daily" || dayOfWeek(day) === settings.weeklyDay))
      return { dueAt, batch: `${delivery}:${day}` };
    day = addDays(day, 1);
  }
}

/** When the quiet hours end that `now` lies in; null outside of them. They begin at `from` and end before `until`, over midnight where that is earlier. */
export function quietUntil(now: Date, { quietHours, timeZone }: ScheduleSettings): Date | null {
  if (!quietHours) return null;
  const from = timeOf(quietHours.from);
  const until = timeOf(quietHours.until);
  const { day, hour, minute } = localParts(now, timeZone);
  const at = hour * 60 + minute;
  const [start, end] = [from.hour * 60 + from.minute, until.hour * 60 + until.minute];
  const overMidnight = end < start;
  const quiet = overMidnight ? at >= start || at < end : at >= start && at < end;
  if (!quiet) return null;
  return instantOf(overMidnight && at >= start ? addDays(day, 1) : day, until, timeZone);
}

function timeOf(text: string): TimeOfDay {
  return { hour: Number(text.slice(0, 2)), minute: Number(text.slice(3, 5)) };
}
