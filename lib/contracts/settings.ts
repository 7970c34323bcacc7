import { z } from "zod";
import { instant } from "@/lib/contracts/common";
import { isTimeZone } from "@/lib/domain/zoned-time";

const HOUR_MINUTE = /^([01]\d|2[0-3]):[0-5]\d$/;

/** When notifications are sent, where their links lead, and where they may be sent to. */
const notificationSettings = z.strictObject({
  /** Address people reach the product at, without a path; '' until somebody says it: messages then have no links. */
  publicAddress: z.union([
    z.literal(""),
    z.url({ protocol: /^https?$/ }).refine((text) => new URL(text).pathname === "/" && !text.endsWith("/"), {
      error: "must be an address without a path, e.g. https://mq-steward.example.com",
    }),
  ]),
  timeZone: z.string().max(60).refine(isTimeZone, { error: "must be a time zone, e.g. Europe/Lisbon" }),
  digestHour: z.number().int().min(0).max(23),
  /** 1 Monday ... 7 Sunday */
  weeklyDay: z.number().int().min(1).max(7),
  /** What is not a digest waits until they end; null: none. */
  quietHours: z
    .strictObject({ from: z.string().regex(HOUR_MINUTE), until: z.string().regex(HOUR_MINUTE) })
    .refine(({ from, until }) => from !== until, { error: "quiet hours must end at another time than they begin" })
    .nullable(),
  /** Whether quiet hours hold back what is critical, too. */
  quietForCritical: z.boolean(),
  /** Days after which a high or critical finding that nobody acknowledged is escalated. */
  escalateAfterDays: z.number().int().min(1).max(60),
  /** Host names, addresses and ranges that may be reached although they are not public. */
  allowedAddresses: z
    .array(
      z
        .string()
        .trim()
        .min(1)
        .max(253)
        .regex(/^[A-Za-z0-9._:-]+(\/\d{1,3})?$/, {
          error: "must be a host name, an address or a range, e.g. mail.internal or 10.1.0.0/16",
        }),
    )
    .max(50),
});
export type NotificationSettings = z.infer<typeof notificationSettings>;

/** All settings and their shapes; defaults live with the domain (lib/domain/environment, owner-tag) and are filled in by the service. */
export const settingsShape = z.object({
  environmentKeys: z.array(z.string().trim().min(1).max(128)).min(1).max(20),
  environmentValues: z.record(
    z.string().trim().min(1).max(256),
    z.enum(["production", "staging", "test", "development", "sandbox"]),
  ),
  unclassifiedAsProduction: z.boolean(),
  ownerKeys: z.array(z.string().trim().min(1).max(128)).min(1).max(20),
  ownerPlaceholders: z.array(z.string().trim().min(1).max(100)).max(100),
  requiredTagKeys: z.array(z.string().trim().min(1).max(128)).max(20),
  fiscalYearStartMonth: z.number().int().min(1).max(12),
  metricsSeriesPerBroker: z.number().int().min(0).max(12),
  notifications: notificationSettings,
});
export type Settings = z.infer<typeof settingsShape>;
export const settingsPatch = settingsShape.partial().meta({ id: "SettingsPatch" });
export const settingsView = z
  .object({
    settings: settingsShape,
    defaults: settingsShape,
    changed: z.array(z.object({ key: z.string(), updatedAt: instant, updatedBy: z.string() })),
    mode: z.string(),
  })
  .meta({ id: "Settings" });
export type SettingsView = z.infer<typeof settingsView>;
