import { type Settings, settingsShape } from "@/lib/contracts/settings";
import type { Database } from "@/lib/db/client";
import { changedSettings } from "@/lib/db/setting-store";
import { DEFAULT_ENVIRONMENT_SETTINGS } from "@/lib/domain/environment";
import { DEFAULT_OWNER_SETTINGS } from "@/lib/domain/owner-tag";
import { MAX_DEFAULT_SERIES } from "@/lib/reference/metrics";

/** All settings before anybody changed one. */
export const DEFAULT_SETTINGS: Settings = {
  environmentKeys: [...DEFAULT_ENVIRONMENT_SETTINGS.environmentKeys],
  environmentValues: { ...DEFAULT_ENVIRONMENT_SETTINGS.environmentValues },
  unclassifiedAsProduction: DEFAULT_ENVIRONMENT_SETTINGS.unclassifiedAsProduction,
  ownerKeys: [...DEFAULT_OWNER_SETTINGS.ownerKeys],
  ownerPlaceholders: [...DEFAULT_OWNER_SETTINGS.placeholders],
  requiredTagKeys: [],
  fiscalYearStartMonth: 1,
  metricsSeriesPerBroker: MAX_DEFAULT_SERIES,
  notifications: {
    publicAddress: "",
    timeZone: "UTC",
    digestHour: 8,
    weeklyDay: 1,
    quietHours: null,
    quietForCritical: false,
    escalateAfterDays: 7,
    allowedAddresses: [],
  },
};

/** The settings in force. A stored value that no longer has the shape of its setting counts as not changed. */
export async function currentSettings(db: Database): Promise<Settings> {
  return mergeSettings(await changedSettings(db));
}

/** The defaults with these changes. */
export function mergeSettings(changes: readonly { key: string; value: unknown }[]): Settings {
  const shape = settingsShape.partial();
  let settings = DEFAULT_SETTINGS;
  for (const { key, value } of changes) {
    const parsed = shape.safeParse({ [key]: value });
    if (parsed.success) settings = { ...settings, ...parsed.data };
  }
  return settings;
}
