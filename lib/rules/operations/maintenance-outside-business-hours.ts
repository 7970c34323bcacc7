import type { MaintenanceWindow } from "@/lib/domain/broker";
import { defineRule, fail, pass, unknown } from "@/lib/rules/define-rule";

/** AWS's maintenance takes up to two hours from the start of the window. Source: Amazon MQ developer guide, maintenance. */
const WINDOW_HOURS = 2;
const WEEKEND: ReadonlySet<string> = new Set(["SATURDAY", "SUNDAY"]);

/** Business hours are those of the window's own time zone: whoever chose the zone meant the people there. */
export const maintenanceOutsideBusinessHours = defineRule({
  id: "maintenance-outside-business-hours",
  version: 1,
  title: "Maintenance windows lie outside business hours",
  severity: "medium",
  category: "operations",
  rationale:
    "In its weekly window AWS patches the broker, applies waiting changes and, after the end of support, upgrades it: with a reboot, for up to two hours. In " +
    "the middle of a working day that is an outage at the worst time, which nobody ordered.",
  remediation:
    "Move the window (aws mq update-broker --broker-id <id> --maintenance-window-start-time DayOfWeek=SUNDAY,TimeOfDay=03:00,TimeZone=Europe/Berlin), in the " +
    "time zone of the users. It takes effect at once, without a reboot.",
  references: [
    {
      kind: "aws",
      id: "Maintaining an Amazon MQ broker",
      url: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/maintaining-brokers.html",
    },
    { kind: "seed", id: "004" },
  ],
  needs: ["maintenanceWindow"],
  judges: ["maintenanceWindow"],
  replicas: "judged",
  basis: (_, { policy }) => ({
    from: policy.threshold("maintenance-outside-business-hours.first-hour"),
    until: policy.threshold("maintenance-outside-business-hours.last-hour"),
  }),
  examples: [
    { title: "Sunday night", expect: "pass" },
    { title: "Tuesday at ten", attributes: { maintenanceWindow: window("TUESDAY", "10:00") }, expect: "fail" },
    { title: "reaches into the morning", attributes: { maintenanceWindow: window("MONDAY", "06:30") }, expect: "fail" },
    { title: "ends as the day begins", attributes: { maintenanceWindow: window("MONDAY", "06:00") }, expect: "pass" },
    { title: "begins as the day ends", attributes: { maintenanceWindow: window("FRIDAY", "18:00") }, expect: "pass" },
    { title: "Saturday noon", attributes: { maintenanceWindow: window("SATURDAY", "12:00") }, expect: "pass" },
    { title: "being deleted", attributes: { state: "DELETION_IN_PROGRESS" }, expect: "not-applicable" },
    { title: "AWS did not tell", attributes: { maintenanceWindow: null }, expect: "unknown" },
    { title: "never described", withhold: ["maintenanceWindow"], expect: "unknown" },
  ],
  evaluate({ attributes: { maintenanceWindow } }, { policy }) {
    const start = maintenanceWindow && hourOf(maintenanceWindow.timeOfDay);
    if (!maintenanceWindow || start === null) return unknown("AWS did not tell the maintenance window.");
    const { dayOfWeek, timeOfDay, timeZone } = maintenanceWindow;
    const text = `${dayOfWeek} ${timeOfDay} (${timeZone})`;
    const from = policy.threshold("maintenance-outside-business-hours.first-hour");
    const until = policy.threshold("maintenance-outside-business-hours.last-hour");
    const onDay = (day: string, at: number) => !WEEKEND.has(day) && at < until && at + WINDOW_HOURS > from;
    // A window that begins before midnight reaches into the next day.
    const inside = onDay(dayOfWeek, start) || onDay(dayAfter(dayOfWeek), start - 24);
    if (!inside) return pass(`The maintenance window ${text} lies outside business hours.`);
    return fail(
      `The maintenance window ${text} lies in business hours (${from} to ${until} o'clock, Monday to Friday).`,
      {
        dayOfWeek,
        timeOfDay,
        timeZone,
        businessHours: `${from}-${until}`,
      },
    );
  },
});

const DAYS = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];

function dayAfter(day: string): string {
  return DAYS[(DAYS.indexOf(day) + 1) % DAYS.length] ?? day;
}

/** Hours since midnight; null for a text that is no time. */
function hourOf(text: string): number | null {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})/.exec(text) ?? [];
  return hours && minutes ? Number(hours) + Number(minutes) / 60 : null;
}

function window(dayOfWeek: string, timeOfDay: string): MaintenanceWindow {
  return { dayOfWeek, timeOfDay, timeZone: "Europe/Berlin" };
}
