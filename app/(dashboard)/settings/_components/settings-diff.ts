import type { Settings } from "@/lib/contracts/settings";

export interface SettingChange {
  key: keyof Settings;
  label: string;
  before: string;
  after: string;
  /** What follows from it. */
  effect: string;
}

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** Name of a month, 1 to 12. */
export function monthName(month: number): string {
  return MONTHS[month - 1] ?? String(month);
}

const ENVIRONMENT_EFFECT =
  "Every broker's environment is judged again; rules and KPIs for production follow. Snapshots of past days stay as they are.";
const OWNER_EFFECT =
  "Every broker's owner is looked up again. Costs and findings of past days stay with the owner of that day.";

const DESCRIPTIONS: {
  readonly [K in keyof Settings]: { label: string; effect: string; text(value: Settings[K]): string };
} = {
  environmentKeys: {
    label: "Tag keys of the environment, in order",
    effect: ENVIRONMENT_EFFECT,
    text: (keys) => keys.join(", "),
  },
  environmentValues: {
    label: "Tag values of the environment",
    effect: ENVIRONMENT_EFFECT,
    text: (values) =>
      Object.entries(values)
        .map(([value, environment]) => `${value} = ${environment}`)
        .sort()
        .join(", "),
  },
  unclassifiedAsProduction: {
    label: "Unclassified brokers count as production",
    effect:
      "Rules and KPIs for production take in, or leave out, every broker that no tag and no account default classifies.",
    text: (value) => (value ? "Yes" : "No"),
  },
  ownerKeys: { label: "Tag keys of the owner, in order", effect: OWNER_EFFECT, text: (keys) => keys.join(", ") },
  ownerPlaceholders: {
    label: "Values that name nobody",
    effect: OWNER_EFFECT,
    text: (values) => values.join(", ") || "none",
  },
  requiredTagKeys: {
    label: "Tag keys that every broker needs",
    effect: "Every broker is judged by them at once. What closes or opens because of it does not count as remediated.",
    text: (keys) => keys.join(", ") || "none: any tag will do",
  },
  fiscalYearStartMonth: {
    label: "First month of the fiscal year",
    effect: "Quarters begin and are named accordingly. It is fixed once a quarterly report has been frozen.",
    text: monthName,
  },
  metricsSeriesPerBroker: {
    label: "Metrics read per broker",
    effect: "From the next daily reading on. AWS bills $0.01 for each 1,000 metrics requested.",
    text: String,
  },
  notifications: {
    label: "When and where notifications are sent",
    effect: "From the next notification on. What waits in the outbox keeps its time.",
    text: notificationsInWords,
  },
};

/** Days of the week, Monday first. */
export const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

function notificationsInWords(value: Settings["notifications"]): string {
  const { quietHours } = value;
  return [
    `Public address: ${value.publicAddress || "none"}`,
    `digests at ${String(value.digestHour).padStart(2, "0")}:00 ${value.timeZone}, weekly on ${WEEKDAYS[value.weeklyDay - 1]}`,
    quietHours
      ? `quiet from ${quietHours.from} until ${quietHours.until}, ${value.quietForCritical ? "for critical ones, too" : "but not for critical ones"}`
      : "no quiet hours",
    `escalation after ${value.escalateAfterDays} ${value.escalateAfterDays === 1 ? "day" : "days"}`,
    `allowed besides public addresses: ${value.allowedAddresses.join(", ") || "none"}`,
  ].join("; ");
}

/** What saving would change, in words; empty when nothing would. Order matters in lists of keys, and not in the value map. */
export function settingsDiff(before: Settings, after: Partial<Settings>): SettingChange[] {
  return [
    change("environmentKeys", before, after),
    change("environmentValues", before, after),
    change("unclassifiedAsProduction", before, after),
    change("ownerKeys", before, after),
    change("ownerPlaceholders", before, after),
    change("requiredTagKeys", before, after),
    change("fiscalYearStartMonth", before, after),
    change("metricsSeriesPerBroker", before, after),
    change("notifications", before, after),
  ].flat();
}

function change<K extends keyof Settings>(key: K, before: Settings, after: Partial<Settings>): SettingChange[] {
  const value = after[key];
  if (value === undefined) return [];
  const { label, effect, text } = DESCRIPTIONS[key];
  const [old, now] = [text(before[key]), text(value)];
  return old === now ? [] : [{ key, label, effect, before: old, after: now }];
}
